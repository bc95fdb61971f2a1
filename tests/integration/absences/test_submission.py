"""What a finished request becomes: one case, with all that was said in the places it belongs to."""

import datetime as dt

import pytest

from cases.models.case import Case, CaseEvent, ContactChoice, Task
from cases.models.confidential import AbsenceNote, LeaveFacts, ReportedReason, Submission
from tests.integration.absences.leave_request import INTERMITTENT, NOT_KNOWN, LeaveRequest

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_of(browser, employee, today):
    """A request for this need, just begun, on Friday, March 6, 2026."""
    return lambda need="own_health": LeaveRequest(browser, employee, need)


def facts_of(case):
    return LeaveFacts.objects.get(case=case).facts


def reasons_of(case):
    return [row.text for row in ReportedReason.objects.filter(case=case)]


def test_one_block_of_time_becomes_one_pending_case(request_of):
    case = request_of().submitted()
    assert (case.kind, case.pattern, case.status) == ("leave", "continuous", "pending")
    assert (case.first_day, case.last_day) == (dt.date(2026, 3, 9), dt.date(2026, 3, 27))
    assert not case.absences.exists()
    waiting = CaseEvent.objects.get(case=case, dispatched_at=None)
    assert waiting.kind == CaseEvent.Kind.CASE_OPENED


def test_days_now_and_then_are_absences_of_the_case(request_of):
    leave = request_of()
    case = leave.submitted({**INTERMITTENT, "details": {"note": "Xqznote"}}, days=["3/12/2026", "3/10/2026"])
    assert (case.pattern, case.first_day, case.last_day) == ("intermittent", dt.date(2026, 3, 10), dt.date(2026, 3, 12))
    assert [absence.date.day for absence in case.absences.all()] == [10, 12]
    notes = [row.content for row in AbsenceNote.objects.filter(absence__case=case)]
    assert notes == [{"visit": True, "note": "Xqznote"}] * 2


def test_days_nobody_knows_yet(request_of):
    case = request_of().submitted(NOT_KNOWN)
    assert (case.pattern, case.first_day, case.last_day) == ("intermittent", None, None)


def test_the_draft_is_emptied(request_of):
    leave = request_of()
    leave.submitted()
    assert (leave.draft.answers, leave.draft.unchecked, leave.draft.submitted_case) == ({}, {}, leave.case)
