"""Windows and clashes, with no clock and no database."""

import datetime as dt

import pytest

from absences.rules import DaySpan, Window, anything_on, full_day_on, same_time
from tests.unit.absences.circumstances import BOSTON, known

MARCH_6 = dt.date(2026, 3, 6)


def test_the_window_reaches_from_yesterday_to_the_60th_day():
    window = Window.around(MARCH_6, past=1, future=60)
    assert (window.earliest, window.latest) == (dt.date(2026, 3, 5), dt.date(2026, 5, 5))
    assert window.clash_since == dt.date(2026, 3, 4)


@pytest.mark.parametrize(
    ("today", "earliest", "latest"),
    [
        (dt.date(2028, 3, 1), dt.date(2028, 2, 29), dt.date(2028, 4, 30)),
        (dt.date(2027, 1, 1), dt.date(2026, 12, 31), dt.date(2027, 3, 2)),
    ],
)
def test_the_window_over_the_ends_of_months_and_years(today, earliest, latest):
    assert Window.around(today, past=1, future=60) == Window(earliest, latest)


def test_days_of_a_service_include_both_ends():
    span, still_on = DaySpan(MARCH_6, dt.date(2026, 3, 8)), DaySpan(MARCH_6, None)
    days = [dt.date(2026, 3, day) for day in (5, 6, 8, 9)]
    assert [day in span for day in days] == [False, True, True, False]
    assert [day in still_on for day in days] == [False, True, True, True]


def test_a_full_day_meets_everything_of_its_date():
    morning, day_before = known("2026-03-06", "08:00", "10:00"), known("2026-03-05")
    assert anything_on(MARCH_6, [day_before, morning]) is morning
    assert anything_on(MARCH_6, [day_before]) is None
    assert full_day_on(MARCH_6, [morning]) is None
    assert full_day_on(dt.date(2026, 3, 5), [day_before]) is day_before


@pytest.mark.parametrize(
    ("reported", "start", "end", "clash"),
    [
        (known("2026-03-06", "08:00", "10:00"), "09:00", "11:00", True),
        (known("2026-03-06", "08:00", "10:00"), "10:00", "11:00", False),  # one begins as the other ends
        (known("2026-03-06", "08:00", "10:00"), "06:00", "08:00", False),
        (known("2026-03-06"), "06:00", "08:00", True),  # a full day
        (known("2026-03-05"), "06:00", "08:00", False),  # of another date
        (known("2026-03-05", "22:00", "06:00"), "05:00", "07:00", True),  # last night's shift reaches into the morning
        (known("2026-03-05", "22:00", "06:00"), "06:00", "07:00", False),
        (known("2026-03-07", "01:00", "03:00"), "22:00", "02:00", True),  # tonight's reaches into tomorrow's
        (known("2026-03-07", "02:00", "03:00"), "22:00", "02:00", False),
    ],
)
def test_the_same_time_across_midnight_too(reported, start, end, clash):
    found = same_time(MARCH_6, dt.time.fromisoformat(start), dt.time.fromisoformat(end), [reported], zone=BOSTON)
    assert found is (reported if clash else None)
