"""Opening a case: the deed, its facts and its history in one transaction.

Lock order of everything that writes absences: draft, then employee, then case. The lock on the employee makes one
person's submissions wait for each other; without it two inserts under an exclusion constraint can block each other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cases.models.case import Absence, Case, CaseEvent, ContactChoice
from cases.models.confidential import LeaveFacts, ReportedReason, Submission
from cases.promises import promises
from cases.services.case_numbers import save_numbered
from cases.services.determine import determine_case
from cases.services.inputs_cause import condition_key
from cases.services.report_absences import Overlap, ReportedAbsence, report
from cases.services.tasks import Kind, WaitsOn, open_task
from portal.lib import clock
from registration.models import Employee, User

__all__ = ["ContactWish", "Overlap", "ReportedAbsence", "RequestedLeave", "open_day_to_day", "open_leave"]


@dataclass(frozen=True)
class RequestedLeave:
    """Continuous: both days and no absences. Intermittent: no days, and the absences known so far, if any."""

    pattern: str  # Case.Pattern CONTINUOUS or INTERMITTENT
    first_day: dt.date | None
    last_day: dt.date | None
    absences: tuple[ReportedAbsence, ...]

    @property
    def ends(self) -> tuple[dt.date | None, dt.date | None]:
        """The first and the last day known; of an intermittent leave, of its absences."""
        dates = [absence.date for absence in self.absences]
        return min(dates, default=self.first_day), max(dates, default=self.last_day)


@dataclass(frozen=True)
class ContactWish:
    """How the employee wants to be reached about one case. It changes nothing in the HR record."""

    by_email: bool
    email: str  # "" unless by_email
    address: dict[str, str]  # street, street_2, city, state, zip; {} if by_email
    phone: str  # E.164
    voicemail: bool
    best_time: str  # the hour it begins, "08" to "17", or "any"


@transaction.atomic
def open_day_to_day(
    *,
    submission_key: UUID,
    employee: Employee,
    absence: ReportedAbsence,
    reason: str,
    facts: dict[str, Any],
    submission: dict[str, Any],
    channel: str,
    by: User,
    now: dt.datetime,
) -> Case:
    """The case of this submission: opened now, or the one it became before. Raises Overlap; then nothing is kept.

    `facts` and `submission` have the shapes of LeaveFacts.facts and Submission.content. `now` is civil time.
    """
    if known := _opened_before(submission_key, employee):
        return known
    case = save_numbered(
        Case(
            submission_key=submission_key,
            employee=employee,
            kind=Case.Kind.DAY_TO_DAY,
            pattern=Case.Pattern.SINGLE,
            channel=channel,
            first_day=absence.date,
            last_day=absence.date,
            opened_at=now,
        )
    )
    reported = report(case, [absence])
    _seal(case, reasons=[reason], facts=facts, submission=submission)
    _record(case, reported, by=by)
    return case


@transaction.atomic
def open_leave(
    *,
    submission_key: UUID,
    employee: Employee,
    leave: RequestedLeave,
    reasons: Sequence[str],
    facts: dict[str, Any],
    contact: ContactWish,
    submission: dict[str, Any],
    channel: str,
    by: User,
    now: dt.datetime,
) -> Case:
    """As `open_day_to_day`, for protected leave, with the work that the two promises mean.

    Takes one to five `reasons`, in the person's order.
    """
    if known := _opened_before(submission_key, employee):
        return known
    first_day, last_day = leave.ends
    case = save_numbered(
        Case(
            submission_key=submission_key,
            employee=employee,
            kind=Case.Kind.LEAVE,
            pattern=leave.pattern,
            channel=channel,
            first_day=first_day,
            last_day=last_day,
            opened_at=now,
        )
    )
    reported = report(case, leave.absences)
    _seal(case, reasons=reasons, facts=facts, submission=submission)
    ContactChoice.objects.create(case=case, wish=asdict(contact))
    _record(case, reported, by=by)
    _open_tasks(case)
    determine_case(case, now=now)
    return case


def _opened_before(submission_key: UUID, employee: Employee) -> Case | None:
    """The case that this submission is already; looked for only when the person's other submissions are done."""
    Employee.objects.select_for_update(no_key=True).only("pk").get(pk=employee.pk)
    return Case.objects.filter(submission_key=submission_key, employee=employee).first()


def _seal(case: Case, *, reasons: Sequence[str], facts: dict[str, Any], submission: dict[str, Any]) -> None:
    if not reasons:
        raise ValueError("a case has at least one reason")
    ReportedReason.objects.bulk_create(
        ReportedReason(case=case, position=position, text=text) for position, text in enumerate(reasons, start=1)
    )
    condition = condition_key(reasons, facts) if case.kind == Case.Kind.LEAVE else None
    LeaveFacts.objects.create(case=case, facts=facts, condition=condition)
    Submission.objects.create(case=case, content=submission, submitted_at=case.opened_at)


def _record(case: Case, reported: Sequence[Absence], *, by: User) -> None:
    """Many facts, one message: of a leave, that it was asked for; of a day-to-day case, its absence."""
    told = timezone.now()
    is_leave = case.kind == Case.Kind.LEAVE
    opening = CaseEvent(kind=CaseEvent.Kind.CASE_OPENED, dispatched_at=None if is_leave else told)
    absences = [
        CaseEvent(kind=CaseEvent.Kind.ABSENCE_REPORTED, absence=absence, dispatched_at=told if is_leave else None)
        for absence in reported
    ]
    for event in (opening, *absences):
        event.case, event.at, event.by = case, case.opened_at, by
    CaseEvent.objects.bulk_create([opening, *absences])


def _open_tasks(case: Case) -> None:
    due = promises(clock.local(case.opened_at).date())
    for kind, about, due_on in (
        (Kind.CALL_EMPLOYEE, "call", due.call_by),
        (Kind.NOTICE_DUE, "notice", due.notice_by),
    ):
        open_task(
            key=f"{about} {case.pk}",
            kind=kind,
            waits_on=WaitsOn.STAFF,
            case_id=case.pk,
            agency_id=case.employee.agency_id,
            due_on=due_on,
            now=case.opened_at,
        )
