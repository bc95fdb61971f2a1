"""Days as a line of 100 percent, and where that line is marked. Nothing here knows what the days are for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, islice
from typing import Literal

from cases.policy.periods import MONTHS_IN_YEAR, ONE_DAY, sunday
from cases.policy.types import DAYS_IN_WEEK

Anchor = Literal["start", "middle", "end"]

NARROWEST = 0.8  # percent: one day of a long leave is still seen
MOST_TICKS = 5
LABEL_GAP = 19.0  # percent from one label's day to the next one's
LABEL_EDGE = 8.0  # percent: half a label at 320 pixels; nearer to an end, a label is written inward
LABEL_WIDTH = 16.5  # percent between the middles of two labels as written
DECIMALS = 3


@dataclass(frozen=True)
class Bar:
    """Percent of the line. It lies within the line, and is never too narrow to be seen."""

    x: float
    width: float


@dataclass(frozen=True)
class Scale:
    """From the morning of `first` to the evening of `last`."""

    first: dt.date
    last: dt.date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def holds(self, day: dt.date) -> bool:
        return self.first <= day <= self.last

    def at(self, day: dt.date) -> float:
        """Where the day begins, in percent."""
        return round((day - self.first).days / self.days * 100, DECIMALS)

    def middle(self, day: dt.date) -> float:
        return round(((day - self.first).days + 0.5) / self.days * 100, DECIMALS)

    def bar(self, first: dt.date, last: dt.date) -> Bar:
        """What the line shows of these days; at least one of them is on it."""
        starts, ends = max(first, self.first), min(last, self.last)
        width = max(((ends - starts).days + 1) / self.days * 100, NARROWEST)
        x = min(self.at(starts), round(100 - width, DECIMALS))
        return Bar(x, min(round(width, DECIMALS), round(100 - x, DECIMALS)))


@dataclass(frozen=True)
class Tick:
    day: dt.date
    x: float  # percent, where the day begins
    labelled: bool  # False: there is no room
    with_year: bool  # the first label, and the first of each year after it
    anchor: Anchor  # which end of the label stands at `x`


def anchored(x: float, *, edge: float = LABEL_EDGE) -> Anchor:
    """How a label at `x` stays on the line when half of it takes `edge` percent."""
    return "start" if x < edge else "end" if x > 100 - edge else "middle"


def ticks(scale: Scale) -> list[Tick]:
    """At least one, MOST_TICKS at most: days, Sundays, or firsts of months."""
    marked: list[Tick] = []
    before: Tick | None = None  # the last one with a label
    for day in _marked_days(scale):
        x = scale.at(day)
        labelled = before is None or _apart(before.x, x)
        with_year = labelled and (before is None or before.day.year != day.year)
        marked.append(Tick(day, x, labelled, with_year, anchored(x)))
        before = marked[-1] if labelled else before
    return marked


def _apart(one: float, next_one: float) -> bool:
    """Whether labels at both places can be read, each as it is anchored."""
    middles = [min(max(x, LABEL_EDGE), 100 - LABEL_EDGE) for x in (one, next_one)]
    return next_one - one >= LABEL_GAP and middles[1] - middles[0] >= LABEL_WIDTH


def _marked_days(scale: Scale) -> list[dt.date]:
    """The days of the smallest step that marks few enough."""
    for step in _steps(scale.first):
        days = list(islice(_within(step, scale.last), MOST_TICKS + 1))
        if len(days) <= MOST_TICKS:
            break
    return days


def _within(days: Iterator[dt.date], last: dt.date) -> Iterator[dt.date]:
    for day in days:
        if day > last:
            return
        yield day


def _steps(first: dt.date) -> Iterator[Iterator[dt.date]]:
    """1 and 2 days; 1 and 2 weeks; 1, 2, 3, 6 and 12 months; then years, twice as many each time."""
    first_sunday = sunday(first + (DAYS_IN_WEEK - 1) * ONE_DAY)
    yield from (_every(days, first) for days in (1, 2))
    yield from (_every(weeks * DAYS_IN_WEEK, first_sunday) for weeks in (1, 2))
    yield from (_every_months(months, first) for months in (1, 2, 3, 6))
    yield from (_every_months(MONTHS_IN_YEAR * 2**n, first) for n in count())


def _every(days: int, first: dt.date) -> Iterator[dt.date]:
    return (first + n * days * ONE_DAY for n in count())


def _every_months(months: int, first: dt.date) -> Iterator[dt.date]:
    """Firsts of months on or after `first`; whole steps from January, so that quarters begin where quarters do."""
    earliest = first.year * MONTHS_IN_YEAR + first.month - 1 + (first.day > 1)
    begin = -(-earliest // months) * months
    return (dt.date(n // MONTHS_IN_YEAR, n % MONTHS_IN_YEAR + 1, 1) for n in count(begin, months))
