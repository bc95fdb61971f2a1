"""Opening a case: the deed, its facts and its history in one transaction.

Lock order of everything that writes absences: draft, then employee, then case. The lock on the employee makes one
person's submissions wait for each other; without it two inserts under an exclusion constraint can block each other.
"""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from cases.models.case import Absence, Case, CaseEvent
from cases.models.confidential import LeaveFacts, ReportedReason, Submission
from cases.policy import schedules
from portal.lib import clock
from registration.models import Employee, User

NUMBER_TRIES = 8  # nine thousand million numbers: two collisions in a row mean that something else is wrong
SAME_TIME = frozenset({"no_two_absences_on_the_same_hours", "no_two_absences_at_the_same_time"})


class Overlap(Exception):
    """The person already reported some of this time, in the case with `case_number`."""

    def __init__(self, case_number: str) -> None:
        super().__init__(case_number)
        self.case_number = case_number


@dataclass(frozen=True)
class ReportedAbsence:
    """Time missed on one civil date. An `end` at or before `start` is on the next day."""

    date: dt.date
    minutes: int  # real elapsed time
    full_day: bool
    start: dt.time | None  # wall clock; both or neither, neither for a full day
    end: dt.time | None
    overtime: str = ""  # an Absence.Overtime, or "" where nobody asked


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
    Employee.objects.select_for_update(no_key=True).only("pk").get(pk=employee.pk)
    if known := Case.objects.filter(submission_key=submission_key, employee=employee).first():
        return known
    case = _numbered(
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
    reported = _report(case, absence)
    ReportedReason.objects.create(case=case, position=1, text=reason)
    LeaveFacts.objects.create(case=case, facts=facts)
    Submission.objects.create(case=case, content=submission, submitted_at=now)
    _record(case, reported, by=by, now=now)
    return case


def _record(case: Case, reported: Absence, *, by: User, now: dt.datetime) -> None:
    """Two facts, one message: what there is to tell of a day-to-day absence is the absence."""
    told_by_the_absence = timezone.now()
    CaseEvent.objects.bulk_create(
        [
            CaseEvent(case=case, kind=CaseEvent.Kind.CASE_OPENED, at=now, by=by, dispatched_at=told_by_the_absence),
            CaseEvent(case=case, kind=CaseEvent.Kind.ABSENCE_REPORTED, absence=reported, at=now, by=by),
        ]
    )


def random_number() -> str:
    """Ten digits that say nothing about any other case, the first not zero."""
    return str(secrets.randbelow(9 * 10**9) + 10**9)


def _numbered(case: Case) -> Case:
    for _ in range(NUMBER_TRIES):
        case.number = random_number()
        try:
            with transaction.atomic():
                case.save(force_insert=True)
        except IntegrityError as error:
            if broken_constraint(error) != "cases_case_number_key":
                raise
        else:
            return case
    raise RuntimeError("no free case number found")


def broken_constraint(error: IntegrityError) -> str:
    """The constraint's name as PostgreSQL reports it, "" when it names none."""
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""


def _report(case: Case, reported: ReportedAbsence) -> Absence:
    absence = Absence(
        case=case,
        employee=case.employee,
        date=reported.date,
        minutes=reported.minutes,
        full_day=reported.full_day,
        start_time=reported.start,
        end_time=reported.end,
        clock_minutes=_clock_minutes(reported),
        span=_span(reported),
        overtime=reported.overtime,
    )
    try:
        with transaction.atomic():
            absence.save(force_insert=True)
    except IntegrityError as error:
        if broken_constraint(error) not in SAME_TIME:
            raise
        raise Overlap(_case_in_the_way(absence)) from error
    return absence


def _case_in_the_way(absence: Absence) -> str:
    there = Absence.objects.filter(employee=absence.employee, status=Absence.Status.REPORTED)
    same_hours = there.filter(date=absence.date, clock_minutes__overlap=absence.clock_minutes)
    found = same_hours if absence.span is None else same_hours | there.filter(span__overlap=absence.span)
    return found.values_list("case__number", flat=True)[0]


def _clock_minutes(reported: ReportedAbsence) -> tuple[int, int]:
    if reported.start is None or reported.end is None:
        return Absence.FULL_DAY
    return schedules.clock_minutes(reported.start, reported.end)


def _span(reported: ReportedAbsence) -> tuple[dt.datetime, dt.datetime] | None:
    if reported.start is None or reported.end is None:
        return None
    real = schedules.span(reported.date, reported.start, reported.end, zone=clock.zone())
    return real.start, real.end
