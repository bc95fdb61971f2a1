"""Reviewing a paper: once, by whoever is first; the employee reads what became of it."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction
from django.urls import reverse

from cases.models.case import CaseEvent, Task
from cases.services import papers
from documents import asking, reviewing
from documents.models import Document, DocumentRequest
from portal.lib import clock
from tests.factories.accounts import sign_in
from tests.factories.papers import add_file, make_paper
from tests.integration.documents.staff.desk import at_desk, in_days, kind, make_leave, said, staff, typed, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return make_leave()


@pytest.fixture
def paper(case):
    """Checked, and its review is somebody's work."""
    return received(case)


def received(case, **more):
    document = make_paper(case, by=case.employee.user, received_at=clock.now(), **more).document
    with transaction.atomic():
        papers.paper_received(
            case_id=case.pk,
            paper_id=document.pk,
            agency_id=case.employee.agency_id,
            by=case.employee.user,
            now=clock.now(),
            on=clock.today(),
        )
    return document


def post(name, paper, client=None, **given):
    page = url(name, paper.case, document=str(paper.pk))
    return (client or at_desk()).post(page, given, follow=True)


def again(paper, client=None, **given):
    return post("again", paper, client, **{"why": "blurry", "due_on": typed(in_days(7)), **given})


def now(paper):
    """How it was reviewed, and whether its review still waits."""
    paper.refresh_from_db()
    return paper.review, Task.objects.filter(key=papers.review_key(paper.pk), closed_at=None).exists()


def asked_again(case):
    return list(CaseEvent.objects.filter(case=case, kind="document_again").values_list("due_on", flat=True))


def test_accepted(paper):
    reviewer = staff(display_name="Ada Quill")
    client = at_desk(reviewer)
    assert "Accept this document?" in client.get(url("accept", paper.case, document=str(paper.pk))).content.decode()
    assert now(paper) == ("none", True)
    assert said(post("accept", paper, client)) == "You accepted “Medical Certification.”"
    assert now(paper) == ("accepted", False)
    assert paper.reviewed_by == reviewer
    assert "Reviewed by Ada Quill" in client.get(url("papers", paper.case)).content.decode()
    employee = sign_in(client, paper.case.employee.user)
    assert "Reviewed" in employee.get(reverse("documents:all")).content.decode()


def test_a_new_copy_is_asked_for_with_why_and_by_when(paper):
    assert said(again(paper)) == "We asked for a new copy of “Medical Certification.”"
    assert now(paper) == ("again", False)
    assert (paper.why, paper.again_by) == ("blurry", in_days(7))
    assert asked_again(paper.case) == [in_days(7)]
    asked = asking.awaited(paper.case, kind())
    assert (asked.due_on, asked.met_by) == (in_days(7), None)
    employee = sign_in(at_desk(), paper.case.employee.user)
    page = employee.get(reverse("documents:all")).content.decode()
    assert "Send a new copy (we could not read it)" in page
    assert "We need your document “Medical Certification” by" in page


def test_what_was_asked_for_is_wanted_again_by_the_new_day(case):
    asked = asking.ask(case=case, kind=kind(), due_on=in_days(2), by=staff(), now=clock.now())
    paper = received(case, request=asked)
    DocumentRequest.objects.filter(pk=asked.pk).update(met_by=paper, reminded_at=clock.now())
    papers.no_longer_awaited(request_id=asked.pk, now=clock.now())
    again(paper, why="unsigned")
    asked.refresh_from_db()
    assert (asked.met_by, asked.due_on, asked.reminded_at) == (None, in_days(7), None)
    assert DocumentRequest.objects.count() == 1
    turn = Task.objects.get(kind="send_document")
    assert (turn.closed_at, turn.due_on) == (None, in_days(7))


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"why": ""}, "Select why a new copy is needed"),
        ({"why": "ugly"}, "Select why a new copy is needed"),
        ({"due_on": ""}, "Enter the due date"),
        ({"due_on": "1/1/2001"}, "The due date must be today or later"),
    ],
)
def test_without_why_and_when_nothing_is_asked(paper, given, told):
    answer = again(paper, **given)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert now(paper) == ("none", True)


def test_the_second_reads_what_the_first_decided(paper):
    post("accept", paper, at_desk(staff(display_name="Ada Quill")))
    second = at_desk()
    told = "Ada Quill accepted this document before you. Nothing was changed."
    assert said(again(paper, second)) == told
    assert said(second.get(url("again", paper.case, document=str(paper.pk)), follow=True)) == told
    assert (now(paper), asked_again(paper.case)) == (("accepted", False), [])


def test_twice_is_once(paper):
    client = at_desk()
    again(paper, client)
    assert said(again(paper, client, due_on=typed(in_days(9)))) == (
        "You reviewed this document before. Nothing was changed."
    )
    assert asked_again(paper.case) == [in_days(7)]


def test_nothing_unchecked_is_reviewed(case):
    waiting = make_paper(case, by=case.employee.user, checked=False).document
    assert "cannot be reviewed yet" in said(post("accept", waiting))
    released = received(case)
    add_file(released)  # a second page, still being checked
    assert "cannot be reviewed yet" in said(again(released))
    assert {row.review for row in Document.objects.all()} == {"none"}


def test_a_removed_paper_is_gone(paper):
    Document.objects.filter(pk=paper.pk).update(removed_at=clock.now())
    assert post("accept", paper).status_code == 404
    with pytest.raises(reviewing.Settled):
        reviewing.accept(document=paper, by=staff(), now=clock.now())


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_decides(case):
    paper, ends = received(case), []
    start = threading.Barrier(2)
    acts = [
        lambda by: reviewing.accept(document=paper, by=by, now=clock.now()),
        lambda by: reviewing.ask_again(
            document=paper, why=Document.Why.PAGES, due_on=in_days(5), by=by, now=clock.now()
        ),
    ]

    def act(decide, by):
        start.wait()
        try:
            decide(by)
            ends.append("done")
        except reviewing.Settled:
            ends.append("settled")
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=(decide, staff())) for decide in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ends) == ["done", "settled"]
    review, _waits = now(paper)
    assert len(asked_again(case)) == (review == "again")
