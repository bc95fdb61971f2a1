"""A Setting without a database: Friday, March 6, 2026, at noon in Boston."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from absences.journeys.setting import Setting
from absences.rules import DaySpan, Window

BOSTON = ZoneInfo("America/New_York")
NOON = dt.datetime(2026, 3, 6, 12, tzinfo=BOSTON)


@dataclass(frozen=True)
class Known:
    """Time on record."""

    date: dt.date
    full_day: bool = True
    start: dt.time | None = None
    end: dt.time | None = None
    case_number: str = "2113996209"


def known(day, start="", end=""):
    if not start:
        return Known(dt.date.fromisoformat(day))
    return Known(dt.date.fromisoformat(day), False, dt.time.fromisoformat(start), dt.time.fromisoformat(end))


def make_setting(now=NOON, **fields):
    return Setting(
        **{
            "now": now,
            "window": Window.around(now.date(), past=1, future=60),
            "daily_minutes": 480,
            "reported": (),
            "served": {kind: (DaySpan(dt.date(2022, 9, 22), None),) for kind in ("leave", "day_to_day")},
            "leave_window": Window.around(now.date(), past=30, future=365),
            "questions": frozenset({"overtime"}),
            "tell_supervisor_until": None,
            "phone": "1-833-640-2800",
            **fields,
        }
    )


def as_posted(posted):
    """{"who": "myself"} as a browser's fields."""
    return {name: [value] for name, value in posted.items()}
