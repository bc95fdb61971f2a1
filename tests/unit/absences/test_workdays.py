"""The person's own scheduled day, by date."""

import datetime as dt

import pytest

from absences.workdays import OwnSchedule, ScheduleRow
from tests.unit.absences.circumstances import BOSTON, make_setting

OFFICE = {"minutes": [0, 450, 450, 450, 450, 300, 0]}  # Sunday first
NIGHTS = {
    "shifts": [
        {"day": 6, "start": "22:00", "end": "06:00", "break": 30},
        {"day": 0, "start": "08:00", "end": "12:00", "break": 0},
        {"day": 0, "start": "16:00", "end": "20:00", "break": 0},
    ]
}
TURNS = {"anchor": "2026-03-01", "weeks": [[0, 720, 720, 0, 0, 0, 0], [0, 0, 0, 600, 600, 0, 0]]}


def rows(*given):
    return OwnSchedule(tuple(ScheduleRow(dt.date.fromisoformat(day), kind, pattern) for day, kind, pattern in given))


@pytest.mark.parametrize(
    ("kind", "pattern", "day", "minutes"),
    [
        ("weekly", OFFICE, "2026-03-06", 300),  # a Friday
        ("weekly", OFFICE, "2026-03-09", 450),
        ("weekly", OFFICE, "2026-03-08", 0),  # a Sunday
        ("weekly", OFFICE, "2028-02-29", 450),
        ("weekly", OFFICE, "2026-12-31", 450),
        ("rotating", TURNS, "2026-03-02", 720),
        ("rotating", TURNS, "2026-03-09", 0),
        ("rotating", TURNS, "2026-03-11", 600),
        ("rotating", TURNS, "2026-03-16", 720),
        ("rotating", TURNS, "2026-02-25", 600),  # the turn before the anchor
        ("shifts", NIGHTS, "2026-02-28", 450),
        ("shifts", NIGHTS, "2026-03-07", 390),  # the clocks skip an hour of this night
        ("shifts", NIGHTS, "2026-10-31", 510),  # and repeat one of this
        ("shifts", NIGHTS, "2026-03-08", 480),  # two shifts
        ("shifts", NIGHTS, "2026-03-09", 0),
        ("variable", {}, "2026-03-09", 0),
    ],
)
def test_minutes_by_kind(kind, pattern, day, minutes):
    schedule = rows(("2025-01-05", kind, pattern))
    assert schedule.minutes_on(dt.date.fromisoformat(day), zone=BOSTON) == minutes


def test_the_row_in_force_decides():
    schedule = rows(("2025-01-05", "weekly", OFFICE), ("2026-03-09", "rotating", TURNS))
    days = [dt.date(2026, 3, 6), dt.date(2026, 3, 9), dt.date(2024, 12, 31)]
    assert [schedule.minutes_on(day, zone=BOSTON) for day in days] == [300, 0, 0]


@pytest.mark.parametrize(
    ("kind", "pattern", "day", "minutes"),
    [
        ("weekly", OFFICE, "2026-03-06", 300),
        ("weekly", OFFICE, "2026-03-07", 470),  # a day off that is asked for all the same: the usual length
        ("variable", {}, "2026-03-06", 470),
        ("weekly", {"minutes": [0, 0, 0, 0, 0, 1440, 0]}, "2026-03-06", 1440),
    ],
)
def test_a_setting_falls_back_on_the_usual_day(kind, pattern, day, minutes):
    setting = make_setting(daily_minutes=470, schedule=rows(("2025-01-05", kind, pattern)))
    assert setting.day_minutes(dt.date.fromisoformat(day)) == minutes


def test_more_than_24_hours_of_shifts_are_24():
    twice = {
        "shifts": [
            {"day": 5, "start": "00:00", "end": "23:00", "break": 0},
            {"day": 5, "start": "12:00", "end": "20:00", "break": 0},
        ]
    }
    setting = make_setting(schedule=rows(("2025-01-05", "shifts", twice)))
    assert setting.day_minutes(dt.date(2026, 3, 6)) == 1440
