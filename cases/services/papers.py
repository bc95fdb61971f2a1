"""Papers of a case, as far as its history and its letters know of them: that one came or is wanted, never which."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Q

from cases.models.case import CaseEvent, Task
from cases.services.tasks import Kind, WaitsOn, open_task
from portal.office.business_days import add_business_days
from portal.office.models import Holiday
from registration.models import User


def paper_received(*, case_id: UUID, paper_id: UUID, agency_id: int, by: User, now: dt.datetime, on: dt.date) -> None:
    """Its owner is told, and somebody is asked to review it in time. `now` is civil, `on` its date."""
    review_by = add_business_days(on, settings.REVIEW_BUSINESS_DAYS, holidays=Holiday.objects.filter(on__gt=on).days())
    _record(CaseEvent.Kind.DOCUMENT_RECEIVED, case_id=case_id, by=by, now=now, due_on=review_by)
    open_task(
        key=review_key(paper_id),
        kind=Kind.REVIEW_DOCUMENT,
        waits_on=WaitsOn.STAFF,
        case_id=case_id,
        agency_id=agency_id,
        due_on=review_by,
        now=now,
    )


def review_key(paper_id: UUID) -> str:
    return f"review document {paper_id}"


def send_key(request_id: UUID) -> str:
    return f"send document {request_id}"


def late_key(request_id: UUID) -> str:
    """Without the day, of which a new one makes another task."""
    return f"document late {request_id}"


def paper_asked(*, case_id: UUID, by: User, now: dt.datetime, due_on: dt.date) -> None:
    _record(CaseEvent.Kind.DOCUMENT_ASKED, case_id=case_id, by=by, now=now, due_on=due_on)


def awaited(*, case_id: UUID, request_id: UUID, now: dt.datetime, due_on: dt.date) -> None:
    """It is the employee's turn until `no_longer_awaited`; again, when what came was of no use."""
    key = send_key(request_id)
    open_task(key=key, kind=Kind.SEND_DOCUMENT, waits_on=WaitsOn.EMPLOYEE, case_id=case_id, due_on=due_on, now=now)
    Task.objects.filter(key=key).update(closed_at=None, due_on=due_on)


def no_longer_awaited(*, request_id: UUID, now: dt.datetime) -> None:
    """It came, or nobody needs it any more."""
    about = Q(key=send_key(request_id)) | Q(key__startswith=late_key(request_id))
    Task.objects.filter(about, closed_at=None).update(closed_at=now)


def paper_late(*, case_id: UUID, request_id: UUID, agency_id: int, now: dt.datetime, due_on: dt.date) -> None:
    """Somebody finds out why it has not come. Once a day that was set."""
    open_task(
        key=f"{late_key(request_id)} {due_on}",
        kind=Kind.DOCUMENT_LATE,
        waits_on=WaitsOn.STAFF,
        case_id=case_id,
        agency_id=agency_id,
        due_on=due_on,
        now=now,
    )


def paper_again(*, case_id: UUID, by: User, now: dt.datetime, due_on: dt.date | None) -> None:
    """What came cannot be used. `due_on`: when a new copy is due, where a date was set."""
    _record(CaseEvent.Kind.DOCUMENT_AGAIN, case_id=case_id, by=by, now=now, due_on=due_on)


def paper_due_soon(*, case_id: UUID, by: User, now: dt.datetime, due_on: dt.date) -> None:
    """`by`: who asked for it."""
    _record(CaseEvent.Kind.DOCUMENT_DUE_SOON, case_id=case_id, by=by, now=now, due_on=due_on)


def _record(kind: CaseEvent.Kind, *, case_id: UUID, by: User, now: dt.datetime, due_on: dt.date | None) -> None:
    """Raises RuntimeError outside a transaction: what is told must stand or fall with what was done."""
    if not connection.in_atomic_block:
        raise RuntimeError("a fact belongs in the transaction of the deed")
    CaseEvent.objects.create(case_id=case_id, kind=kind, by=by, at=now, due_on=due_on)


def close_review(*, paper_id: UUID, now: dt.datetime) -> None:
    """It was reviewed, or its owner took it back."""
    Task.objects.filter(key=review_key(paper_id), closed_at=None).update(closed_at=now)
