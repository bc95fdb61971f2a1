"""How an account is found."""

from __future__ import annotations

from django.contrib.auth.backends import AllowAllUsersModelBackend

from registration.models import User


class AccountBackend(AllowAllUsersModelBackend):
    """Checks the password even of a closed account, so that its owner can be told; but no session opens one.

    A session's user comes with the employee and the agency: one query a request instead of three.
    """

    def get_user(self, user_id: int) -> User | None:
        return User.objects.select_related("employee__agency").filter(pk=user_id, is_active=True).first()
