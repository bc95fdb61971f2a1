"""The link that staff have sent to somebody without a second step: it opens the set-up of a new phone, once.

It goes to an address that the employer holds, and asks for the password besides; where staff removed that too, it leads
to a new one after the new phone's code. It works for a day, and only while the account has no second step; logging in
ends it too.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core import signing
from django.urls import reverse

from portal.lib.crypto import keyed_hash
from registration.factors.methods import devices_of
from registration.models import User

LINKS = signing.TimestampSigner(salt="registration.setting_up")


def path_for(user: User) -> str:
    return reverse("registration:set_up", args=[LINKS.sign_object([user.pk, _state(user)])])


def asks_new_password(user: User) -> bool:
    """Staff removed the password too: the link leads to a new one."""
    return not user.has_usable_password()


def opened(token: str) -> User | None:
    """Whose link it is; None: too old, garbled, used, or made before another log-in or password."""
    try:
        pk, state = LINKS.unsign_object(token, max_age=dt.timedelta(hours=settings.SETUP_LINK_HOURS))
    except signing.BadSignature:
        return None
    user = User.objects.select_related("employee").filter(pk=pk, is_active=True).first()
    return user if user and state == _state(user) and not devices_of(user) else None


def _state(user: User) -> str:
    return keyed_hash("set-up", f"{user.pk} {user.password} {user.last_login}")[:16]
