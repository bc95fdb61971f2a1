"""How long a person's own working day is: the schedules on the roster, read for one date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from cases.policy.schedules import span

DAYS_IN_WEEK = 7


@dataclass(frozen=True)
class ScheduleRow:
    """What holds from a date on, until the next row's: `kind` and `pattern` are WorkSchedule's."""

    starts_on: dt.date
    kind: str
    pattern: Mapping[str, Any]


@dataclass(frozen=True)
class OwnSchedule:
    rows: tuple[ScheduleRow, ...] = ()  # oldest first

    def minutes_on(self, day: dt.date, *, zone: ZoneInfo) -> int:
        """Real minutes scheduled on the date; 0 on a day off, where hours vary and where nothing is on file.

        A shift across midnight belongs to the date on which it starts.
        """
        row = next((row for row in reversed(self.rows) if row.starts_on <= day), None)
        match row:
            case ScheduleRow(kind="weekly"):
                return int(row.pattern["minutes"][_weekday(day)])
            case ScheduleRow(kind="rotating"):
                return int(_week_of_rotation(row.pattern, day)[_weekday(day)])
            case ScheduleRow(kind="shifts"):
                shifts = [shift for shift in row.pattern["shifts"] if shift["day"] == _weekday(day)]
                return sum(_worked(shift, day, zone) for shift in shifts)
        return 0


NOTHING_ON_FILE = OwnSchedule()


def _weekday(day: dt.date) -> int:
    """Sunday is 0, as in WorkSchedule."""
    return day.isoweekday() % DAYS_IN_WEEK


def _week_of_rotation(pattern: Mapping[str, Any], day: dt.date) -> list[int]:
    turn = (day - dt.date.fromisoformat(pattern["anchor"])).days // DAYS_IN_WEEK
    week: list[int] = pattern["weeks"][turn % len(pattern["weeks"])]
    return week


def _worked(shift: Mapping[str, Any], day: dt.date, zone: ZoneInfo) -> int:
    start, end = dt.time.fromisoformat(shift["start"]), dt.time.fromisoformat(shift["end"])
    return max(span(day, start, end, zone=zone).minutes - int(shift["break"]), 0)
