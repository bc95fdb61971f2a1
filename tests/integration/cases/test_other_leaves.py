"""Leaves of one person that follow each other: what one is approved for, another no longer has."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.determinations import spans_of
from cases.models.case import Absence, Case, Task
from cases.models.confidential import PriorUse
from cases.models.determination import Calculation, Determination
from cases.services import determine
from cases.services.cancel import cancel_absence, cancel_case
from cases.services.determine import determine_case, determine_others
from cases.services.report_time import report_time
from registration.models import Employee
from tests.factories.people import make_user
from tests.factories.records import (
    NOW,
    TODAY,
    account_of,
    approve,
    full_day,
    make_eligible,
    now_and_then,
    one_block,
    open_leave_case,
)

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
LATER = NOW + DAY
APRIL = one_block(dt.date(2023, 4, 3), dt.date(2023, 4, 7))  # 40 hours: all the sick leave there is


def report(case, *days):
    return report_time(
        case=case,
        submission_key=uuid.uuid4(),
        absences=[full_day(day) for day in days],
        submission={"language": "en", "rows": [], "journey": "absence_time"},
        by=account_of(case.employee),
        now=LATER,
    )


def covered(case, code="EST"):
    """Minutes."""
    row = Determination.objects.current().get(case=case, policy__code=code)
    return sum(span.minutes for span in row.spans.all())


@pytest.fixture
def employee():
    return make_eligible()


@pytest.fixture
def ongoing(employee):
    """Approved for a year, without a day taken."""
    case = open_leave_case(employee, leave=now_and_then())
    approve(case, "EST")
    return case


@pytest.fixture
def april(employee, ongoing):
    return open_leave_case(employee, leave=APRIL)


def test_time_reported_on_an_approved_leave_is_missing_from_the_next(ongoing, april):
    assert covered(april) == 5 * 480
    report(ongoing, TODAY, TODAY + DAY)
    assert covered(april) == 3 * 480


def test_cancelling_the_time_gives_it_back(ongoing, april):
    report(ongoing, TODAY, TODAY + DAY)
    cancel_absence(absence=Absence.objects.get(date=TODAY), by=make_user(), now=LATER)
    assert covered(april) == 4 * 480


def test_so_does_cancelling_the_case(ongoing, april):
    report(ongoing, TODAY, TODAY + DAY)
    cancel_case(case=ongoing, by=make_user(), now=LATER)
    assert covered(april) == 5 * 480


def test_so_does_cancelling_time_of_a_leave_that_has_ended(ongoing, april):
    report(ongoing, TODAY, TODAY + DAY)
    Case.objects.filter(pk=ongoing.pk).update(status="closed")
    cancel_absence(absence=Absence.objects.get(date=TODAY), by=make_user(), now=LATER + DAY)
    assert covered(april) == 4 * 480
    assert ongoing.calculations.count() == 2


def test_time_that_is_reported_again_counts_again(ongoing, april):
    report(ongoing, TODAY)
    cancel_absence(absence=Absence.objects.get(date=TODAY), by=make_user(), now=LATER + DAY)
    report(ongoing, TODAY)
    assert covered(april) == 4 * 480


class TestBalance:
    """Two days of sick leave on file; other limits leave more."""

    @pytest.mark.parametrize(("on_file", "left"), [(NOW, 0), (NOW + 90 * DAY, 2 * 480)])
    def test_is_promised_once_until_the_roster_has_taken_it_off(self, on_file, left):
        employee = make_eligible(balances={"sick": 960})
        Employee.objects.filter(pk=employee.pk).update(updated_at=on_file)
        employee.refresh_from_db()
        first = open_leave_case(employee, leave=one_block(dt.date(2023, 4, 3), dt.date(2023, 4, 4)))
        approve(first, "EST")
        assert covered(open_leave_case(employee, leave=one_block(dt.date(2023, 5, 1), dt.date(2023, 5, 2)))) == left


def test_what_is_kept_for_approved_leave_is_not_told_as_used_up(employee):
    approve(open_leave_case(employee, leave=one_block(dt.date(2023, 6, 5), dt.date(2023, 8, 25))), "FMLA")
    case = open_leave_case(employee, leave=one_block(dt.date(2023, 2, 6), dt.date(2023, 2, 10)))
    told = [
        span.meaning for span in spans_of([case], owner=account_of(employee))[case.pk] if span.policy_code == "FMLA"
    ]
    assert told == [
        "Probably not covered. Leave that is approved for later days is kept for them, so less is left now."
        " Your specialist decides."
    ]


def test_whoever_decides_says_so(employee, april):
    other = open_leave_case(employee, leave=one_block(dt.date(2023, 3, 6), dt.date(2023, 3, 7)))
    approve(other, "EST")
    determine_others(other, now=LATER)
    assert covered(april) == 3 * 480


def test_what_is_not_approved_changes_nothing_and_costs_nothing(employee):
    case = open_leave_case(employee, leave=now_and_then())
    open_leave_case(employee, leave=APRIL)
    report(case, TODAY)
    assert Calculation.objects.count() == 3


@pytest.mark.parametrize("status", ["denied", "closed", "cancelled"])
def test_leaves_that_ended_stay_as_they_were(ongoing, april, status):
    Case.objects.filter(pk=april.pk).update(status=status)
    report(ongoing, TODAY)
    assert april.calculations.count() == 1


def test_nobody_elses_leaves_are_touched(ongoing):
    other = open_leave_case(make_eligible(), leave=APRIL)
    report(ongoing, TODAY)
    assert other.calculations.count() == 1


def test_more_than_can_be_done_at_once_becomes_work_for_staff(monkeypatch, employee, ongoing, april):
    monkeypatch.setattr(determine, "OTHERS", 1)
    newest = open_leave_case(employee, leave=one_block(dt.date(2023, 5, 1), dt.date(2023, 5, 5)), now=LATER)
    report(ongoing, TODAY)
    assert (newest.calculations.count(), april.calculations.count()) == (2, 1)
    assert Task.objects.get(kind="determination_failed").case == april


def test_what_one_gets_back_another_no_longer_has(employee, ongoing):
    """40 hours a year, all approved for December but for a day used elsewhere, which turns out not to have been."""
    december = open_leave_case(employee, leave=one_block(dt.date(2023, 12, 4), dt.date(2023, 12, 8)))
    approve(december, "EST")
    use = PriorUse.objects.create(employee=employee, policy_code="EST", date=TODAY, minutes=480, week_minutes=2400)
    determine_case(december, now=LATER)
    april = open_leave_case(employee, leave=APRIL)
    use.delete()
    determine_others(ongoing, now=LATER)
    assert (covered(december), covered(april)) == (5 * 480, 0)


def test_an_approved_day_against_the_proposal_counts_whole(employee, april):
    other = open_leave_case(make_eligible(), leave=APRIL)
    case = open_leave_case(employee, leave=now_and_then(full_day()))
    approve(case, "FMLA")
    assert covered(other, "FMLA") == 5 * 480
    row = Determination.objects.current().get(case=case, policy__code="EST")
    row.spans.update(status="approved")
    result = row.result
    for day in result["days"]:
        day["status"], day["approved_minutes"] = "EXHAUSTED", "0"
    row.result = result
    row.save()
    determine_others(case, now=LATER)
    assert covered(april) == 4 * 480


def test_each_further_leave_costs_the_same(employee, ongoing):
    counts = []
    for _ in range(3):
        open_leave_case(employee, leave=APRIL)
        with CaptureQueriesContext(connection) as queries:
            report(ongoing, TODAY + len(counts) * 7 * DAY)
        counts.append(len(queries))
    assert counts[1] - counts[0] == counts[2] - counts[1]
