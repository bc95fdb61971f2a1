"""Working times as the roster file writes them: (kind, schedule, minutes of an ordinary day, full time)."""

from __future__ import annotations

from typing import NamedTuple

FROM = "2010-01-03"  # a Sunday: fixed, so that moving the demo's clock adds no schedules


class Hours(NamedTuple):
    kind: str
    pattern: str
    daily_minutes: int
    full_time: bool = True

    def columns(self) -> dict[str, str]:
        return {
            "schedule_kind": self.kind,
            "schedule": self.pattern,
            "schedule_from": FROM,
            "daily_minutes": str(self.daily_minutes),
            "full_time": "yes" if self.full_time else "no",
        }


def _shifts(days: str, start: str, end: str, unpaid: int) -> str:
    return "; ".join(f"{day} {start}-{end} {unpaid}" for day in days.split())


WEEKDAYS = Hours("weekly", "0/480/480/480/480/480/0", 480)
SHORT_WEEK = Hours("weekly", "0/450/450/450/450/450/0", 450)
FOUR_TENS = Hours("weekly", "0/600/600/600/600/0/0", 600)
HALF_TIME = Hours("weekly", "0/240/240/240/240/240/0", 240, full_time=False)
THREE_DAYS = Hours("weekly", "0/0/480/480/480/0/0", 480, full_time=False)
DAY_SHIFTS = Hours("shifts", _shifts("Tue Wed Thu Fri Sat", "07:00", "15:30", 30), 480)
NIGHT_SHIFTS = Hours("shifts", _shifts("Sun Mon Tue Wed Thu", "22:00", "06:00", 0), 480)
ROTATING_NIGHTS = Hours("rotating", f"{FROM}: 0/720/720/0/0/720/720 | 720/0/0/720/720/0/0", 720)
VARIABLE = Hours("variable", "", 360, full_time=False)

CROWD = (*[WEEKDAYS] * 9, *[SHORT_WEEK] * 4, FOUR_TENS, HALF_TIME, THREE_DAYS, DAY_SHIFTS, NIGHT_SHIFTS)
CROWD_HOSPITALS = (*[WEEKDAYS] * 3, SHORT_WEEK, HALF_TIME, DAY_SHIFTS, NIGHT_SHIFTS, *[ROTATING_NIGHTS] * 2, VARIABLE)
