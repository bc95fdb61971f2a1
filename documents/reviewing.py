"""What staff make of a paper that came: it can be used, or a new copy is needed. Once, by whoever is first."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from cases.models.case import Case
from cases.services import papers
from documents import asking
from documents.models import Document, DocumentFile, DocumentRequest
from portal.lib.database_time import ClockTimestamp
from registration.models import User

Review = Document.Review


class NotOpen(Exception):
    """There is nothing to review: none of its files was found clean, or one of them is still being checked."""


class Settled(Exception):
    """Somebody reviewed it first, or it was removed. `paper` says who and what."""

    def __init__(self, paper: Document) -> None:
        super().__init__(paper.pk)
        self.paper = paper


def may_review(paper: Document, files: list[DocumentFile]) -> bool:
    """Whether there is something to review, and nobody has."""
    waits = paper.review == Review.NONE and paper.removed_at is None
    return waits and any(one.is_released for one in files) and not any(one.is_checking for one in files)


@transaction.atomic
def accept(*, document: Document, by: User, now: dt.datetime) -> None:
    """`now` is civil time. Raises Settled or NotOpen; then nothing has changed."""
    _decide(_locked(document), Review.ACCEPTED, by=by, now=now)


@transaction.atomic
def ask_again(*, document: Document, why: Document.Why, due_on: dt.date, by: User, now: dt.datetime) -> None:
    """The employee is told, and the paper is asked for until a new copy came.

    Times and errors as of `accept`; asking.Ended when nothing is needed any more.
    """
    paper = _locked(document)
    if paper.case.status not in Case.OPEN:
        raise asking.Ended
    _decide(paper, Review.AGAIN, by=by, now=now, why=why, again_by=due_on)
    asking.want_again(_request_of(paper, due_on=due_on, by=by), due_on=due_on, now=now)
    papers.paper_again(case_id=paper.case_id, by=by, now=now, due_on=due_on)


def _locked(document: Document) -> Document:
    """As it stands now. The case is locked first, as where a file is received."""
    Case.objects.select_for_update(no_key=True).only("pk").get(pk=document.case_id)
    paper = Document.objects.select_for_update(no_key=True, of=("self",)).get(pk=document.pk)
    if paper.review != Review.NONE or paper.removed_at:
        raise Settled(paper)
    if not may_review(paper, list(paper.files.all())):
        raise NotOpen
    return paper


def _decide(paper: Document, review: Document.Review, *, by: User, now: dt.datetime, **more: object) -> None:
    Document.objects.filter(pk=paper.pk).update(review=review, reviewed_by=by, reviewed_at=ClockTimestamp(), **more)
    papers.close_review(paper_id=paper.pk, now=now)


def _request_of(paper: Document, *, due_on: dt.date, by: User) -> DocumentRequest:
    """What is asked for anyway, or what it answers; of one that came unasked, or is withdrawn, a new one."""
    answered = DocumentRequest.objects.filter(answers=paper, withdrawn_at=None).first()
    standing = asking.awaited(paper.case, paper.type) or answered
    return standing or DocumentRequest.objects.create(case=paper.case, type=paper.type, asked_by=by, due_on=due_on)
