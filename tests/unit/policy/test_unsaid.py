"""What holds where a request, a calendar or a row does not say, and where an average begins and ends."""

import pytest

from tests.unit.policy.making import absences, ask, calendar, employee, limited, request, row, used


def test_the_workweek_begins_on_sunday():
    """From the next Sunday on, Sundays are worked as well: they are no part of this week."""
    schedules = [
        {"kind": "weekly", "from": "2000-01-01", "week": [0, 480, 480, 480, 480, 480, 0]},
        {"kind": "weekly", "from": "2025-03-09", "week": [600, 480, 480, 480, 480, 480, 0]},
    ]
    found = ask(request(end="2025-03-03"), who=employee(schedules=schedules), on=calendar())
    assert [str(day.fraction) for day in found.days] == ["1/5"]


def test_a_birth_is_of_one_child():
    asked = request(event={"id": "birth", "type": "birth", "date": "2025-03-01"})
    (limit,) = ask(asked, limited("per_event", "6", per_child=True)).limits
    assert limit.amount == 6


def test_a_fixed_year_begins_with_january():
    (limit,) = ask(request(), limited("fixed"), ledger=used("2024-12-31", "2025-01-01", minutes=60)).limits
    assert (str(limit.period.from_), str(limit.period.to)) == ("2025-01-01", "2025-12-31")
    assert limit.used * 40 == 1


def test_time_is_charged_to_the_minute():
    to_the_minute = {key: value for key, value in row().items() if key != "increment_minutes"}
    assert [day.minutes for day in ask(absences(("2025-03-03", 7)), to_the_minute).days] == [7]


class TestAverageOfHoursThatVary:
    """One week of 20 hours, then one of 40, the second from Sunday, March 2 to Saturday, March 8."""

    HISTORY = (
        {"from": "2025-02-23", "weeks": 1, "minutes": 1200},
        {"from": "2025-03-02", "weeks": 1, "minutes": 2400},
    )

    def week(self, start, *history):
        varies = [{"kind": "variable", "from": "2000-01-01", "history": list(history or self.HISTORY)}]
        (day, *_) = ask(request(start, "2025-03-20"), who=employee(schedules=varies)).days
        return day.divisor

    @pytest.mark.parametrize(("start", "week"), [("2025-03-09", 1800), ("2025-03-08", 1200)])
    def test_takes_a_week_that_is_over_when_the_leave_begins(self, start, week):
        assert self.week(start) == week

    @pytest.mark.parametrize(("first", "week"), [("2024-03-17", 1800), ("2024-03-10", 1200)])
    def test_takes_a_week_that_begins_in_the_12_months_before(self, first, week):
        """Of a leave from March 16, 2025: they begin on March 16, 2024."""
        known = {"from": "2025-02-23", "weeks": 1, "minutes": 1200}
        assert self.week("2025-03-16", {"from": first, "weeks": 1, "minutes": 2400}, known) == week
