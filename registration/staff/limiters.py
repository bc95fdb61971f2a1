"""Which limiters may hold a person or a typed value now, and letting go of them.

Keys are those that the ceremonies count by; the counters hold only their hashes, so nobody can list whom they hold.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from portal.audit.recording import record_access
from portal.limits import counters
from portal.limits.address import network_of
from portal.limits.names import name_of
from registration import guesses, verification
from registration.matching import name_key, number_key, zip5
from registration.models import Challenge, Employee, PhoneDevice, RememberedBrowser, User
from registration.usernames import username_key

Purpose = Challenge.Purpose
Pair = tuple[str, str]  # scope, key
A_YEAR = 366 * 24 * 60  # minutes


@dataclass(frozen=True)
class Held:
    """A limiter that refuses now."""

    scope: str
    name: str
    minutes: int  # until it lets go by itself, rounded up

    @property
    def ends(self) -> bool:
        """Whether anybody would wait for it."""
        return self.minutes < A_YEAR


def of_person(employee: Employee, user: User | None) -> list[Pair]:
    """Every key we can know of this person."""
    registering = ("code_numbers", f"employee {employee.pk}")
    pairs = [*of_name(employee.last_name, employee.home_zip), *of_number(employee.employee_number), registering]
    return pairs + (of_account(user) if user else [])


def of_account(user: User) -> list[Pair]:
    subject = f"user {user.pk}"
    pairs = [("recovery_told", subject), ("code_numbers", subject), *_of_subject(subject)]
    for device in PhoneDevice.objects.filter(user=user):
        pairs += of_phone(device.number, subject=subject)
    for browser in RememberedBrowser.objects.filter(user=user).values_list("pk", flat=True):
        pairs.append(("login_account", f"{user.username_key} browser {browser}"))
    return pairs


def of_name(last_name: str, zip_code: str) -> list[Pair]:
    key = f"name {name_key(last_name)} {zip5(zip_code)}"
    return [("match_person", key), ("recovery_person", key)]


def of_number(employee_number: str) -> list[Pair]:
    key = f"number {number_key(employee_number)}"
    return [("match_person", key), ("recovery_person", key), ("recovery_told", key)]


def of_phone(phone: str, *, subject: str = "") -> list[Pair]:
    """`phone` in E.164; `subject` of the account whose it is."""
    pairs = [pair for purpose in Purpose for pair in verification.send_limits(purpose, subject=subject, phone=phone)]
    runs = [guesses.run_of(purpose, subject, phone=phone) for purpose in Purpose] if subject else []
    return _each(pairs + [(scope, run) for run in runs for scope in guesses.SCOPES])


def of_address(address: str, username: str = "") -> list[Pair]:
    """`address` as `portal.limits.address.client_address` gives it."""
    network = network_of(address)
    pairs = [(f"{what}_address", address) for what in ("match", "login", "recovery", "reset", "code_send")]
    pairs += [(f"{what}_network", network) for what in ("match", "recovery", "reset")]
    pairs.append(("login_flood", address))
    return pairs + ([("login_account", f"{username_key(username)} {address}")] if username else [])


def of_typed(typed: dict[str, Any]) -> list[Pair]:
    """Of a checked LookUpForm."""
    username = typed["username"]
    account = User.objects.filter(username_key=username_key(username)).first() if username else None
    pairs = of_account(account) if account else _of_subject(f"username {username_key(username)}") if username else []
    if typed["phone"]:
        pairs = pairs + of_phone(typed["phone"])
    if typed["last_name"] and typed["zip"]:
        pairs = pairs + of_name(typed["last_name"], typed["zip"])
    if typed["employee_number"]:
        pairs = pairs + of_number(typed["employee_number"])
    if typed["address"]:
        pairs = pairs + of_address(typed["address"], username)
    return _each(pairs)


def held(pairs: Iterable[Pair]) -> list[Held]:
    """Those that refuse now, a line a scope. One query."""
    longest: dict[str, int] = {}
    for (scope, _key), refusal in counters.refusals(pairs):
        longest[scope] = max(longest.get(scope, 0), refusal.retry_after)
    return [Held(scope, name_of(scope), -(-seconds // 60)) for scope, seconds in longest.items()]


@transaction.atomic
def clear(pairs: Iterable[Pair], *, scope: str = "", by: User, role: str) -> int:
    """Forget what these keys counted, of one scope or of all. Recorded; returns how many let go."""
    holding = [pair for pair, _refusal in counters.refusals(pairs) if scope in ("", pair[0])]
    scopes = sorted({name for name, _key in holding})
    record_access(actor=by, role=role, action="clear_limit", object_type="limit", object_ids=scopes)
    for name, key in holding:
        counters.reset(name, key)
    return len(holding)


def _of_subject(subject: str) -> list[Pair]:
    """A reset's codes are counted for whom they are for."""
    sends = verification.send_limits(Purpose.RESET, subject=subject, phone="")
    runs = {guesses.run_of(purpose, subject) for purpose in (Purpose.LOGIN, Purpose.RESET)}
    return _each([*sends, *((scope, run) for run in sorted(runs) for scope in guesses.SCOPES)])


def _each(pairs: Iterable[Pair]) -> list[Pair]:
    return list(dict.fromkeys(pairs))
