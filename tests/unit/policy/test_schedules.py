"""Real minutes between two times on the wall (clocks go forward on 2026-03-08 and back on 2026-11-01)."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.policy.schedules import NoTimePasses, Span, clock_minutes, clocks_change, end_day, span

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
