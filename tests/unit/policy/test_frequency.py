"""How often and how long: which days go over what was certified."""

import datetime as dt

import pytest

from cases.policy.frequency import Frequency, episodes, over

DAY = dt.timedelta(days=1)
MONDAY = dt.date(2025, 3, 3)
YEAR = (MONDAY, MONDAY + 364 * DAY)
TWICE_A_WEEK = Frequency(*YEAR, episodes=2, period_days=7, episode_minutes=480)


def taken(*days, minutes=480):
    """By number of days after Monday."""
    return {MONDAY + n * DAY: minutes for n in days}


def days_over(minutes, *certified):
    return sorted((day - MONDAY).days for day in over(minutes, certified or (TWICE_A_WEEK,)))


def test_days_without_a_gap_are_one_episode():
    assert [[(day - MONDAY).days for day in run] for run in episodes(taken(5, 0, 1, 3))] == [[0, 1], [3], [5]]
    assert episodes(taken(0, minutes=0)) == []
    assert episodes(taken(0, minutes=1)) == [[MONDAY]]


class TestHowOften:
    def test_as_often_as_certified(self):
        assert days_over(taken(0, 2)) == []

    def test_once_more(self):
        assert days_over(taken(0, 2, 4)) == [4]

    @pytest.mark.parametrize(("third", "found"), [(6, [6]), (7, [])])
    def test_counted_back_from_the_day_on_which_it_begins(self, third, found):
        assert days_over(taken(0, 2, third)) == found

    def test_all_its_days(self):
        assert days_over(taken(0, 2, 4, 5)) == [4, 5]

    def test_one_that_went_over_counts_for_the_next(self):
        assert days_over(taken(0, 2, 4, 7)) == [4, 7]

    def test_the_order_in_which_they_were_reported_does_not_matter(self):
        assert days_over(taken(4, 0, 2)) == [4]


class TestHowLong:
    def test_from_the_day_on_which_it_is_too_long(self):
        assert days_over(taken(0, 1, 2, minutes=240)) == [2]

    def test_to_the_minute(self):
        assert days_over(taken(0)) == []
        assert days_over(taken(0, minutes=481)) == [0]


class TestWhen:
    def test_nothing_certified_is_nothing_gone_over(self):
        assert over(taken(0, 2, 4), ()) == frozenset()

    def test_before_and_after_nothing_is_known(self):
        week = Frequency(MONDAY, MONDAY + 6 * DAY, episodes=1, period_days=30, episode_minutes=60)
        assert days_over(taken(-1, 7), week) == []
        assert days_over(taken(0), week) == [0]
        assert days_over(taken(6), week) == [6]

    def test_an_earlier_one_does_not_count_for_the_next(self):
        """Every episode is measured by what is in force when it begins, and among those."""
        first = Frequency(MONDAY, MONDAY + 6 * DAY, episodes=1, period_days=30, episode_minutes=480)
        second = Frequency(MONDAY + 7 * DAY, YEAR[1], episodes=1, period_days=30, episode_minutes=480)
        assert days_over(taken(2, 9, 11), first, second) == [11]
