"""Terms and Conditions, and Terms of Use: who must agree again because newer ones are in force."""

from __future__ import annotations

from django.utils import timezone

from portal.lib import clock
from registration.enrolment import terms_in_force
from registration.models import User


def outdated(user: User) -> bool:
    """Whether what is in force today is not what `user` agreed to."""
    return user.terms_version != terms_in_force(clock.today())


def agree(user: User, *, version: str) -> bool:
    """Keep that `user` agreed to `version`, and when. False: other terms are in force by now, and nothing is kept."""
    if version != terms_in_force(clock.today()):
        return False
    user.terms_version, user.terms_agreed_at = version, timezone.now()
    user.save(update_fields=["terms_version", "terms_agreed_at"])
    return True
