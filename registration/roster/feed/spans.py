"""Cells that hold several values, stretches of time and work schedules, as plain data for a JSON column."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from typing import Any

from registration.roster.feed.cells import date as read_date
from registration.roster.feed.faults import CellFault
from registration.roster.models import WorkSchedule

DAYS = ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")
Span = tuple[str, str | None, bool]  # first day, last day or None, bridged
_SHIFT = re.compile(r"(\w{3}) (\d{2}:\d{2})-(\d{2}:\d{2})(?: (\d{1,3}))?")
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def spans(cell: str, *, may_bridge: bool = False) -> list[Span]:
    """`2010-03-01..2014-06-30; 2016-01-04..` in order, both days included. `bridged` may follow an employment."""
    found = sorted(_span(part.strip(), may_bridge) for part in cell.split(";") if part.strip())
    for (_, earlier_end, _), (later_start, _, _) in itertools.pairwise(found):
        if earlier_end is None or earlier_end >= later_start:
            raise CellFault(f"has overlapping dates at {later_start}. End one before the next begins.")
    return found


def _span(part: str, may_bridge: bool) -> Span:
    days, _, word = part.partition(" ")
    if word and not (may_bridge and word == "bridged"):
        raise CellFault(f"“{part[:40]}” is not understood. Write 2010-03-01..2014-06-30, or 2016-01-04.. with no end.")
    first, dots, last = days.partition("..")
    if not dots:
        raise CellFault(f"“{part[:40]}” has no two dots. Write 2010-03-01..2014-06-30, or 2016-01-04.. with no end.")
    start, end = read_date(first) or "", read_date(last)
    if not start:
        raise CellFault(f"“{part[:40]}” has no first day.")
    if end and end < start:
        raise CellFault(f"“{part[:40]}” ends before it begins.")
    return start, end, bool(word)


def pattern(kind: str, cell: str) -> dict[str, Any]:
    """The pattern of a work schedule of that kind, as `WorkSchedule.pattern` keeps it."""
    match kind:
        case WorkSchedule.Kind.WEEKLY:
            return {"minutes": _week(cell)}
        case WorkSchedule.Kind.SHIFTS:
            return {"shifts": [_shift(part.strip()) for part in cell.split(";") if part.strip()]}
        case WorkSchedule.Kind.ROTATING:
            return _rotating(cell)
    if cell:
        raise CellFault("must be empty for a variable schedule.")
    return {}


def _week(text: str) -> list[int]:
    parts = text.strip().split("/")
    if len(parts) != 7 or not all(part.isascii() and part.isdecimal() and int(part) <= 1440 for part in parts):
        raise CellFault("must be seven numbers of minutes, Sunday first: 0/480/480/480/480/480/0.")
    return [int(part) for part in parts]


def _shift(text: str) -> dict[str, Any]:
    found = _SHIFT.fullmatch(text)
    if not found or found[1].title() not in DAYS or not (_CLOCK.fullmatch(found[2]) and _CLOCK.fullmatch(found[3])):
        raise CellFault(f"“{text[:40]}” is not a shift. Write Mon 22:00-06:00 30 (day, start, end, unpaid break).")
    return {
        "day": DAYS.index(found[1].title()),
        "start": found[2],
        "end": found[3],
        "break": int(found[4] or 0),
    }


def _rotating(cell: str) -> dict[str, Any]:
    anchor, _, weeks = cell.partition(":")
    first = read_date(anchor.strip())
    if not first or dt.date.fromisoformat(first).weekday() != 6:
        raise CellFault("must begin with a Sunday and a colon: 2025-01-05: 0/720/720/0/0/0/0 | 0/0/0/720/720/0/0.")
    return {"anchor": first, "weeks": [_week(week) for week in weeks.split("|")]}
