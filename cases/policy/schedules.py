"""Clock arithmetic: what lies between two times on the wall, in real minutes.

An absence belongs to the civil date on which it starts. An end at or before the start is the next day's. On the two
nights on which the clocks change, real time and the wall disagree; this is the one place that knows how.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

DAY_MINUTES = 24 * 60


class NoTimePasses(ValueError):
    """The end is not after the start: the same time twice, or an hour that the clocks skipped."""


@dataclass(frozen=True)
class Span:
    """A stretch of real time between two moments, both aware and in UTC."""

    start: dt.datetime
    end: dt.datetime

    @property
    def minutes(self) -> int:
        return int((self.end - self.start).total_seconds()) // 60

    def overlaps(self, other: Span) -> bool:
        """Whether they share any time; one that begins when the other ends does not."""
        return self.start < other.end and other.start < self.end


def span(day: dt.date, start: dt.time, end: dt.time, *, zone: ZoneInfo) -> Span:
    """The real time from `start` on `day` to `end`, wall clock of `zone`. Raises NoTimePasses.

    A time that comes twice is read so that the span is shortest but not negative; a time that the clocks skip is
    read with the offset before the change (02:30 is 03:30).
    """
    if start == end:
        raise NoTimePasses
    readings = (
        Span(begins, ends)
        for begins in _readings(day, start, zone)
        for ends in _readings(end_day(day, start, end), end, zone)
    )
    possible = [reading for reading in readings if reading.minutes > 0]
    if not possible:
        raise NoTimePasses
    return min(possible, key=lambda reading: reading.minutes)


def end_day(day: dt.date, start: dt.time, end: dt.time) -> dt.date:
    """The civil date of the end: `day`, or the next when the end is at or before the start."""
    return day + dt.timedelta(days=1) if end <= start else day


def clock_minutes(start: dt.time, end: dt.time) -> tuple[int, int]:
    """Both times in minutes from midnight of the date on which the absence starts, as the wall shows them."""
    begins, ends = _since_midnight(start), _since_midnight(end)
    return begins, ends + DAY_MINUTES if ends <= begins else ends


def clocks_change(day: dt.date, start: dt.time, end: dt.time, *, zone: ZoneInfo) -> bool:
    """Whether the real time differs from what the wall clock suggests. Raises NoTimePasses."""
    begins, ends = clock_minutes(start, end)
    return span(day, start, end, zone=zone).minutes != ends - begins


def _since_midnight(time: dt.time) -> int:
    return time.hour * 60 + time.minute


def _readings(day: dt.date, time: dt.time, zone: ZoneInfo) -> list[dt.datetime]:
    """The moments that a wall time can mean: one, or two in the hour that comes twice."""
    wall = dt.datetime.combine(day, time.replace(second=0, microsecond=0, fold=0), tzinfo=zone)
    first, second = wall.astimezone(dt.UTC), wall.replace(fold=1).astimezone(dt.UTC)
    return [first, second] if second > first else [first]
