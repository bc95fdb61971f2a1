"""From five facts to an account. Nothing is kept of anyone before all five matched one person.

A miss says nothing of why: wrong number, no such person and a person with an account look alike until all five fit.
"""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.limits import counters
from portal.limits.address import network_of
from portal.office.models import Terms
from registration import claims, passwords
from registration.matching import Facts, find_match, name_key, number_key, zip5
from registration.models import AccountEvent, Employee, PendingRegistration, PhoneDevice, User
from registration.telling import addresses_of, of_employer, tell
from registration.usernames import username_key

TELL_AGAIN = dt.timedelta(days=1)


class TooManyTries(Exception):
    """The facts were not compared. `retry_after` in seconds."""

    def __init__(self, retry_after: int) -> None:
        self.retry_after = retry_after


class AlreadyRegistered(Exception):
    """The person has an account by now."""


class UsernameTaken(Exception):
    """Somebody else was faster."""


def identify(facts: Facts, *, address: str) -> Employee | None:
    """The one person on the roster who fits all five facts and works here. Raises TooManyTries.

    Every try counts before it is looked at; one that fits is taken back, and so is one that is refused. Where a try
    comes from is asked first, so that a refused address cannot use up a person's five.
    """
    counted = [
        ("match_address", address),
        ("match_network", network_of(address)),
        ("match_person", f"name {name_key(facts.last_name)} {zip5(facts.zip)}"),
        ("match_person", f"number {number_key(facts.employee_number)}"),
    ]
    if refused := counters.hit_all(counted, in_a_row={"match_person"}):
        raise TooManyTries(refused.retry_after)
    candidates = Employee.objects.employed().filter(birthdate=facts.birthdate, home_zip__startswith=zip5(facts.zip))
    found = find_match(facts, candidates)
    if found is None:
        counters.watch("match_alarm")
        return None
    for scope, key in counted:
        counters.forgive(scope, key)
    return found


def terms_in_force(today: dt.date) -> str:
    """What agreeing means today: the versions of the two texts, "conditions/use"."""
    versions = {
        kind: Terms.objects.in_force(today).filter(kind=kind).values_list("version", flat=True).first() or ""
        for kind in (Terms.Kind.CONDITIONS, Terms.Kind.USE)
    }
    return "/".join(versions.values())


def begin(employee: Employee, *, terms_version: str, language: str) -> PendingRegistration:
    """The account in the making, for an hour."""
    return PendingRegistration.objects.create(
        employee=employee,
        terms_version=terms_version,
        language=language,
        expires_at=timezone.now() + PendingRegistration.LIFE,
    )


def unfinished(pending_id: str | None) -> PendingRegistration | None:
    """The account in the making with this id, unless its hour is over."""
    rows = PendingRegistration.objects.select_related("employee")
    return rows.filter(id=pending_id, expires_at__gt=timezone.now()).first() if pending_id else None


def is_taken(username: str) -> bool:
    return User.objects.filter(username_key=username_key(username)).exists()


def set_credentials(pending: PendingRegistration, *, username: str, password: str) -> None:
    pending.username = username
    pending.password = make_password(passwords.normalised(password))
    pending.save(update_fields=["username", "password"])


def tell_holder(user: User, *, kind: AccountEvent.Kind) -> None:
    """Write to the address the employer holds, which whoever registers cannot choose. At most once a day of a kind."""
    since = timezone.now() - TELL_AGAIN
    told = AccountEvent.objects.filter(employee=user.employee, kind=kind, created_at__gt=since)
    known = (of_employer(user.employee) if user.employee else []) or addresses_of(user)
    if known and not told.exists():
        tell(user, kind, to=known[:1])


def create_account(pending: PendingRegistration, *, language: str) -> User:
    """The account with its confirmed phone, its claim and the message to the person's own address; all or nothing.

    Raises AlreadyRegistered or UsernameTaken: the database decides between two who finish at once.
    """
    try:
        with transaction.atomic():
            user = User.objects.create(
                username=pending.username,
                password=pending.password,
                employee=pending.employee,
                language=language,
                terms_version=pending.terms_version,
                terms_agreed_at=timezone.now(),
            )
            PhoneDevice.objects.create(user=user, name="phone", number=pending.phone, prefers=pending.channel)
            claims.open_claim(user=user, employee=pending.employee, now=timezone.now())
            pending.delete()
    except IntegrityError as error:
        if User.objects.filter(employee=pending.employee_id).exists():
            raise AlreadyRegistered from error
        raise UsernameTaken from error
    return user


def purge() -> int:
    """Delete registrations nobody finished. Returns how many."""
    return PendingRegistration.objects.filter(expires_at__lt=timezone.now()).delete()[0]
