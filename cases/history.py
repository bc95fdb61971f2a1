"""The read side of the record: what a person has reported."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cases.models.case import Absence
from registration.models import Employee


@dataclass(frozen=True)
class ReportedDay:
    """Time already reported and not cancelled. Times are None for a full day."""

    date: dt.date
    full_day: bool
    start: dt.time | None
    end: dt.time | None
    case_number: str


def reported_days(employee: Employee, since: dt.date) -> list[ReportedDay]:
    """Every reported absence on or after `since`, oldest first. One query."""
    rows = Absence.objects.filter(employee=employee, status=Absence.Status.REPORTED, date__gte=since)
    columns = rows.values_list("date", "full_day", "start_time", "end_time", "case__number")
    return [ReportedDay(*row) for row in columns]
