"""When notices and papers are due."""

import datetime as dt

import pytest

from cases.policy.deadlines import Deadlines, Occasion, after_business_days, deadlines, is_business_day, rolled_forward
from tests.unit.policy.making import date

HOLIDAYS = frozenset({date("2025-07-04")})


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2025-07-03", True), ("2025-07-04", False), ("2025-07-05", False), ("2025-07-06", False), ("2025-07-07", True)],
)
def test_business_days(day, expected):
    assert is_business_day(date(day), HOLIDAYS) is expected


def test_counting_starts_on_the_day_after():
    assert str(after_business_days(date("2025-07-03"), 1, HOLIDAYS)) == "2025-07-07"
    assert str(after_business_days(date("2025-07-05"), 1, HOLIDAYS)) == "2025-07-07"


def test_a_day_off_moves_on():
    assert str(rolled_forward(date("2025-07-04"), HOLIDAYS)) == "2025-07-07"
    assert str(rolled_forward(date("2025-07-03"), HOLIDAYS)) == "2025-07-03"


def test_nothing_that_happened_calls_for_nothing():
    assert deadlines(Occasion()) == Deadlines()


def test_notice_of_exactly_thirty_days_is_enough():
    def met(start):
        return deadlines(Occasion(notice_date=date("2025-06-01"), leave_start=date(start))).notice_30_days_met

    assert met("2025-07-01") is True
    assert met("2025-06-30") is False


def test_certification_of_unforeseeable_leave_is_asked_for_after_the_later_of_notice_and_start():
    occasion = Occasion(notice_date=date("2025-06-09"), leave_start=date("2025-06-02"), unforeseeable=True)
    due = deadlines(occasion)
    assert str(due.certification_request_due) == "2025-06-16"
    assert due.notice_30_days_met is None
    assert due.earliest_start_if_delayed is None


def test_foreseeable_leave_counts_from_notice_alone():
    due = deadlines(Occasion(notice_date=date("2025-06-02"), leave_start=date("2025-08-04")))
    assert str(due.certification_request_due) == "2025-06-09"
    assert str(due.earliest_start_if_delayed) == "2025-07-02"


@pytest.mark.parametrize(
    ("minimum", "expected"),
    [(None, "2025-02-14"), (30, "2025-02-14"), (31, "2025-02-15"), (181, "2025-07-15"), (182, "2025-07-15")],
)
def test_recertification(minimum, expected):
    last = date("2025-01-15")
    assert (
        str(deadlines(Occasion(last_certification=last, certified_minimum_days=minimum)).recertification_earliest)
        == expected
    )


def test_a_change_allows_recertification_at_once():
    due = deadlines(Occasion(last_certification=date("2025-01-15"), certified_minimum_days=90, recert_exception=True))
    assert due.recertification_earliest == date("2025-01-15")


def test_what_binds_the_employee_moves_to_a_business_day_and_what_the_state_set_does_not():
    due = deadlines(
        Occasion(
            certification_requested=date("2025-06-20"),
            deficiency_notice=date("2025-06-28"),
            recertification_requested=date("2025-06-19"),
            leave_start=date("2025-07-06"),
            pfml=True,
            holidays=tuple(HOLIDAYS),
        )
    )
    assert str(due.certification_due) == "2025-07-07"  # a Saturday
    assert str(due.cure_due) == "2025-07-07"
    assert str(due.recertification_due) == "2025-07-07"  # Independence Day
    assert due.pfml_latest_application == date("2025-07-06") + dt.timedelta(days=90)
    assert due.pfml_earliest_application == date("2025-07-06") - dt.timedelta(days=60)
