"""Changes to an account: each writes, ends what was opened before it, and tells the old and the new addresses.

Whoever calls has asked who is sitting there (`registration.proof`), and gives the session at hand a new key
afterwards. `keep` is that session's key; None ends every session.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from registration import browsers, claims, passwords, session_store
from registration.models import AccountEvent, PhoneDevice, User
from registration.telling import Address, addresses_of, tell

Kind = AccountEvent.Kind


@transaction.atomic
def change_password(user: User, *, password: str, keep: str | None) -> None:
    """`password` as typed; whether it is good enough was asked before."""
    user.set_password(passwords.normalised(password))
    user.save(update_fields=["password"])
    _end_what_was_open(user, keep=keep)
    _tell(user, Kind.PASSWORD_CHANGED, before=addresses_of(user))


@transaction.atomic
def change_phone(user: User, *, number: str, prefers: AccountEvent.Channel, keep: str | None) -> PhoneDevice:
    """The phone for codes, once a code has come back from it. The old one takes none any more. `number`: E.164."""
    before = addresses_of(user)
    user.phones.all().delete()
    device: PhoneDevice = PhoneDevice.objects.create(user=user, name="phone", number=number, prefers=prefers)
    _end_what_was_open(user, keep=keep)
    _tell(user, Kind.PHONE_CHANGED, before=before)
    return device


@transaction.atomic
def change_email(user: User, *, email: str, keep: str | None) -> None:
    """The person's own address, once a code has come back from it."""
    before = addresses_of(user)
    user.email = email
    user.save(update_fields=["email"])
    _end_what_was_open(user, keep=keep)
    _tell(user, Kind.EMAIL_CHANGED, before=before)


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
