"""Clock arithmetic: what lies between two times on the wall, in real minutes; and a person's scheduled minutes.

An absence belongs to the civil date on which it starts. An end at or before the start is the next day's. On the two
nights on which the clocks change, real time and the wall disagree; this is the one place that knows how.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from zoneinfo import ZoneInfo

from cases.policy.periods import ONE_DAY, week_of, window_start
from cases.policy.types import DAYS_IN_WEEK, Rotating, Schedule, Shift, Shifts, Variable, Weekly

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


# --- scheduled minutes ----------------------------------------------------------------------------------------------

MONTHS_AVERAGED = 12  # 29 CFR 825.205(b)(3)
Minutes = int | Fraction


class NoHistory(ValueError):
    """Hours vary, but no whole week of them is known in the 12 months before the leave: there is no average."""


class Roster:
    """One person's schedules as one leave sees them. Holidays and closures are ordinary days here.

    Where hours vary, each calendar day is a seventh of the average week of the 12 months before `leave_start`.
    """

    def __init__(
        self, schedules: Sequence[Schedule], *, zone: ZoneInfo, workweek_start: int, leave_start: dt.date
    ) -> None:
        self._schedules = schedules
        self._zone = zone
        self._workweek_start = workweek_start
        self._leave_start = leave_start
        self._minutes: dict[dt.date, Minutes] = {}
        self._weeks: dict[dt.date, Minutes] = {}

    def in_force(self, day: dt.date) -> Schedule | None:
        """The last row whose dates hold the day."""
        for schedule in reversed(self._schedules):
            if schedule.from_ <= day and (schedule.to is None or day <= schedule.to):
                return schedule
        return None

    def varies(self, day: dt.date) -> bool:
        return isinstance(self.in_force(day), Variable)

    def minutes(self, day: dt.date) -> Minutes:
        """Scheduled on the date; a shift across midnight belongs to the date on which it starts."""
        if day not in self._minutes:
            self._minutes[day] = self._scheduled(day)
        return self._minutes[day]

    def _scheduled(self, day: dt.date) -> Minutes:
        schedule = self.in_force(day)
        if isinstance(schedule, Variable):
            return self._average(schedule) / DAYS_IN_WEEK
        if isinstance(schedule, Shifts):
            shift = schedule.week[_weekday(day)]
            return self._span(day, shift).minutes - shift.break_ if shift else 0
        return _week_in_force(schedule, day)[_weekday(day)] if schedule else 0

    def week(self, day: dt.date) -> tuple[dt.date, ...]:
        """The workweek that holds the day."""
        return week_of(day, self._workweek_start)

    def divisor(self, day: dt.date) -> Minutes:
        """Scheduled minutes of the actual workweek that holds the day; the average where hours vary."""
        schedule = self.in_force(day)
        if isinstance(schedule, Variable):
            return self._average(schedule)
        week = self.week(day)
        if week[0] not in self._weeks:
            self._weeks[week[0]] = sum(self.minutes(each) for each in week)
        return self._weeks[week[0]]

    def reference_week(self, day: dt.date) -> Minutes:
        """The nominal week by which weeks are shown as minutes: by the wall clock, the mean of a rotation."""
        match self.in_force(day):
            case Variable() as variable:
                return self._average(variable)
            case Shifts(week=week):
                return sum(_nominal(shift) for shift in week if shift)
            case Rotating(weeks=weeks):
                return Fraction(sum(map(sum, weeks)), len(weeks))
            case Weekly(week=week):
                return sum(week)
        return 0

    def shift(self, day: dt.date) -> Span | None:
        """The real time of the shift that starts on the date, where the schedule knows shifts."""
        schedule = self.in_force(day)
        shift = schedule.week[_weekday(day)] if isinstance(schedule, Shifts) else None
        return self._span(day, shift) if shift else None

    def knows_shifts(self, day: dt.date) -> bool:
        return isinstance(self.in_force(day), Shifts)

    def span(self, day: dt.date, start: dt.time, end: dt.time) -> Span:
        """An absence's real time. Raises NoTimePasses."""
        return span(day, start, end, zone=self._zone)

    def _span(self, day: dt.date, shift: Shift) -> Span:
        return span(day, shift.start, shift.end, zone=self._zone)

    def _average(self, schedule: Variable) -> Fraction:
        """Of the whole weeks that lie inside the 12 months before the leave and are on record."""
        last = self._leave_start - ONE_DAY
        first = window_start(last, MONTHS_AVERAGED)
        weeks = [
            stretch.minutes
            for stretch in schedule.history
            for begins in _beginnings(stretch.from_, stretch.weeks)
            if first <= begins and begins + dt.timedelta(days=DAYS_IN_WEEK - 1) <= last
        ]
        if not weeks:
            raise NoHistory
        return Fraction(sum(weeks), len(weeks))


def _weekday(day: dt.date) -> int:
    """Sunday is 0."""
    return day.isoweekday() % DAYS_IN_WEEK


def _week_in_force(schedule: Weekly | Rotating, day: dt.date) -> tuple[int, ...]:
    if isinstance(schedule, Weekly):
        return schedule.week
    turn = (day - schedule.anchor).days // DAYS_IN_WEEK
    return schedule.weeks[turn % len(schedule.weeks)]


def _beginnings(first: dt.date, weeks: int) -> list[dt.date]:
    return [first + dt.timedelta(days=DAYS_IN_WEEK * n) for n in range(weeks)]


def _nominal(shift: Shift) -> int:
    begins, ends = clock_minutes(shift.start, shift.end)
    return ends - begins - shift.break_
