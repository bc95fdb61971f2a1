"""In one block or now and then, from when to when: what each page accepts, and what it says when it does not."""

import datetime as dt
from dataclasses import dataclass

import pytest

from absences.journeys.dates import KnowsDays, Pattern, Period, leaves_in_the_way
from absences.rules import DaySpan, Window
from tests.unit.absences.circumstances import BOSTON, as_posted, known, make_setting

MARCH_6 = dt.date(2026, 3, 6)  # today, a Friday


def asked(step, posted, facts=(), **setting):
    return step.form(as_posted(posted), dict(facts), setting=make_setting(**setting))


def errors(form):
    return [link.text for link in form.error_links()]


def period(first, last, **setting):
    return asked(Period, {"first_day": first, "last_day": last}, **setting)


class TestPattern:
    @pytest.mark.parametrize(("answer", "said"), [("yes", "One block of time"), ("no", "Time off now and then")])
    def test_either(self, answer, said):
        form = asked(Pattern, {"continuous": answer})
        assert [(row.name, row.answer) for row in Pattern.rows(_cleaned(form))] == [("Schedule", said)]

    def test_the_answer_decides_what_is_asked_next(self):
        setting = make_setting()
        for continuous in (True, False):
            facts = {"continuous": continuous}
            assert [step.applies(facts, setting) for step in (Period, KnowsDays)] == [continuous, not continuous]

    def test_none(self):
        assert errors(asked(Pattern, {})) == ["Select yes if you will be out for one block of time"]


class TestPeriod:
    @pytest.mark.parametrize(
        ("first", "last", "said"),
        [
            ("3/6/2026", "3/6/2026", "Friday, March 6, 2026"),
            ("3/6/2026", "3/20/2026", "Mar 6 to Mar 20, 2026"),
            ("2/4/2026", "2/6/2026", "Feb 4 to Feb 6, 2026"),  # the 30th day back
            ("3/6/2027", "3/8/2027", "Mar 6 to Mar 8, 2027"),  # the 365th ahead
            ("3/6/2026", "3/5/2027", "Mar 6, 2026 to Mar 5, 2027"),  # 12 months to the day
            ("12/31/2026", "1/1/2027", "Dec 31, 2026 to Jan 1, 2027"),
        ],
    )
    def test_accepted(self, first, last, said):
        cleaned = _cleaned(form := period(first, last))
        assert Period.way_out(cleaned, form.setting) == ""
        assert [row.answer for row in Period.rows(cleaned)] == [said]

    @pytest.mark.parametrize(
        ("first", "last", "said"),
        [
            ("", "", ["Enter your start date", "Enter your end date"]),
            ("3/2026", "3/9/2026", ["Your start date must include a month, day and year"]),
            ("3/6/2026", "13/45/2026", ["Your end date must be a real date"]),
            ("2/29/2026", "3/6/2026", ["Your start date must be a real date"]),
            ("3/6/2026", "3/5/2026", ["End date must be the same as or after your start date"]),
            ("3/6/2026", "3/6/2027", ["Leave can be 12 months at most in one request. Check your end date"]),
            ("3/7/2027", "3/8/2027", ["Start date must be within the next 12 months"]),
            ("2/3/2026", "2/2/2026", ["End date must be the same as or after your start date"]),
        ],
    )
    def test_refused(self, first, last, said):
        assert errors(period(first, last)) == said

    @pytest.mark.parametrize(("last", "accepted"), [("2/27/2029", True), ("2/28/2029", True), ("3/1/2029", False)])
    def test_twelve_months_from_a_leap_day(self, last, accepted):
        on_the_day = dt.datetime(2028, 2, 29, 12, tzinfo=BOSTON)
        assert period("2/29/2028", last, now=on_the_day).is_valid() is accepted

    def test_too_long_ago_is_no_mistake(self):
        cleaned = _cleaned(form := period("2/3/2026", "3/6/2026"))
        assert Period.way_out(cleaned, form.setting) == "late-leave"

    def test_before_the_agency_is_live(self):
        cleaned = _cleaned(
            form := period("3/6/2026", "3/9/2026", served={"leave": (DaySpan(dt.date(2026, 3, 7), None),)})
        )
        assert Period.way_out(cleaned, form.setting) == "your-agency"

    def test_the_calendar_offers_what_is_allowed(self):
        form = Period.form(None, {}, setting=make_setting())
        offered = {
            name: (attrs["data-earliest"], attrs["data-latest"])
            for name, attrs in ((name, field.widget.attrs) for name, field in form.fields.items())
        }
        assert offered == {"first_day": ("2026-02-04", "2027-03-06"), "last_day": ("2026-02-04", "2028-03-05")}
        assert _cleaned(period("3/6/2027", "3/5/2028"))

    def test_other_limits_of_the_office(self):
        limits = {"longest_leave_months": 6, "leave_window": Window.around(MARCH_6, past=5, future=10)}
        assert errors(period("3/6/2026", "9/6/2026", **limits)) == [
            "Leave can be 6 months at most in one request. Check your end date"
        ]
        form = period("2/28/2026", "8/27/2026", **limits)
        assert Period.way_out(_cleaned(form), form.setting) == "late-leave"


def test_days_not_known_yet():
    assert [row.answer for row in KnowsDays.rows({"knows_days": False})] == ["Days not known yet"]
    assert list(KnowsDays.rows({"knows_days": True})) == []
    assert errors(asked(KnowsDays, {})) == ["Select yes if you know any of the days"]


@dataclass(frozen=True)
class Leave:
    case_number: str
    pattern: str = "continuous"
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    opened_on: dt.date = MARCH_6


BLOCK = Leave("1111111111", first_day=dt.date(2026, 3, 9), last_day=dt.date(2026, 3, 13))
NOW_AND_THEN = Leave("2113996209", "intermittent")


class TestLeavesInTheWay:
    @pytest.mark.parametrize(
        ("first", "last", "numbers"),
        [
            ("2026-03-01", "2026-03-08", []),
            ("2026-03-01", "2026-03-09", ["1111111111"]),
            ("2026-03-13", "2026-03-31", ["1111111111"]),
            ("2026-03-14", "2026-03-31", []),
            ("2026-03-10", "2026-03-10", ["1111111111"]),
            ("2026-02-01", "2026-04-30", ["1111111111"]),
        ],
    )
    def test_a_period_and_a_block(self, first, last, numbers):
        facts = {"continuous": True, "first_day": dt.date.fromisoformat(first), "last_day": dt.date.fromisoformat(last)}
        assert _numbers(facts, open_leaves=(BLOCK,)) == numbers

    @pytest.mark.parametrize(("day", "numbers"), [("2026-03-08", []), ("2026-03-13", ["1111111111"])])
    def test_single_days_and_a_block(self, day, numbers):
        facts = {"continuous": False, "days": ({"date": dt.date(2026, 3, 2)}, {"date": dt.date.fromisoformat(day)})}
        assert _numbers(facts, open_leaves=(BLOCK,)) == numbers

    @pytest.mark.parametrize(("last", "numbers"), [("2026-03-11", []), ("2026-03-12", ["2113996209"])])
    def test_a_period_and_the_days_reported_on_an_intermittent_leave(self, last, numbers):
        facts = {"continuous": True, "first_day": MARCH_6, "last_day": dt.date.fromisoformat(last)}
        reported = (known("2026-03-12", "08:00", "09:00"),)
        assert _numbers(facts, open_leaves=(BLOCK, NOW_AND_THEN), reported=reported)[1:] == numbers

    def test_days_not_known_meet_nothing(self):
        assert _numbers({"continuous": False, "knows_days": False}, open_leaves=(BLOCK, NOW_AND_THEN)) == []


def _numbers(facts, **setting):
    return [leave.case_number for leave in leaves_in_the_way(facts, make_setting(**setting))]


def _cleaned(form):
    assert form.is_valid(), form.errors
    return form.cleaned_data
