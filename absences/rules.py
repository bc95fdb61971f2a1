"""Rules of intake, pure: which days may be reported, and what was reported already."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol
from zoneinfo import ZoneInfo

from cases.policy.schedules import NoTimePasses, Span, clock_minutes, span

LONG_MINUTES = 12 * 60  # a longer absence is asked about
MOST_MINUTES = 24 * 60


@dataclass(frozen=True)
class Window:
    """The days an absence may have, both ends included (R125)."""

    earliest: dt.date
    latest: dt.date

    @classmethod
    def around(cls, today: dt.date, *, past: int, future: int) -> Window:
        """From `past` days before `today` to `future` days after it."""
        return cls(today - dt.timedelta(days=past), today + dt.timedelta(days=future))

    @classmethod
    def of_months(cls, today: dt.date, *, past: int, future: int) -> Window:
        """From the same day `past` months before `today` to that `future` months after it (see `months_away`)."""
        return cls(months_away(today, -past), months_away(today, future))

    def __contains__(self, day: dt.date) -> bool:
        return self.earliest <= day <= self.latest

    @property
    def clash_since(self) -> dt.date:
        """The day from which reported time matters: a shift of the evening before may reach into the window."""
        return self.earliest - dt.timedelta(days=1)


@dataclass(frozen=True)
class DaySpan:
    """Days from `first` to `last`, both included; no last day: open."""

    first: dt.date
    last: dt.date | None

    def __contains__(self, day: dt.date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


def months_away(day: dt.date, months: int) -> dt.date:
    """The same day of the month `months` later (before, when negative); in a shorter month its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_after(day: dt.date, months: int) -> dt.date:
    """The first day after the `months` that begin on `day`: the same day of the month, or the 1st of the next."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return dt.date(year, month + 1, day.day)
    except ValueError:  # no such day in that month
        return dt.date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)


class Reported(Protocol):
    """Time already on record, or in the same request; then it has no case number. No times: the full day."""

    @property
    def date(self) -> dt.date: ...
    @property
    def full_day(self) -> bool: ...
    @property
    def start(self) -> dt.time | None: ...
    @property
    def end(self) -> dt.time | None: ...
    @property
    def case_number(self) -> str: ...


def full_day_on(day: dt.date, reported: Iterable[Reported]) -> Reported | None:
    """The full day already reported on `day`: nothing can be added to it."""
    return next((known for known in reported if known.date == day and known.full_day), None)


def anything_on(day: dt.date, reported: Iterable[Reported]) -> Reported | None:
    """Whatever was reported on `day`: a full day leaves room for nothing."""
    return next((known for known in reported if known.date == day), None)


def same_time(
    day: dt.date, start: dt.time, end: dt.time, reported: Iterable[Reported], *, zone: ZoneInfo
) -> Reported | None:
    """What was reported for some of this time, across midnight too. The database keeps the same rule."""
    return next((known for known in reported if _meets(day, start, end, known, zone)), None)


def _meets(day: dt.date, start: dt.time, end: dt.time, known: Reported, zone: ZoneInfo) -> bool:
    if abs((known.date - day).days) > 1:  # nothing lasts into the day after the next
        return False
    if known.full_day or known.start is None or known.end is None:
        return known.date == day
    if known.date == day and _share(clock_minutes(start, end), clock_minutes(known.start, known.end)):
        return True
    ours, theirs = _real(day, start, end, zone), _real(known.date, known.start, known.end, zone)
    return ours is not None and theirs is not None and ours.overlaps(theirs)


def _share(ours: tuple[int, int], theirs: tuple[int, int]) -> bool:
    return ours[0] < theirs[1] and theirs[0] < ours[1]


def _real(day: dt.date, start: dt.time, end: dt.time, zone: ZoneInfo) -> Span | None:
    try:
        return span(day, start, end, zone=zone)
    except NoTimePasses:
        return None
