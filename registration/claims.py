"""Who holds a person's row on the roster: claimed by registering, confirmed, disputed, given up.

Somebody who knows a colleague's data may have been the one who registered. So what was on record before a claim stays
covered until the person confirms it, or `settings.CLAIM_HOURS` pass and nobody has disputed it; and whoever holds the
employer's own address of that person can freeze the account by a link, without logging in. Times are real time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse

from registration import devices
from registration.models import AccountEvent, Claim, Employee, User
from registration.telling import Address, addresses_of, nobody, of_employer, tell

Kind = AccountEvent.Kind
LINK_LIFE = dt.timedelta(days=7)
LINKS = signing.TimestampSigner(salt="registration.claims.freeze")
CONFIRMING, FREEZING = "c", "f"  # what a link may do: the first kind went to the employer's own address alone

before_revoking: list[Callable[[User], None]] = []  # apps above add what must not outlive an account; same transaction


def open_claim(*, user: User, employee: Employee, now: dt.datetime) -> Claim:
    """The account took the row just now. The person is told at the address the employer holds, with the link.

    Where the employer holds none, the liaison is asked to tell them.
    """
    claim = Claim.objects.create(employee=employee, user=user, claimed_at=now)
    user.claim, user.covered_before = claim, now
    user.save(update_fields=["covered_before"])
    payload = {"freeze_path": _path(claim, CONFIRMING)}
    told = of_employer(employee) or [nobody()]
    tell(user, Kind.ACCOUNT_CREATED, to=told[:1], payload=payload)
    return claim


def covered_before(user: User, *, now: dt.datetime) -> dt.datetime | None:
    """The moment before which this account's person's records stay covered; None: nothing is covered.

    No query. Nothing is covered from an account that staff made.
    """
    since = user.covered_before
    if since is None or (user.frozen_at is None and now >= since + dt.timedelta(hours=settings.CLAIM_HOURS)):
        return None
    return since


def covered_until(user: User, *, now: dt.datetime) -> dt.datetime | None:
    """When the covers end by themselves; None: nothing is covered."""
    before = covered_before(user, now=now)
    return None if before is None else before + dt.timedelta(hours=settings.CLAIM_HOURS)


def freeze_path(user: User) -> str:
    """The address of the page that freezes this account, for seven days; "" for an account without a claim.

    For messages about a change: they also go to addresses the account chose, so the page confirms nothing.
    """
    return _path(user.claim, FREEZING) if user.claim else ""


@dataclass(frozen=True)
class Link:
    """A link that was opened, with what it may do."""

    claim: Claim
    may_confirm: bool


def opened(token: str) -> Link | None:
    """None: too old, garbled, or the account gave the row up since."""
    try:
        kind, claim_id = LINKS.unsign_object(token, max_age=LINK_LIFE)
    except signing.BadSignature:
        return None
    claim = Claim.objects.select_related("user", "employee").filter(pk=claim_id, revoked_at=None).first()
    return Link(claim, kind == CONFIRMING) if claim else None


@transaction.atomic
def confirm(user: User, *, now: dt.datetime, by: User | None = None) -> bool:
    """The person says it was them, by the link (`by` None) or to staff. False: disputed, or no claim to confirm."""
    claim = _locked(user)
    if claim is None or (claim.disputed_at and by is None):
        return False
    if claim.confirmed_at is None or claim.disputed_at:
        claim.confirmed_at, claim.confirmed_by, claim.disputed_at = now, by, None
        claim.save(update_fields=["confirmed_at", "confirmed_by", "disputed_at"])
        _tell_owner(user, Kind.ACCOUNT_CONFIRMED)
    user.covered_before = None
    user.save(update_fields=["covered_before"])
    return True


@transaction.atomic
def freeze(user: User, *, now: dt.datetime) -> None:
    """Nobody gets in any more; staff and every known address are told. Twice is the same as once."""
    claim = _locked(user)
    if user.frozen_at:
        return
    user.frozen_at, user.is_active = now, False
    if claim:
        claim.disputed_at, user.covered_before = now, claim.claimed_at
        claim.save(update_fields=["disputed_at"])
    user.save(update_fields=["frozen_at", "is_active", "covered_before"])
    devices.end_everything(user)
    tell(user, Kind.ACCOUNT_FROZEN, to=_everywhere(user) or [nobody()], payload={"at": now.isoformat()})


@transaction.atomic
def unfreeze(user: User) -> None:
    """Staff let the account in again. What is covered stays so until the claim is confirmed, or its time is over."""
    claim = _locked(user)
    if user.frozen_at is None:
        return
    user.frozen_at, user.is_active = None, True
    user.save(update_fields=["frozen_at", "is_active"])
    if claim:
        claim.disputed_at = None
        claim.save(update_fields=["disputed_at"])
    _tell_owner(user, Kind.ACCOUNT_UNFROZEN)


@transaction.atomic
def revoke(user: User, *, by: User, now: dt.datetime) -> None:
    """The account was not the person's: it lets go of the row and is closed for good, and the person can register.

    What it reported stays on record; what it only began is deleted.
    """
    claim = _locked(user)
    if user.employee is None:
        return
    tell(user, Kind.ACCOUNT_REVOKED, to=of_employer(user.employee))
    for forget in before_revoking:
        forget(user)
    devices.end_everything(user)
    devices.remove_methods(user)
    if claim:
        claim.revoked_at, claim.revoked_by = now, by
        claim.save(update_fields=["revoked_at", "revoked_by"])
    user.employee, user.is_active, user.email = None, False, ""
    user.save(update_fields=["employee", "is_active", "email"])


def _path(claim: Claim, kind: str) -> str:
    return reverse("registration:freeze", args=[LINKS.sign_object((kind, str(claim.pk)))])


def _locked(user: User) -> Claim | None:
    """The claim as it stands, with the account locked and read again: two people may decide at once."""
    fresh = User.objects.select_for_update(of=("self",)).select_related("employee").get(pk=user.pk)
    user.frozen_at, user.is_active, user.employee = fresh.frozen_at, fresh.is_active, fresh.employee
    user.claim = fresh.claim
    return user.claim


def _everywhere(user: User) -> list[Address]:
    """Every known address, and the employer's own phone."""
    return [*addresses_of(user), *(of_employer(user.employee) if user.employee else ())]


def _tell_owner(user: User, kind: AccountEvent.Kind) -> None:
    """Everywhere, with the way to freeze the account, in case it was somebody else who called."""
    tell(user, kind, to=_everywhere(user), payload={"freeze_path": freeze_path(user)})
