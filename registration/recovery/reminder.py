"""Forgot User ID?: whoever knows the five facts has the username sent to the addresses on file.

What a stranger sees, and what the database is asked, is the same whether anybody was found. So every try counts, the
right ones too, and every try writes as many messages as the most ways a person has: where there are fewer, or nobody
was found, the others are dispatched already and nobody claims them.
"""

from __future__ import annotations

import uuid

from django.utils import timezone

from portal.limits import counters
from portal.limits.address import network_of
from portal.limits.counters import Allowed
from registration.enrolment import TooManyTries
from registration.matching import Facts, find_match, name_key, number_key, zip5
from registration.models import AccountEvent, Employee, User
from registration.recovery.nobody import nobody
from registration.telling import Address, addresses_of

NO_ROW = uuid.UUID(int=0)
MOST_WAYS = 3  # of `addresses_of`: the employer's e-mail, the profile's, the phone that takes codes
Kind, Channel = AccountEvent.Kind, AccountEvent.Channel


def remind(facts: Facts, *, address: str) -> None:
    """Send the username over every way on file, at most once a day. Raises TooManyTries: nothing was compared.

    Closed and frozen accounts get nothing: their username opens no page.
    """
    number = number_key(facts.employee_number)
    counted = [
        ("recovery_address", address),
        ("recovery_network", network_of(address)),
        ("recovery_person", f"name {name_key(facts.last_name)} {zip5(facts.zip)}"),
        ("recovery_person", f"number {number}"),
    ]
    if refused := counters.hit_all(counted):
        raise TooManyTries(refused.retry_after)
    user = _account_of(facts)
    ways = addresses_of(user or nobody())
    is_first = isinstance(counters.hit("recovery_told", f"user {user.pk}" if user else f"number {number}"), Allowed)
    _write(user, ways if is_first else [])


def _account_of(facts: Facts) -> User | None:
    """Of anybody on the roster: who has left may still have to read what was decided."""
    found = find_match(facts, Employee.objects.filter(birthdate=facts.birthdate, home_zip__startswith=zip5(facts.zip)))
    users = User.objects.select_related("employee").filter(is_active=True, frozen_at=None)
    return users.filter(employee=found.pk if found else NO_ROW).first()


def _write(user: User | None, ways: list[Address]) -> None:
    """One INSERT of as many rows, whatever is in them."""
    who = user or nobody()
    told = [
        AccountEvent(
            kind=Kind.USERNAME,
            channel=way.channel,
            employee=who.employee,
            recipient=way.recipient,
            payload={"username": who.username},
            language=who.language,
        )
        for way in ways
    ]
    AccountEvent.objects.bulk_create(told + [_to_nobody(who) for _ in range(MOST_WAYS - len(told))])


def _to_nobody(who: User) -> AccountEvent:
    """A row that costs what the others cost. It keeps neither the name nor an address."""
    return AccountEvent(
        kind=Kind.USERNAME,
        channel=Channel.EMAIL,
        employee=who.employee,
        recipient="",
        payload={"username": ""},
        dispatched_at=timezone.now(),
    )
