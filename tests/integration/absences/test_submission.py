"""What a finished request becomes: one case, with all that was said in the places it belongs to."""

import datetime as dt
import re

import pytest

from cases.models.case import CaseEvent, ContactChoice, Task
from cases.models.confidential import AbsenceNote, LeaveFacts, ReportedReason, Submission
from tests.factories.people import log_in, make_employee, make_user
from tests.integration.absences.leave_request import INTERMITTENT, NOT_KNOWN, LeaveRequest
from tests.integration.absences.reporting import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_of(browser, employee, today):
    """A request for this need, just begun, on Friday, March 6, 2026."""
    return lambda need="own_health": LeaveRequest(browser, employee, need)


def facts_of(case):
    return LeaveFacts.objects.get(case=case).facts


def reasons_of(case):
    return [row.text for row in ReportedReason.objects.filter(case=case)]


def sent(case):
    return Submission.objects.get(case=case).content


NOT_ASKED = {
    "relationship": "",
    "relationship_words": "",
    "first_name": "",
    "last_name": "",
    "adult_child": None,
    "born": None,
    "child_date": None,
    "joining": None,
    "pay": "unpaid",
    "work_related": False,
    "more": [],
}


class TestEachNeed:
    def test_own_illness(self, request_of):
        case = request_of().submitted()
        assert facts_of(case) == {**NOT_ASKED, "category": "own_health"}
        assert reasons_of(case) == ["Back surgery"]

    def test_a_family_members(self, request_of):
        person = {"first_name": "Rosa", "last_name": "Xqzfamily", "relationship": "child", "adult_child": "no"}
        case = request_of("family_health").submitted({"person": person})
        family = {"first_name": "Rosa", "last_name": "Xqzfamily", "relationship": "child", "adult_child": False}
        assert facts_of(case) == {**NOT_ASKED, **family, "category": "family_health"}

    def test_a_family_member_of_another_kind(self, request_of):
        person = {"first_name": "Ana", "last_name": "Ruiz", "relationship": "other", "relationship_words": "My aunt"}
        facts = facts_of(request_of("family_health").submitted({"person": person}))
        assert (facts["relationship"], facts["relationship_words"], facts["adult_child"]) == ("other", "My aunt", None)

    @pytest.mark.parametrize(
        ("answer", "born", "day"),
        [
            ({"born": "no", "due_date": "6/15/2026"}, False, "2026-06-15"),
            ({"born": "yes", "birth_date": "2/20/2026"}, True, "2026-02-20"),
        ],
    )
    def test_pregnancy(self, request_of, answer, born, day):
        facts = facts_of(request_of("pregnancy").submitted({"arrival": answer}))
        assert (facts["category"], facts["born"], facts["child_date"]) == ("pregnancy", born, day)

    def test_bonding_has_its_own_reason(self, request_of):
        case = request_of("bonding").submitted()
        known = {"category": "bonding", "joining": "adoption", "child_date": "2026-03-02", "work_related": None}
        assert facts_of(case) == {**NOT_ASKED, **known}
        assert reasons_of(case) == ["Bonding with a child"]


class TestPattern:
    def test_one_block_of_time_is_one_pending_case(self, request_of):
        case = request_of().submitted()
        assert (case.kind, case.pattern, case.status) == ("leave", "continuous", "pending")
        assert (case.first_day, case.last_day) == (dt.date(2026, 3, 9), dt.date(2026, 3, 27))
        assert not case.absences.exists()

    def test_days_now_and_then_are_absences_of_the_case(self, request_of):
        answers = {**INTERMITTENT, "details": {"note": "Xqznote"}}
        case = request_of().submitted(answers, days=["3/12/2026", "3/10/2026"])
        assert case.pattern == "intermittent"
        assert (case.first_day, case.last_day) == (dt.date(2026, 3, 10), dt.date(2026, 3, 12))
        assert [(absence.date.day, absence.minutes) for absence in case.absences.all()] == [(10, 480), (12, 480)]
        notes = [row.content for row in AbsenceNote.objects.filter(absence__case=case)]
        assert notes == [{"visit": True, "note": "Xqznote"}] * 2

    def test_part_of_a_day(self, request_of):
        case = request_of().submitted({**INTERMITTENT, "full-day": {"full_day": "no"}})
        absence = case.absences.get()
        assert (absence.start_time, absence.end_time, absence.minutes) == (dt.time(8), dt.time(10), 120)

    def test_days_nobody_knows_yet(self, request_of):
        case = request_of().submitted(NOT_KNOWN)
        assert (case.pattern, case.first_day, case.last_day) == ("intermittent", None, None)


class TestReachingThePerson:
    def test_by_email(self, request_of):
        assert ContactChoice.objects.get(case=request_of().submitted()).wish == {
            "by_email": True,
            "email": "zoe@example.org",
            "address": {},
            "phone": "+14135550123",
            "voicemail": True,
            "best_time": "10",
        }

    def test_by_mail(self, request_of):
        address = {"street": "1 Ashburton Pl", "street_2": "", "city": "Boston", "state": "MA", "zip": "02108"}
        case = request_of().submitted({"contact-by": {"by_email": "no", "email": "left@example.org", **address}})
        wish = ContactChoice.objects.get(case=case).wish
        assert (wish["by_email"], wish["email"], wish["address"]) == (False, "", address)


def test_the_draft_is_emptied_and_one_fact_waits_to_be_told(request_of):
    leave = request_of()
    case = leave.submitted()
    assert (leave.draft.answers, leave.draft.unchecked, leave.draft.submitted_case) == ({}, {}, case)
    assert CaseEvent.objects.get(case=case, dispatched_at=None).kind == CaseEvent.Kind.CASE_OPENED
    due = dict(Task.objects.filter(case=case).values_list("kind", "due_on"))
    assert due == {"call_employee": dt.date(2026, 3, 10), "notice_due": dt.date(2026, 3, 13)}


class TestTheRecord:
    """The request as it was asked and answered."""

    def test_questions_as_worded(self, request_of):
        rows = dict(sent(request_of().submitted())["rows"])
        assert rows["What do you need?"] == "I am ill or injured (continuous or intermittent medical leave)"
        assert rows["When will you be out?"] == "Mar 9 to Mar 27, 2026"
        assert rows["Is your absence due to a work-related illness or injury?"] == "No"
        assert rows["Would you like to receive leave documents and updates via email?"] == "By email: zoe@example.org"
        assert rows["When is the best time to reach you?"] == "10 AM"

    def test_one_row_a_day(self, request_of):
        answers = {**INTERMITTENT, "details": {"note": "Xqznote"}}
        rows = sent(request_of().submitted(answers, days=["3/12/2026", "3/10/2026"]))["rows"]
        days = [answer for question, answer in rows if question.startswith("What day")]
        assert len(days) == 2
        assert "March 10, 2026" in days[0]
        assert all("Xqznote" in day and "Doctor visit: yes" in day for day in days)

    def test_in_the_language_it_was_asked_in(self, request_of):
        leave = request_of()
        leave.answer_all()
        leave.client.post(leave.page("check"), {"_lang": "es"})
        leave.submit()
        content = sent(leave.case)
        assert content["language"] == "es"
        assert "¿Qué necesita?" in dict(content["rows"])

    def test_what_the_supervisor_was_to_be_told(self, client, today):
        supervisor = make_employee(first_name="Sam", last_name="Boss")
        employee = make_employee(supervisor=supervisor, first_name="Zoë", last_name="Xqzname")
        leave = LeaveRequest(log_in(client, make_user(employee)), employee)
        leave.answer_all()
        shown = re.sub(r" (?=[.,])", "", words(leave.get("check")))  # markup around the number reads as a space
        leave.submit()
        told = sent(leave.case)["supervisor"]
        assert told["to"] == ["Sam Boss"]
        assert " ".join(told["email"].split()) in shown
        assert told["text"] in shown
        assert "Zoë Xqzname" in told["email"]
        assert "(given when you submit)" in told["email"] + told["text"]
        assert "Back surgery" not in str(told)

    def test_nobody_to_tell(self, request_of):
        assert sent(request_of().submitted())["supervisor"]["to"] == []
