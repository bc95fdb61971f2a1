"""Real minutes between two times on the wall (clocks go forward on 2026-03-08 and back on 2026-11-01)."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.policy.codec import load
from cases.policy.schedules import NoTimePasses, Roster, Span, clock_minutes, clocks_change, end_day, span
from cases.policy.types import Schedule

EASTERN = ZoneInfo("America/New_York")


def minutes(day, start, end, zone=EASTERN):
    return span(dt.date.fromisoformat(day), dt.time.fromisoformat(start), dt.time.fromisoformat(end), zone=zone).minutes


@pytest.mark.parametrize(
    ("day", "start", "end", "expected"),
    [
        ("2023-01-12", "08:00", "10:00", 120),
        ("2023-01-12", "00:00", "08:00", 480),  # midnight is where the day begins
        ("2023-01-12", "16:00", "00:00", 480),  # and where it ends
        ("2025-05-13", "22:00", "06:00", 480),
        ("2026-03-07", "22:00", "06:00", 420),  # clocks forward: an hour is missing
        ("2026-10-31", "22:00", "06:00", 540),  # clocks back: an hour comes twice
        ("2026-03-08", "01:30", "03:30", 60),
        ("2026-03-08", "02:30", "04:00", 30),  # 02:30 does not exist and is read as 03:30
        ("2026-03-08", "01:00", "02:30", 90),  # …at the end as well
        ("2026-11-01", "00:30", "01:30", 60),  # ends in the hour that comes twice: the shorter reading
        ("2026-11-01", "01:30", "02:30", 60),  # starts in it
        ("2026-11-01", "01:15", "01:45", 30),  # lies in it
        ("2026-11-01", "01:45", "01:15", 23 * 60 + 30),  # end before start is the next day, twice or not
        ("2026-11-01", "00:30", "00:15", 24 * 60 + 45),  # the one day with 25 hours
        ("2028-02-28", "22:00", "06:00", 480),  # into February 29
        ("2028-02-29", "22:00", "06:00", 480),  # and out of it
        ("2026-12-31", "22:00", "06:00", 480),
        ("2026-12-31", "23:59", "00:00", 1),
    ],
)
def test_real_minutes(day, start, end, expected):
    assert minutes(day, start, end) == expected


@pytest.mark.parametrize(
    ("day", "start", "end"),
    [
        ("2025-05-13", "09:00", "09:00"),
        ("2026-03-08", "02:30", "03:30"),  # the same moment under two names
        ("2026-03-08", "02:45", "03:15"),
    ],
)
def test_no_time_passes(day, start, end):
    with pytest.raises(NoTimePasses):
        minutes(day, start, end)


@pytest.mark.parametrize(
    ("day", "start", "end", "expected"),
    [
        ("2026-12-31", "22:00", "06:00", "2027-01-01"),
        ("2028-02-28", "22:00", "06:00", "2028-02-29"),
        ("2026-02-28", "16:00", "00:00", "2026-03-01"),
        ("2026-02-28", "08:00", "16:00", "2026-02-28"),
        ("2026-02-28", "08:00", "08:00", "2026-03-01"),
    ],
)
def test_the_day_on_which_it_ends(day, start, end, expected):
    ended = end_day(dt.date.fromisoformat(day), dt.time.fromisoformat(start), dt.time.fromisoformat(end))
    assert ended.isoformat() == expected


def test_the_night_the_clocks_change_is_noticed():
    ten, six = dt.time(22), dt.time(6)
    changes = {day: clocks_change(dt.date(2026, 3, day), ten, six, zone=EASTERN) for day in (6, 7, 8)}
    assert changes == {6: False, 7: True, 8: False}


def test_clock_minutes_run_on_past_midnight():
    assert clock_minutes(dt.time(22), dt.time(6)) == (1320, 1800)
    assert clock_minutes(dt.time(8), dt.time(16, 30)) == (480, 990)
    assert clock_minutes(dt.time(8), dt.time(8)) == (480, 1920)


def test_one_that_begins_when_the_other_ends_does_not_overlap():
    first = span(dt.date(2026, 3, 6), dt.time(8), dt.time(12), zone=EASTERN)
    second = span(dt.date(2026, 3, 6), dt.time(12), dt.time(16), zone=EASTERN)
    third = span(dt.date(2026, 3, 6), dt.time(11, 59), dt.time(13), zone=EASTERN)
    assert not first.overlaps(second)
    assert first.overlaps(third)
    assert third.overlaps(second)


WALL_TIMES = st.times().map(lambda time: time.replace(second=0, microsecond=0))
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2060, 12, 31))


@given(day=DAYS, start=WALL_TIMES, end=WALL_TIMES)
def test_real_time_is_the_walls_give_or_take_the_hour_that_changes(day, start, end):
    try:
        real = span(day, start, end, zone=EASTERN)
    except NoTimePasses:
        assert start == end or dt.time(2) <= start < dt.time(3)  # the skipped hour
        return
    begins, ends = clock_minutes(start, end)
    assert 0 < real.minutes <= 25 * 60
    assert real.minutes - (ends - begins) in range(-60, 61)
    assert real.start.tzinfo is dt.UTC


@given(day=DAYS, start=WALL_TIMES, end=WALL_TIMES)
def test_without_clock_changes_the_wall_is_right(day, start, end):
    if start != end:
        begins, ends = clock_minutes(start, end)
        assert span(day, start, end, zone=ZoneInfo("UTC")).minutes == ends - begins


@given(moments=st.lists(st.integers(0, 10_000), min_size=4, max_size=4))
def test_overlap_is_mutual(moments):
    at = [dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=m) for m in moments]
    first, second = Span(*sorted(at[:2])), Span(*sorted(at[2:]))
    assert first.overlaps(second) == second.overlaps(first)


# --- scheduled minutes ---


def roster(*rows, workweek_start=0):
    schedules = load(tuple[Schedule, ...], list(rows))
    return Roster(schedules, zone=EASTERN, workweek_start=workweek_start, leave_start=dt.date(2025, 3, 3))


NIGHTS = {
    "kind": "shifts",
    "from": "2000-01-01",
    "week": [{"start": "22:00", "end": "06:00", "break": 30}, *[None] * 5, {"start": "09:00", "end": "17:30"}],
}
TURNS = {
    "kind": "rotating",
    "from": "2000-01-01",
    "anchor": "2025-03-02",
    "weeks": [[1, 2, 3, 4, 5, 6, 7], [10, 20, 30, 40, 50, 60, 70]],
}


@pytest.mark.parametrize(
    ("row", "day", "minutes", "divisor"),
    [
        (NIGHTS, "2025-03-02", 450, 960),
        (NIGHTS, "2025-03-03", 0, 960),
        (NIGHTS, "2025-03-08", 510, 960),
        (NIGHTS, "2026-11-01", 450, 960),  # begins after the clocks went back
        (NIGHTS, "2025-03-09", 450, 960),
        (TURNS, "2025-03-02", 1, 28),
        (TURNS, "2025-03-08", 7, 28),
        (TURNS, "2025-03-09", 10, 280),
        (TURNS, "2025-03-16", 1, 28),
        (TURNS, "2025-02-28", 60, 280),  # before the anchor the weeks take turns as well
        (TURNS, "1999-12-31", 0, 7),  # only Saturday 1 January is in the row
    ],
)
def test_scheduled_minutes_and_their_week(row, day, minutes, divisor):
    person = roster(row)
    assert person.minutes(dt.date.fromisoformat(day)) == minutes
    assert person.divisor(dt.date.fromisoformat(day)) == divisor


def test_a_shift_is_as_long_as_it_really_is_and_its_reference_week_is_nominal():
    saturday_nights = {**NIGHTS, "week": [*[None] * 6, {"start": "22:00", "end": "06:00"}]}
    person = roster(saturday_nights)
    assert [person.minutes(dt.date(2025, 3, day)) for day in (1, 8)] == [480, 420]
    assert person.minutes(dt.date(2025, 11, 1)) == 540
    assert person.reference_week(dt.date(2025, 3, 8)) == 480


def test_reference_weeks():
    day = dt.date(2025, 3, 3)
    assert roster(NIGHTS).reference_week(day) == 960
    assert roster(TURNS).reference_week(day) == 154
    assert roster({"kind": "weekly", "from": "2000-01-01", "week": [1, 2, 3, 4, 5, 6, 7]}).reference_week(day) == 28
    assert roster().reference_week(day) == 0


def test_the_workweek_that_the_employer_chose():
    person = roster(TURNS, workweek_start=1)
    assert person.divisor(dt.date(2025, 3, 3)) == 2 + 3 + 4 + 5 + 6 + 7 + 10
