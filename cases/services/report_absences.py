"""Writing down time missed on a case. The database itself refuses the same time twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Q

from cases.approved import ApprovedDays
from cases.models.case import Absence, Case, TimeReport
from cases.models.confidential import AbsenceNote
from cases.policy import schedules
from cases.services.case_numbers import broken_constraint
from portal.lib import clock

SAME_TIME = frozenset({"no_two_absences_on_the_same_hours", "no_two_absences_at_the_same_time"})


class Overlap(Exception):
    """The person reported some of this time before, in the case with `case_number`.

    "" when no other case is in the way: two of the absences given share some time.
    """

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
    visit: bool | None = None  # to a doctor’s office or other health care professional; None where nobody asked
    note: str = ""  # “any other information”, in the person’s own words


def report(
    case: Case,
    absences: Sequence[ReportedAbsence],
    *,
    added_by: TimeReport | None = None,
    approved: ApprovedDays | None = None,
) -> list[Absence]:
    """Inserts the absences in the order given, what is confidential about them apart. Three queries at most.

    `added_by`: the report that adds them to an open case; `approved`: the days that were approved by then.

    Raises Overlap; then nothing is kept. The caller holds the lock on the case's employee.
    """
    rows = [_row(case, reported, added_by, approved) for reported in absences]
    try:
        with transaction.atomic():
            Absence.objects.bulk_create(rows)
    except IntegrityError as error:
        if broken_constraint(error) not in SAME_TIME:
            raise
        raise Overlap(_case_in_the_way(rows)) from error
    AbsenceNote.objects.bulk_create(
        AbsenceNote(absence=row, content={"visit": reported.visit, "note": reported.note})
        for row, reported in zip(rows, absences, strict=True)
        if reported.visit is not None or reported.note
    )
    return rows


def _row(case: Case, reported: ReportedAbsence, added_by: TimeReport | None, approved: ApprovedDays | None) -> Absence:
    return Absence(
        case=case,
        report=added_by,
        outside_approved=approved is not None and approved.leave_out(reported.date),
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


def _case_in_the_way(refused: Sequence[Absence]) -> str:
    """Of the earliest time there. None of the refused is in the table any more."""
    same_time = Q()
    for absence in refused:
        same_time |= Q(date=absence.date, clock_minutes__overlap=absence.clock_minutes)
        if absence.span is not None:
            same_time |= Q(span__overlap=absence.span)
    there = Absence.objects.filter(same_time, employee=refused[0].employee, status=Absence.Status.REPORTED)
    return there.values_list("case__number", flat=True).first() or ""


def _clock_minutes(reported: ReportedAbsence) -> tuple[int, int]:
    if reported.start is None or reported.end is None:
        return Absence.FULL_DAY
    return schedules.clock_minutes(reported.start, reported.end)


def _span(reported: ReportedAbsence) -> tuple[dt.datetime, dt.datetime] | None:
    if reported.start is None or reported.end is None:
        return None
    real = schedules.span(reported.date, reported.start, reported.end, zone=clock.zone())
    return real.start, real.end
