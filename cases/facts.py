"""What may be told about a case, and to nobody more than this: no reason, no cause, no family data is within reach.

`notifications` knows cases only by this module and `cases.services.tasks`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import wording
from cases.models.case import Absence, Case, CaseEvent
from portal.lib.wording import short_date


@dataclass(frozen=True)
class TimeAway:
    """One civil date. Without times, the full day."""

    date: dt.date
    minutes: int
    start: dt.time | None  # wall clock; an `end` at or before it is on the next day
    end: dt.time | None

    @property
    def when(self) -> str:
        """In the active language: “Thursday, January 12, 2023, 8:00 AM to 11:30 AM (3 hours 30 minutes)”."""
        return wording.when(date=self.date, minutes=self.minutes, start=self.start, end=self.end)

    @property
    def short_when(self) -> str:
        """In the active language: “Jan 12, 2023, 8:00 AM to 11:30 AM”, or the date alone for a full day."""
        if self.start is None or self.end is None:
            return self.short_date
        words = {"date": self.short_date, "hours": wording.hours(self.start, self.end)}
        # Translators: Jan 12, 2023, 8:00 AM to 11:30 AM
        return _("{date}, {hours}").format(**words)

    @property
    def short_date(self) -> str:
        return short_date(self.date)


@dataclass(frozen=True)
class AbsenceNotice:
    """All a supervisor is told (R141). A test compares these names with the list the employee was promised."""

    first_name: str
    last_name: str
    agency: str
    kind: str  # a Case.Kind value: leave or day_to_day, never the type of leave
    times: tuple[TimeAway, ...]
    minutes: int  # in all
    expected_return: dt.date | None  # of a continuous leave
    overtime: str  # an Absence.Overtime value, or "" where nobody asked
    case_number: str

    @property
    def employee_name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def is_day_to_day(self) -> bool:
        return self.kind == Case.Kind.DAY_TO_DAY

    @property
    def kind_label(self) -> str:
        """In the active language."""
        return str(Case.Kind(self.kind).label)

    @property
    def overtime_label(self) -> str:
        """In the active language; "" where nobody asked."""
        return str(Absence.Overtime(self.overtime).label) if self.overtime else ""


@dataclass(frozen=True)
class ClaimedEvent:
    """A fact that is now the caller's to tell. `notice` is None where nobody is to be told."""

    id: int
    at: dt.datetime  # civil time
    case_id: UUID
    employee_id: UUID
    agency_id: int
    notice: AbsenceNotice | None


def waiting_events() -> QuerySet[CaseEvent]:
    return CaseEvent.objects.filter(dispatched_at=None)


def claim_events(limit: int) -> list[ClaimedEvent]:
    """Up to `limit` untold facts, oldest first, marked as told in the caller's transaction.

    Rows another process holds are passed over. A rollback gives them back.
    """
    events = list(
        waiting_events()
        .select_related("case__employee__agency", "absence")
        .select_for_update(skip_locked=True, of=("self",))
        .order_by("id")[:limit]
    )
    CaseEvent.objects.filter(pk__in=[event.pk for event in events]).update(dispatched_at=timezone.now())
    return [_claimed(event) for event in events]


def _claimed(event: CaseEvent) -> ClaimedEvent:
    return ClaimedEvent(
        id=event.pk,
        at=event.at,
        case_id=event.case_id,
        employee_id=event.case.employee_id,
        agency_id=event.case.employee.agency_id,
        notice=_notice(event),
    )


def _notice(event: CaseEvent) -> AbsenceNotice | None:
    absence, case = event.absence, event.case
    if event.kind != CaseEvent.Kind.ABSENCE_REPORTED or absence is None:
        return None
    return AbsenceNotice(
        first_name=case.employee.first_name,
        last_name=case.employee.last_name,
        agency=case.employee.agency.name,
        kind=case.kind,
        times=(TimeAway(absence.date, absence.minutes, absence.start_time, absence.end_time),),
        minutes=absence.minutes,
        expected_return=None,
        overtime=absence.overtime,
        case_number=case.number,
    )


def absence_notice(kept: dict[str, Any]) -> AbsenceNotice:
    """Back from `dataclasses.asdict` that was through JSON."""
    times = tuple(
        TimeAway(
            date=dt.date.fromisoformat(time["date"]),
            minutes=time["minutes"],
            start=time["start"] and dt.time.fromisoformat(time["start"]),
            end=time["end"] and dt.time.fromisoformat(time["end"]),
        )
        for time in kept["times"]
    )
    back = kept["expected_return"]
    return AbsenceNotice(**{**kept, "times": times, "expected_return": back and dt.date.fromisoformat(back)})
