"""Papers of a case: their owner is told that one came or is wanted, nobody is told which, supervisors nothing."""

import dataclasses
import datetime as dt

import pytest

from cases.models.case import CaseEvent, Task
from cases.services import papers
from notifications import dispatch
from notifications.deliver import deliver
from notifications.models import Notice
from tests.factories.people import make_employee
from tests.factories.records import CONTACT, NOW, account_of, open_leave_case

pytestmark = pytest.mark.django_db
DUE = dt.date(2023, 2, 1)


def told_case(**given):
    """A leave of which everybody has been told."""
    case = open_leave_case(make_employee(supervisor=make_employee()), **given)
    dispatch.tell_cases()
    Notice.objects.all().delete()
    return case


def asked(case):
    papers.paper_asked(case_id=case.pk, by=account_of(case.employee), now=NOW, due_on=DUE)


def received(case):
    papers.paper_received(
        case_id=case.pk,
        paper_id=case.pk,
        agency_id=case.employee.agency_id,
        by=account_of(case.employee),
        now=NOW,
        on=NOW.date(),
    )


def again(case, due_on=DUE):
    papers.paper_again(case_id=case.pk, by=account_of(case.employee), now=NOW, due_on=due_on)


def due_soon(case):
    papers.paper_due_soon(case_id=case.pk, by=account_of(case.employee), now=NOW, due_on=DUE)


def letter_of(standins):
    dispatch.tell_cases()
    deliver(Notice.objects.get().pk)
    (letter,) = standins.messages()
    return letter


SENTENCES = [
    (asked, "We need a document", "Log in to see what we need for case {n}. Send it by Wednesday, February 1, 2023."),
    (
        received,
        "We received your document",
        "{n} on Thursday, January 12, 2023. We will review it by Friday, January 20, 2023.",
    ),
    (again, "Send a new copy", "Log in to see why and send a new copy by Wednesday, February 1, 2023."),
    (lambda case: again(case, None), "Send a new copy", "Log in to see why and send a new copy."),
    (due_soon, "Reminder: a document is due Wednesday, February 1, 2023", "We have not received it yet for case {n}."),
]


@pytest.mark.parametrize(("happens", "subject", "says"), SENTENCES)
def test_the_owner_reads(standins, happens, subject, says):
    case = told_case()
    happens(case)
    letter = letter_of(standins)
    assert (letter["to"], letter["subject"]) == (CONTACT.email, subject)
    assert says.format(n=case.number) in " ".join(letter["body"].split())


def test_supervisors_are_told_nothing(standins):
    asked(told_case())
    letter_of(standins)
    assert {notice.kind for notice in Notice.objects.all()} == {"document_asked"}


def test_who_reads_no_mail_is_written_to_by_staff():
    case = told_case(contact=dataclasses.replace(CONTACT, by_email=False, email=""))
    received(case)
    asked(case)
    dispatch.tell_cases()
    assert not Notice.objects.exists()
    assert Task.objects.filter(kind=Task.Kind.NOTICE_FAILED, case=case).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_fact_is_not_recorded_apart_from_its_deed():
    with pytest.raises(RuntimeError):
        asked(told_case())
    assert not CaseEvent.objects.filter(kind="document_asked").exists()


def test_what_came_is_somebodys_to_review():
    case = told_case()
    received(case)
    received(case)
    task = Task.objects.get(kind=Task.Kind.REVIEW_DOCUMENT)
    assert (task.case, task.due_on, task.waits_on) == (case, dt.date(2023, 1, 20), "staff")
    papers.close_review(paper_id=case.pk, now=NOW)
    task.refresh_from_db()
    assert task.closed_at == NOW
