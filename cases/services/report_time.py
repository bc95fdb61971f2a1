"""Adding time to an open leave that is taken now and then.

Lock order as everywhere: draft, then employee, then case.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cases.approved import approved_days
from cases.models.case import Absence, Case, CaseEvent, TimeReport
from cases.models.confidential import TimeSubmission
from cases.services.determine import determine_case
from cases.services.frequency import mark_over
from cases.services.report_absences import ReportedAbsence, report
from cases.services.tasks import Kind, WaitsOn, open_task
from portal.lib import clock
from registration.models import Employee, User


class NoTimeTaken(Exception):
    """The case is not a leave taken now and then, or is no longer open."""


@transaction.atomic
def report_time(
    *,
    case: Case,
    submission_key: UUID,
    absences: Sequence[ReportedAbsence],
    submission: dict[str, Any],
    by: User,
    now: dt.datetime,
) -> TimeReport:
    """The report of this submission: written now, or before by another tap.

    Raises NoTimeTaken and Overlap; then nothing is kept. At least one of `absences`, in any order; `submission` has
    the shape of Submission.content; `now` is civil time. The leave is worked out anew.
    """
    if not absences:
        raise ValueError("a report has at least one absence")
    Employee.objects.select_for_update(no_key=True).only("pk").get(pk=case.employee_id)
    if known := TimeReport.objects.filter(submission_key=submission_key, case=case).first():
        return known
    locked = Case.objects.select_for_update(no_key=True, of=("self",)).select_related("employee").get(pk=case.pk)
    if not locked.takes_time:
        raise NoTimeTaken
    added = TimeReport.objects.create(case=locked, submission_key=submission_key, reported_at=now)
    rows = report(locked, absences, added_by=added, approved=approved_days(locked))
    TimeSubmission.objects.create(report=added, content=submission)
    _widen(locked, rows)
    _record(added, rows, by=by)
    _hand_to_staff(added, rows, over=mark_over(locked))
    determine_case(locked, now=now)
    return added


def _widen(case: Case, rows: Sequence[Absence]) -> None:
    """The case lasts from its first known day to its last."""
    known = [day for day in (case.first_day, case.last_day) if day]
    days = [*known, *(row.date for row in rows)]
    case.first_day, case.last_day = min(days), max(days)
    case.save(update_fields=["first_day", "last_day"])


def _record(added: TimeReport, rows: Sequence[Absence], *, by: User) -> None:
    """Many facts, one message: that time was added."""
    told = timezone.now()
    adding = CaseEvent(kind=CaseEvent.Kind.TIME_ADDED, report=added)
    reported = [CaseEvent(kind=CaseEvent.Kind.ABSENCE_REPORTED, absence=row, dispatched_at=told) for row in rows]
    for event in (adding, *reported):
        event.case, event.at, event.by = added.case, added.reported_at, by
    CaseEvent.objects.bulk_create([adding, *reported])


def _hand_to_staff(added: TimeReport, rows: Sequence[Absence], *, over: Collection[dt.date]) -> None:
    """A specialist looks at what was not approved; it counts as reported all the same."""
    if over or any(row.outside_approved for row in rows):
        open_task(
            key=f"time outside {added.pk}",
            kind=Kind.TIME_OUTSIDE,
            waits_on=WaitsOn.STAFF,
            case_id=added.case_id,
            agency_id=added.case.employee.agency_id,
            due_on=clock.local(added.reported_at).date(),
            now=added.reported_at,
        )
