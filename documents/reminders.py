"""Papers that are asked for and do not come: a reminder three days before, and a person to ask when the day is over."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet

from cases.services import papers
from documents.models import DocumentRequest
from portal.lib import clock
from portal.lib.database_time import ClockTimestamp

DAYS_BEFORE = dt.timedelta(days=3)
FIRST_HOUR = 8  # in the employer's time: nobody is reminded in the night
BATCH = 200


def look_after() -> None:
    """What the relay does every few minutes."""
    now = clock.now()
    today = clock.local(now).date()
    if clock.local(now).hour >= FIRST_HOUR:
        remind(now=now, today=today)
    report_late(now=now, today=today)


def remind(*, now: dt.datetime, today: dt.date) -> int:
    """Each request once: who was asked within the last three days needs no reminder. How many were reminded.

    `now` and `today` are civil.
    """
    due = DocumentRequest.objects.awaited().filter(reminded_at=None, due_on__range=(today, today + DAYS_BEFORE))
    return sum(_remind(row, now=now) for row in due.order_by("due_on", "id")[:BATCH])


@transaction.atomic
def _remind(row: DocumentRequest, *, now: dt.datetime) -> bool:
    """False where it was settled meanwhile, or was asked for too lately."""
    if not _still(row).update(reminded_at=ClockTimestamp()):
        return False
    if clock.local(clock.civil(row.asked_at)).date() >= row.due_on - DAYS_BEFORE:
        return False
    papers.paper_due_soon(case_id=row.case_id, by=row.asked_by, now=now, due_on=row.due_on)
    return True


def _still(row: DocumentRequest) -> QuerySet[DocumentRequest]:
    """The row, if it waits as it did when it was read."""
    waits = DocumentRequest.objects.filter(pk=row.pk, met_by=None, withdrawn_at=None)
    return waits.filter(reminded_at=None, due_on=row.due_on)


def report_late(*, now: dt.datetime, today: dt.date) -> None:
    """One task for each day that was set and went by."""
    late = DocumentRequest.objects.awaited().filter(due_on__lt=today).select_related("case__employee")
    for row in late.iterator(chunk_size=BATCH):
        papers.paper_late(
            case_id=row.case_id,
            request_id=row.pk,
            agency_id=row.case.employee.agency_id,
            now=now,
            due_on=row.due_on,
        )
