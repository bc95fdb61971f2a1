"""Changes to an account: each writes, ends what was opened before it, and tells the old and the new addresses.

Whoever calls has asked who is sitting there (`registration.proof`), and gives the session at hand a new key
afterwards. `keep` is that session's key; None ends every session.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from registration import browsers, claims, devices, entering, passwords, session_store
from registration.factors.methods import devices_of
from registration.models import AccountEvent, PhoneDevice, User
from registration.telling import Address, addresses_of, tell

Kind = AccountEvent.Kind


@transaction.atomic
def change_password(user: User, *, password: str, keep: str | None) -> None:
    """`password` as typed; whether it is good enough was asked before.

    `keep` None: it was reset, so a phone that still waits may be somebody else's, and is given up.
    """
    user.set_password(passwords.normalised(password))
    user.save(update_fields=["password"])
    if keep is None:
        devices.drop_held_phone(user)
    _end_what_was_open(user, keep=keep)
    _tell(user, Kind.PASSWORD_CHANGED, before=addresses_of(user))


@transaction.atomic
def change_phone(
    user: User, *, number: str, prefers: AccountEvent.Channel, keep: str | None, now: dt.datetime | None = None
) -> PhoneDevice:
    """The phone for codes, once a code has come back from it. The old one takes none any more. `number`: E.164.

    Staff open other people's records, so theirs waits for STAFF_PHONE_HOLD_HOURS, and the old one goes on until then.
    `now` is real time. An account without any method need not wait.
    """
    now = now or timezone.now()
    before = addresses_of(user)
    held = entering.is_staff(user) and bool(devices_of(user))
    stays = user.phones.filter(confirmed=True) if held else PhoneDevice.objects.none()
    user.phones.exclude(pk__in=stays).delete()
    device: PhoneDevice = PhoneDevice.objects.create(
        user=user,
        name="phone",
        number=number,
        prefers=prefers,
        confirmed=not held,
        held_until=now + dt.timedelta(hours=settings.STAFF_PHONE_HOLD_HOURS) if held else None,
    )
    _end_what_was_open(user, keep=keep)
    _tell(user, Kind.PHONE_CHANGED, before=[*before, Address(AccountEvent.Channel.SMS, number)])
    return device


def held_phone(user: User) -> PhoneDevice | None:
    """The phone that will take this account's codes when its time has come."""
    held: PhoneDevice | None = PhoneDevice.objects.filter(user=user, confirmed=False, held_until__isnull=False).first()
    return held


def take_held_phone(user: User, *, now: dt.datetime) -> PhoneDevice | None:
    """Let a phone that was held long enough take the codes, in place of the one before it. Returns the one that does.

    Asked at each log-in, once the second step was passed with what stood before it: whoever set the phone up in a
    stolen session cannot pass it, and the owner who does so has had a day's notice.
    """
    device = held_phone(user)
    if device is None or device.held_until is None or device.held_until > now:
        return None
    with transaction.atomic():
        user.phones.exclude(pk=device.pk).delete()
        device.confirmed, device.held_until = True, None
        device.save(update_fields=["confirmed", "held_until"])
        _end_what_was_open(user, keep=None)
    return device


@transaction.atomic
def change_email(user: User, *, email: str, keep: str | None) -> None:
    """The person's own address, once a code has come back from it."""
    before = addresses_of(user)
    user.email = email
    user.save(update_fields=["email"])
    _end_what_was_open(user, keep=keep)
    _tell(user, Kind.EMAIL_CHANGED, before=before)


@transaction.atomic
def start_over(user: User, *, password: str, number: str, prefers: AccountEvent.Channel) -> PhoneDevice:
    """A new phone and a new password at once, after staff removed both. Ends every session."""
    device = change_phone(user, number=number, prefers=prefers, keep=None)
    change_password(user, password=password, keep=None)
    return device


def change_language(user: User, *, language: str) -> None:
    """The language of pages and notices. It opens nothing, so it ends nothing."""
    user.language = language
    user.save(update_fields=["language"])


def _end_what_was_open(user: User, *, keep: str | None) -> None:
    session_store.end_others(user, keep=keep)
    browsers.forget_all(user)


def _tell(user: User, kind: AccountEvent.Kind, *, before: Iterable[Address]) -> None:
    """Each with the way to freeze the account, in case it was somebody else."""
    path = claims.freeze_path(user)
    tell(user, kind, to=[*before, *addresses_of(user)], payload={"freeze_path": path} if path else {})
