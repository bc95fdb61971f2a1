"""Asking for a paper: once, in time, told, the employee's turn until it came."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from cases.models.case import CaseEvent, Task
from documents import asking
from documents.models import DocumentRequest
from documents.pipeline import check
from documents.services import take_back
from portal.lib import clock
from tests.factories.accounts import sign_in
from tests.factories.hostile_files import pdf as a_pdf
from tests.integration.documents.sending import send
from tests.integration.documents.staff.desk import at_desk, in_days, kind, make_leave, said, staff, typed, url

pytestmark = pytest.mark.django_db
Kind = CaseEvent.Kind


@pytest.fixture
def case():
    return make_leave()


def ask(case, due_on=None, code="certification"):
    return asking.ask(case=case, kind=kind(code), due_on=due_on or in_days(7), by=staff(), now=clock.now())


def events(case):
    return list(CaseEvent.objects.filter(case=case, kind__startswith="document").values_list("kind", "due_on"))


def their_turn(case):
    """The days of what waits on the employee."""
    return [task.due_on for task in Task.objects.filter(case=case, kind="send_document", closed_at=None)]


def post(case, client=None, **given):
    answers = {"type": kind().pk, "due_on": typed(in_days(7)), **given}
    return (client or at_desk()).post(url("ask", case), answers)


def test_the_employee_sees_what_is_wanted_and_by_when(case):
    client = at_desk()
    answer = client.post(url("ask", case), {"type": kind().pk, "due_on": typed(in_days(7))}, follow=True)
    assert answer.redirect_chain == [(url("papers", case), 302)]
    assert said(answer).startswith("We asked for “Medical Certification” by ")
    assert events(case) == [(Kind.DOCUMENT_ASKED, in_days(7))]
    employee = sign_in(client, case.employee.user)
    for page in (reverse("home:home"), reverse("documents:all"), reverse("cases:case", args=[case.number])):
        assert "We need your document “Medical Certification” by" in employee.get(page).content.decode(), page
    assert (
        "It is your turn. We need a document from you by"
        in employee.get(reverse("cases:case", args=[case.number])).content.decode()
    )
    assert "You have nothing to do" not in employee.get(reverse("home:home")).content.decode()


def test_twice_is_once(case):
    client = at_desk()
    assert [post(case, client).status_code for _ in range(2)] == [302, 302]
    assert DocumentRequest.objects.count() == 1
    assert len(events(case)) == 1


def test_another_day_is_said_to_be_asked_for(case):
    post(case)
    answer = post(case, due_on=typed(in_days(9)))
    assert answer.status_code == 422
    assert "This document is already asked for by" in answer.content.decode()
    assert their_turn(case) == [in_days(7)]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"type": ""}, "Select a document type"),
        ({"type": "999"}, "Select a document type"),
        ({"due_on": ""}, "Enter the due date"),
        ({"due_on": "June 5"}, "The due date must include a month, day and year"),
        ({"due_on": "2/30/2027"}, "The due date must be a real date"),
        ({"due_on": "1/1/2001"}, "The due date must be today or later"),
        ({"due_on": "1/1/2199"}, "The due date must be within one year"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(case, given, told):
    answer = post(case, **given)
    assert answer.status_code == 422
    assert answer.content.decode().count(told) == 2
    assert DocumentRequest.objects.count() == 0


def test_today_is_in_time(case):
    assert post(case, due_on=typed(clock.today())).status_code == 302


def test_a_type_that_is_switched_off_is_not_offered(case):
    off = kind("court")
    off.active = False
    off.save()
    assert post(case, type=off.pk).status_code == 422


def test_of_a_case_that_ended_nothing_is_asked(case):
    case.status = "closed"
    case.save()
    answer = at_desk().post(url("ask", case), {"type": kind().pk, "due_on": typed(in_days(7))}, follow=True)
    assert said(answer) == "This case has ended. Nothing was asked for."
    assert (DocumentRequest.objects.count(), events(case)) == (0, [])


def test_once_it_came_it_is_no_longer_their_turn(case, scanner):
    asked = ask(case)
    assert their_turn(case) == [in_days(7)]
    file = send(a_pdf(), case=case, by=case.employee.user, request=asked)
    assert their_turn(case) == [in_days(7)]  # it is not checked yet
    check(file.pk)
    asked.refresh_from_db()
    assert (asked.met_by, their_turn(case)) == (file.document, [])
    assert asking.awaited(case, kind()) is None


def test_a_refused_answer_leaves_it_wanted(case, scanner):
    asked = ask(case)
    check(send(b"%PDF-1.4 torn", case=case, by=case.employee.user, request=asked).pk)
    asked.refresh_from_db()
    assert (asked.met_by, their_turn(case)) == (None, [in_days(7)])


def test_taken_back_it_is_wanted_again(case, scanner):
    file = send(a_pdf(), case=case, by=case.employee.user, request=ask(case))
    check(file.pk)
    assert take_back(document=file.document, by=case.employee.user, now=clock.now())
    assert their_turn(case) == [in_days(7)]
    assert asking.awaited(case, kind()) is not None


def test_withdrawn_it_is_nobodys_turn(case):
    asked = ask(case)
    client = at_desk()
    page = url("withdraw", case, asked=asked.pk)
    assert "Stop asking for this document?" in client.get(page).content.decode()
    assert said(client.post(page, follow=True)).startswith("We no longer ask for")
    assert their_turn(case) == []
    assert said(client.post(page, follow=True)).startswith("Nothing was changed")
    assert client.get(page).status_code == 404
    employee = sign_in(client, case.employee.user)
    assert "We need your document" not in employee.get(reverse("documents:all")).content.decode()


def test_a_case_that_ended_waits_for_nothing(case):
    ask(case)
    case.status = "cancelled"
    case.save()
    employee = sign_in(at_desk(), case.employee.user)
    for page in (reverse("home:home"), reverse("documents:all")):
        assert "Medical Certification" not in employee.get(page).content.decode()


def test_a_new_account_learns_nothing_of_what_was_asked_before(case):
    """Whoever registered may not be the person: what is asked for tells of the leave."""
    ask(case)
    owner = case.employee.user
    owner.covered_before = clock.now() + dt.timedelta(minutes=1)
    owner.save()
    employee = sign_in(at_desk(), owner)
    for page in (reverse("home:home"), reverse("documents:all"), reverse("cases:case", args=[case.number])):
        assert "Medical Certification" not in employee.get(page).content.decode(), page
