"""Policies as an administrator edits them: rows of plain data, read strictly, with the wrong key named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
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
    if policy.increment_minutes < 1:
        yield "increment_minutes", "must be at least 1"
    if policy.minimum_charge_minutes < 0:
        yield "minimum_charge_minutes", "must not be negative"
    if policy.waiting and policy.waiting.days < 1:
        yield "waiting.days", "must be at least 1"


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
    elif limit.amount < 0:
        yield f"{key}.amount", "must not be negative"
    if not is_balance and policy.code not in limit.counts:
        yield f"{key}.counts", f"must hold {policy.code}"
    if limit.period.months < 1:
        yield f"{key}.period.months", "must be at least 1"
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
        if number is not None and number < 0:
            yield f"{key}.{name}", "must not be negative"


def _windows(policy: Policy) -> Iterator[tuple[str, str]]:
    for at, window in enumerate(policy.windows):
        for reason in window.reasons:
            if reason not in policy.reasons:
                yield f"windows[{at}].reasons", f"{reason} is not a reason of this policy"
        if isinstance(window, EventMonths):
            if window.months < 1:
                yield f"windows[{at}].months", "must be at least 1"
            continue
        for name, (_, length) in window.spans.items():
            if length < 1:
                yield f"windows[{at}].spans.{name}", "must last a day or more"


def _is_date(month: int, day: int) -> bool:
    """Whether some year has such a day."""
    try:
        dt.date(LEAP_YEAR, month, day)
    except ValueError:
        return False
    return True
