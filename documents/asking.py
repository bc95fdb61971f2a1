"""Asking somebody for a paper by a day, and taking that back. What is asked for is their turn until it came."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from cases.models.case import Case
from cases.services import papers
from documents.models import DocumentRequest, DocumentType
from portal.lib.database_time import ClockTimestamp
from registration.models import User


class Ended(Exception):
    """The case has ended: nothing more is needed for it."""


class AlreadyAsked(Exception):
    """This paper is asked for, by another day: `request`."""

    def __init__(self, request: DocumentRequest) -> None:
        super().__init__(request.pk)
        self.request = request


@transaction.atomic
def ask(*, case: Case, kind: DocumentType, due_on: dt.date, by: User, now: dt.datetime) -> DocumentRequest:
    """The employee is told, and reminded three days before. Asking the same twice is asking once.

    `now` is civil time. Raises Ended or AlreadyAsked; then nothing is kept.
    """
    locked = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    if locked.status not in Case.OPEN:
        raise Ended
    if standing := awaited(case, kind):
        if standing.due_on != due_on:
            raise AlreadyAsked(standing)
        return standing
    asked = DocumentRequest.objects.create(case=case, type=kind, asked_by=by, due_on=due_on)
    papers.awaited(case_id=case.pk, request_id=asked.pk, now=now, due_on=due_on)
    papers.paper_asked(case_id=case.pk, by=by, now=now, due_on=due_on)
    return asked


def awaited(case: Case, kind: DocumentType) -> DocumentRequest | None:
    """The request of this paper that stands."""
    return DocumentRequest.objects.awaited().filter(case=case, type=kind).order_by("due_on", "id").first()


def want_again(request: DocumentRequest, *, due_on: dt.date, now: dt.datetime) -> None:
    """What came for it was of no use, or is gone. In the transaction that finds so; the caller tells the employee.

    What was withdrawn stays so, and a case that has ended waits for nothing: then it is nobody's turn.
    """
    standing = DocumentRequest.objects.filter(pk=request.pk, withdrawn_at=None)
    standing.update(met_by=None, due_on=due_on, asked_at=ClockTimestamp(), reminded_at=None)
    papers.no_longer_awaited(request_id=request.pk, now=now)  # also what was opened because it was late
    if DocumentRequest.objects.awaited().filter(pk=request.pk).exists():
        papers.awaited(case_id=request.case_id, request_id=request.pk, now=now, due_on=due_on)


@transaction.atomic
def withdraw(*, request: DocumentRequest, now: dt.datetime) -> bool:
    """False where it came, or was withdrawn, meanwhile. `now` is civil time."""
    standing = DocumentRequest.objects.filter(pk=request.pk, met_by=None, withdrawn_at=None)
    if not standing.update(withdrawn_at=ClockTimestamp()):
        return False
    papers.no_longer_awaited(request_id=request.pk, now=now)
    return True
