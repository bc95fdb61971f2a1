"""Months, years and windows on the calendar's awkward days."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.policy import periods
from cases.policy.determination import Span
from cases.policy.types import BenefitYear, Employment
from tests.unit.policy.making import date


def spanned(span):
    return str(span.from_), str(span.to)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2025-01-15", 12, "2026-01-15"),
        ("2024-02-29", 12, "2025-03-01"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2024-11-30", 3, "2025-03-01"),
        ("2025-08-31", 6, "2026-03-01"),
        ("2025-12-01", 1, "2026-01-01"),
        ("2025-03-31", 1, "2025-05-01"),
        ("2025-01-31", 11, "2025-12-31"),
        ("2025-01-31", 0, "2025-01-31"),
        ("2025-01-10", -12, "2024-01-10"),
    ],
)
def test_the_first_day_after_months(day, months, expected):
    assert str(periods.anniv(date(day), months)) == expected


@given(day=st.dates(dt.date(1999, 1, 1), dt.date(2101, 1, 1)), months=st.integers(1, 60))
def test_a_window_starts_where_a_day_has_not_rolled_off(day, months):
    first = periods.window_start(day, months)
    assert day < periods.anniv(first, months)
    assert periods.anniv(first - periods.ONE_DAY, months) <= day


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2025-03-01", "2025-02-23"), ("2025-03-02", "2025-03-02"), ("2025-03-03", "2025-03-02")],
)
def test_the_sunday_on_or_before(day, expected):
    assert str(periods.sunday(date(day))) == expected


@pytest.mark.parametrize(
    ("starts_on", "first"), [(0, "2025-03-02"), (1, "2025-03-03"), (4, "2025-02-27"), (6, "2025-03-01")]
)
def test_a_workweek_starts_where_the_employer_says(starts_on, first):
    week = periods.week_of(date("2025-03-05"), starts_on)
    assert str(week[0]) == first
    assert len(week) == 7
    assert (week[-1] - week[0]).days == 6


@pytest.mark.parametrize(
    ("day", "month", "of_month", "expected"),
    [
        ("2025-06-30", 7, 1, ("2024-07-01", "2025-06-30")),
        ("2025-07-01", 7, 1, ("2025-07-01", "2026-06-30")),
        ("2025-02-28", 2, 29, ("2024-02-29", "2025-02-28")),
        ("2025-03-01", 2, 29, ("2025-03-01", "2026-02-28")),
        ("1999-06-30", 7, 1, ("1998-07-01", "1999-06-30")),
    ],
)
def test_a_year_from_a_fixed_date(day, month, of_month, expected):
    assert spanned(periods.fixed_year(date(day), month, of_month)) == expected


def test_the_calendar_year():
    assert spanned(periods.calendar_year(date("2024-12-31"))) == ("2024-01-01", "2024-12-31")
    assert spanned(periods.calendar_year(date("2025-01-01"))) == ("2025-01-01", "2025-12-31")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-09-15", ("2024-09-16", "2025-09-15")),
        ("2025-09-16", ("2025-09-16", "2026-09-15")),
        ("2015-09-16", ("2015-09-16", "2016-09-15")),
    ],
)
def test_a_year_of_service(day, expected):
    assert spanned(periods.service_year(date(day), date("2015-09-16"))) == expected


def test_a_year_of_service_from_february_29():
    hired = date("2024-02-29")
    assert spanned(periods.service_year(date("2025-02-28"), hired)) == ("2024-02-29", "2025-02-28")
    assert spanned(periods.service_year(date("2025-03-01"), hired)) == ("2025-03-01", "2026-02-28")


def test_a_benefit_year_is_52_weeks_from_its_sunday():
    assert spanned(periods.benefit_year(date("2024-02-28"))) == ("2024-02-25", "2025-02-22")
    assert spanned(periods.benefit_year(date("2024-02-25"))) == ("2024-02-25", "2025-02-22")


def forward(day):
    return periods.months_from(day, 12)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2024-05-05", ("2024-05-05", "2025-05-04")),  # before the first use: it would open one itself
        ("2024-05-06", ("2024-05-06", "2025-05-05")),
        ("2025-05-05", ("2024-05-06", "2025-05-05")),
        ("2025-05-06", ("2025-05-06", "2026-05-05")),  # not used yet after the first
        ("2025-08-01", ("2025-07-01", "2026-06-30")),
        ("2027-01-01", ("2027-01-01", "2027-12-31")),
    ],
)
def test_use_opens_a_period_and_the_first_use_after_it_the_next(day, expected):
    uses = [date("2024-05-06"), date("2025-01-01"), date("2025-05-01"), date("2025-07-01"), date("2026-01-01")]
    assert spanned(periods.Chain(forward).holding(date(day), uses)) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-01-10", ("2025-01-05", "2025-03-01")),  # cut off where the department's year begins
        ("2025-03-02", ("2025-03-02", "2026-02-28")),
        ("2026-02-28", ("2025-03-02", "2026-02-28")),
        ("2026-03-04", ("2026-03-01", "2027-02-27")),
    ],
)
def test_the_departments_own_years_win(day, expected):
    chain = periods.benefit_years([BenefitYear(date("2025-03-02"))])
    uses = [date("2025-01-06"), date("2025-03-10"), date("2026-03-03")]
    assert spanned(chain.holding(date(day), uses)) == expected


@pytest.mark.parametrize("day", ["2025-03-05", "2026-03-03"])
def test_a_known_year_holds_its_first_and_its_last_day(day):
    chain = periods.benefit_years([BenefitYear(date("2025-03-05"))])
    assert spanned(chain.holding(date(day), [])) == ("2025-03-05", "2026-03-03")


def test_a_year_never_begins_inside_the_one_before():
    chain = periods.benefit_years([BenefitYear(date("2025-03-05"))])  # a Wednesday: it ends on a Tuesday
    assert spanned(chain.holding(date("2026-03-05"), [])) == ("2026-03-01", "2027-02-27")
    assert spanned(chain.holding(date("2026-03-05"), [date("2025-04-01")])) == ("2026-03-04", "2027-02-27")


def served(*spells):
    return periods.service([Employment(date(a), b and date(b), *rest) for a, b, *rest in spells])


def test_service_before_a_break_of_seven_years_is_dropped():
    assert [str(s.from_) for s in served(("2010-01-01", "2017-09-30"), ("2024-10-01", None))] == ["2024-10-01"]
    assert len(served(("2010-01-01", "2017-09-30"), ("2024-09-30", None))) == 2
    assert len(served(("2010-01-01", "2017-09-30"), ("2025-10-01", None, True))) == 2
    assert [
        str(s.from_) for s in served(("2000-01-01", "2001-01-01"), ("2003-01-01", "2004-01-01"), ("2020-01-01", None))
    ] == ["2020-01-01"]


def test_service_without_a_day_between_is_one():
    (one,) = served(("2024-06-01", None), ("2020-01-01", "2024-05-31"))
    assert str(one.from_) == "2020-01-01"
    assert len(served(("2020-01-01", "2024-05-30"), ("2024-06-01", None))) == 2
    (inside,) = served(("2020-01-01", None), ("2021-01-01", "2021-02-01"), ("2022-01-01", None))
    assert str(inside.from_) == "2020-01-01"


def test_weeks_of_service_are_counted_once():
    two = [Span(date("2025-01-01"), date("2025-01-07")), Span(date("2025-01-09"), date("2025-01-20"))]
    assert str(periods.day_after_weeks(two, 1)) == "2025-01-02"
    assert str(periods.day_after_weeks(two, 2)) == "2025-01-06"  # the Sunday begins the second week
    assert str(periods.day_after_weeks(two, 3)) == "2025-01-13"
    assert str(periods.day_after_weeks(two, 4)) == "2025-01-20"
    assert periods.day_after_weeks(two, 5) is None
    to_sunday = [Span(date("2025-01-01"), date("2025-01-05"))]
    assert str(periods.day_after_weeks(to_sunday, 2)) == "2025-01-06"
