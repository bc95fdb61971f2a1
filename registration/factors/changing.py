"""Adding and removing methods: what was opened before ends, and the account's owner is told."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_otp.models import Device

from registration import browsers, entering, session_store
from registration.factors.methods import devices_of
from registration.models import AccountEvent, AuthenticatorDevice, PhoneDevice, User
from registration.telling import addresses_of, tell

PHONE, AUTHENTICATOR, PASSKEY, RECOVERY = "phone", "authenticator", "passkey", "recovery"


class TheLastOne(Exception):
    """Without this method nobody could pass the second step any more."""


class TooNew(Exception):
    """Nothing that would be left has been on this staff account for STAFF_PHONE_HOLD_HOURS.

    Their new phone waits that long (`registration.changes`); taking away what it waits for must not be the way around.
    """


def kind_of(device: Device) -> str:
    if isinstance(device, PhoneDevice):
        return PHONE
    return AUTHENTICATOR if isinstance(device, AuthenticatorDevice) else PASSKEY


def added(user: User, method: str, *, keep: str | None) -> None:
    """To be called in the transaction that adds it. `keep`: the key of the session at hand."""
    session_store.end_others(user, keep=keep)
    tell(user, AccountEvent.Kind.METHOD_ADDED, to=addresses_of(user), payload={"method": method})


def may_go(user: User, device: Device) -> None:
    """Whether `device` can be taken away, or replaced. Raises TooNew."""
    left = [other for other in devices_of(user) if other != device]
    since = timezone.now() - dt.timedelta(hours=settings.STAFF_PHONE_HOLD_HOURS)
    if entering.is_staff(user) and all(other.created_at > since for other in left):
        raise TooNew


@transaction.atomic
def remove(user: User, device: Device, *, keep: str | None) -> None:
    """Raises TheLastOne or TooNew. The account's row is locked: two at once cannot remove the last two."""
    User.objects.select_for_update().get(pk=user.pk)
    if not [other for other in devices_of(user) if other != device]:
        raise TheLastOne
    may_go(user, device)
    told = addresses_of(user)
    method = kind_of(device)
    device.delete()
    session_store.end_others(user, keep=keep)
    browsers.forget_all(user)
    tell(user, AccountEvent.Kind.METHOD_REMOVED, to=told, payload={"method": method})
