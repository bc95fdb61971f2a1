"""What a leave is for, as the rules name it, from what the person said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from cases.models.confidential import LeaveFacts
from cases.policy.types import Event
from portal.lib.crypto import keyed_hash
from portal.lib.text import folded

Category = LeaveFacts.Category
SAME_CHILD = dt.timedelta(days=90)  # a due date and the day of birth are seldom further apart


@dataclass(frozen=True)
class Cause:
    """`reason` and `relationship` are the rules’ own words; a relationship they do not know is covered by nothing."""

    reason: str
    relationship: str
    condition_id: str | None = None
    event: Event | None = None

    def as_seen_from(self, asked: Cause) -> Cause:
        """With the other leave’s event where both are for the arrival of one child: dates are told anew as they move.

        A limit for each child counts what was used for the same event.
        """
        return replace(self, event=asked.event) if asked.is_for(self.event) else self

    def is_for(self, event: Event | None) -> bool:
        """Whether this leave and the other event are for the arrival of one child."""
        return bool(self.event and event and _one_child(self.event, event))


def cause_of(facts: LeaveFacts) -> Cause:
    """Of a leave. The facts are opened without a record of viewing: nobody reads them."""
    told = facts.facts
    match told["category"]:
        case Category.FAMILY_HEALTH:
            return Cause("family_health", _relationship(told), condition_id=facts.condition)
        case Category.PREGNANCY:
            return Cause("pregnancy", "self", condition_id=facts.condition, event=_event("birth", told))
        case Category.BONDING:
            return Cause("bonding", "child", event=_event(told.get("joining"), told))
    return Cause("own_health", "self", condition_id=facts.condition)


def condition_key(reasons: Sequence[str], facts: dict[str, Any]) -> str | None:
    """The same for another leave of the same kind, for the same person, with the same first reason.

    A keyed hash, because explanations of the rules repeat it. None for bonding, which is no condition.
    """
    if facts.get("category") == Category.BONDING:
        return None
    whom = [str(facts.get(name) or "") for name in ("category", "relationship", "first_name", "last_name")]
    return keyed_hash("condition", "|".join(folded(word) for word in [*whom, *reasons[:1]]))[:16]


def _one_child(one: Event, other: Event) -> bool:
    if one.date is None or other.date is None or one.type != other.type:
        return False
    return abs(one.date - other.date) <= SAME_CHILD


def _relationship(told: dict[str, Any]) -> str:
    """A child of 18 or more is taken to be able to care for itself: nobody asked."""
    relationship = str(told.get("relationship") or "")
    return "adult_child" if relationship == "child" and told.get("adult_child") else relationship


def event_named(name: str) -> Event:
    """From an id as `_event` gives it, “birth 2025-03-14”; of one typed in another way, the day is not known."""
    told: list[Any] = name.split()
    try:
        kind, day = told
        return Event(id=name, type=kind, date=dt.date.fromisoformat(day))
    except ValueError:
        return Event(id=name, type=None, date=None)


def _event(kind: Any, told: dict[str, Any]) -> Event:
    """One child: nobody asked for their number. The date may be the day on which it is due."""
    day = told.get("child_date")
    return Event(id=f"{kind} {day}" if day else None, type=kind, date=dt.date.fromisoformat(day) if day else None)
