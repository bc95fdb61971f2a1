"""The person behind a request that `employee_required` let through."""

from __future__ import annotations

from django.http import HttpRequest

from registration.models import Employee, User


def current_user(request: HttpRequest) -> tuple[User, Employee]:
    """The account and the roster row it owns."""
    user = request.user
    assert isinstance(user, User)
    assert user.employee is not None
    return user, user.employee
