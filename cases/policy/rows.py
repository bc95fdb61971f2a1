"""Policies as an administrator edits them: rows of plain data, read strictly, with the wrong key named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from cases.policy.codec import Malformed, load
from cases.policy.policies import AnyOf, BalanceOf, EventMonths, Fact, Limit, Policy, Predicate

RELATIONSHIPS = frozenset(
    {
        "self",
        "spouse",
        "domestic_partner",
        "child",
        "adult_child",
        "parent",
        "parent_in_law",
        "grandparent",
        "grandchild",
        "sibling",
        "next_of_kin",
        "elder_relative",
    }
)
# Beyond these, a number is a slip of the pen.
DAY_MINUTES = 24 * 60
YEAR_DAYS = 366
MOST_YEARS = 100
MOST_PEOPLE = 1_000_000
MOST_WEEKS = 1_040  # twenty years
MOST_PARTS = 10_000  # of a week: "1/10000"
MOST = {
    "increment_minutes": DAY_MINUTES,
    "minimum_charge_minutes": DAY_MINUTES,
    "months": MOST_YEARS * 12,
    "cap_months": MOST_YEARS * 12,
    "minutes": YEAR_DAYS * DAY_MINUTES,
    "days": MOST_YEARS * YEAR_DAYS,
    "min": MOST_PEOPLE,
}
MOST_AMOUNT = {"weeks": MOST_WEEKS, "minutes": MOST_WEEKS * 7 * DAY_MINUTES}
EVENT_TYPES = frozenset({"birth", "adoption", "foster"})
LEAP_YEAR = 2000


def parse(row: Mapping[str, Any]) -> Policy:
    """One row. Raises Malformed for the first thing that is wrong; its `key` leads there."""
    policy = load(Policy, row)
    for key, problem in problems(policy):
        raise Malformed(key, problem)
    return policy


def problems(policy: Policy) -> Iterator[tuple[str, str]]:
    """Everything that is wrong with a row of the right shape, as key and sentence part."""
    for key in ("code", "name", "authority"):
        if not getattr(policy, key).strip():
            yield key, "must not be empty"
    if policy.effective_to and policy.effective_to < policy.effective_from:
        yield "effective_to", "must not be before effective_from"
    yield from _reasons(policy)
    yield from _numbers(policy)
    yield from _limits(policy)
    for at, predicate in enumerate(policy.eligibility):
        yield from _predicate(predicate, f"eligibility[{at}]")
    yield from _windows(policy)
    if policy.code in policy.only_when_exhausted:
        yield "only_when_exhausted", "must name other policies"


def named(policy: Policy) -> Iterator[tuple[str, str]]:
    """The codes of policies that a row names, each with its key."""
    for code in policy.only_when_exhausted:
        yield "only_when_exhausted", code
    for at, limit in enumerate(policy.limits):
        for code in (*limit.counts, *limit.period.openers):
            yield f"limits[{at}]", code


def _reasons(policy: Policy) -> Iterator[tuple[str, str]]:
    if not policy.groups:
        yield "groups", "must not be empty"
    if not policy.reasons:
        yield "reasons", "must not be empty"
    for reason, relationships in policy.reasons.items():
        for unknown in sorted(set(relationships) - RELATIONSHIPS):
            yield f"reasons.{reason}", f"{unknown} is not a relationship"
    for key in ("reason_effective_from", "agreement_required_for"):
        for reason in getattr(policy, key):
            if reason not in policy.reasons:
                yield key, f"{reason} is not a reason of this policy"
    for unknown in sorted(set(policy.event_types) - EVENT_TYPES):
        yield "event_types", f"{unknown} is not an event"


def _numbers(policy: Policy) -> Iterator[tuple[str, str]]:
    yield from _number("increment_minutes", policy.increment_minutes, least=1)
    yield from _number("minimum_charge_minutes", policy.minimum_charge_minutes)
    if policy.waiting:
        yield from _number("waiting.days", policy.waiting.days, least=1, most=YEAR_DAYS)


def _number(key: str, number: int | Fraction, *, least: int = 0, most: int | None = None) -> Iterator[tuple[str, str]]:
    """`most`: where it is not that of every number of this name."""
    most = MOST[key.rpartition(".")[2]] if most is None else most
    if number < least:
        yield key, f"must be at least {least}" if least else "must not be negative"
    if number > most:
        yield key, f"must be at most {most}"


def _limits(policy: Policy) -> Iterator[tuple[str, str]]:
    if not policy.limits:
        yield "limits", "must not be empty"
    ids = [limit.id for limit in policy.limits]
    for at, limit in enumerate(policy.limits):
        if limit.id in ids[:at]:
            yield f"limits[{at}].id", "is used twice"
        yield from _limit(policy, limit, f"limits[{at}]")
    if policy.limits and all(limit.only_if or limit.reasons for limit in policy.limits):
        yield "limits", "must hold one without only_if or reasons"


def _limit(policy: Policy, limit: Limit, key: str) -> Iterator[tuple[str, str]]:
    is_balance = isinstance(limit.amount, BalanceOf)
    if is_balance != (limit.period.method == "balance"):
        yield f"{key}.period.method", "balance goes with an amount that is a balance, and with no other"
    if isinstance(limit.amount, BalanceOf):
        if policy.unit != "minutes":
            yield f"{key}.amount", "a balance is in minutes and needs unit minutes"
    else:
        yield from _number(f"{key}.amount", limit.amount, most=MOST_AMOUNT[policy.unit])
        if limit.amount.denominator > MOST_PARTS:
            yield f"{key}.amount", f"must not be cut into more than {MOST_PARTS} parts"
    if not is_balance and policy.code not in limit.counts:
        yield f"{key}.counts", f"must hold {policy.code}"
    yield from _number(f"{key}.period.months", limit.period.months, least=1)
    if not _is_date(limit.period.start_month, limit.period.start_day):
        yield f"{key}.period", "start_month and start_day must be a date"
    for at, (reason, relationship) in enumerate(limit.reasons):
        if relationship not in policy.reasons.get(reason, ()) and (relationship or reason not in policy.reasons):
            yield f"{key}.reasons[{at}]", "is not a reason and relationship of this policy"


def _predicate(predicate: Predicate, key: str) -> Iterator[tuple[str, str]]:
    if isinstance(predicate, AnyOf):
        if not predicate.of:
            yield f"{key}.of", "must not be empty"
        for at, branch in enumerate(predicate.of):
            yield from _predicate(branch, f"{key}.of[{at}]")
        return
    if isinstance(predicate, Fact) and not predicate.name.strip():
        yield f"{key}.name", "must not be empty"
    for name in ("months", "minutes", "min", "days", "cap_months"):
        number = getattr(predicate, name, None)
        if number is not None:
            yield from _number(f"{key}.{name}", number)


def _windows(policy: Policy) -> Iterator[tuple[str, str]]:
    for at, window in enumerate(policy.windows):
        for reason in window.reasons:
            if reason not in policy.reasons:
                yield f"windows[{at}].reasons", f"{reason} is not a reason of this policy"
        if isinstance(window, EventMonths):
            yield from _number(f"windows[{at}].months", window.months, least=1)
            continue
        for name, (after, length) in window.spans.items():
            if length < 1:
                yield f"windows[{at}].spans.{name}", "must last a day or more"
            if max(abs(after), length) > MOST["days"]:
                yield f"windows[{at}].spans.{name}", f"must be at most {MOST['days']} days"


def _is_date(month: int, day: int) -> bool:
    """Whether some year has such a day."""
    try:
        dt.date(LEAP_YEAR, month, day)
    except ValueError:
        return False
    return True
