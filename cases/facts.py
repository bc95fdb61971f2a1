"""What may be told about a case, and to nobody more than this: no reason, no cause, no family data is within reach.

`notifications` knows cases only by this module and `cases.services.tasks`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import structlog
from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import wording
from cases.models.case import Absence, Case, CaseEvent, ContactChoice
from cases.promises import Promises, promises
from portal.lib import clock
from portal.lib.crypto import Unreadable
from portal.lib.wording import short_date
from portal.office.business_days import ONE_DAY, add_business_days
from portal.office.models import Holiday
from registration.models import Employee

log = structlog.get_logger("portal.facts")


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
    pattern: str  # a Case.Pattern value: of a request for leave, or single for one absence
    first_day: dt.date | None  # with `last_day` and `expected_return`: of a continuous leave only
    last_day: dt.date | None
    times: tuple[TimeAway, ...]  # in order; of a continuous leave none, of an intermittent one the days known so far
    minutes: int  # in all of `times`
    expected_return: dt.date | None
    overtime: str  # an Absence.Overtime value, or "" where nobody asked
    case_number: str

    @property
    def employee_name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def is_day_to_day(self) -> bool:
        return self.kind == Case.Kind.DAY_TO_DAY

    @property
    def asks_for_leave(self) -> bool:
        """A request, which is reviewed; otherwise an absence, which is reported."""
        return self.pattern != Case.Pattern.SINGLE

    @property
    def adds_time(self) -> bool:
        """Time reported on a leave that is taken now and then."""
        return self.kind == Case.Kind.LEAVE and not self.asks_for_leave

    @property
    def days(self) -> int:
        """Two times on one date are one day."""
        return len({time.date for time in self.times})

    @property
    def kind_label(self) -> str:
        """In the active language."""
        return str(Case.Kind(self.kind).label)

    @property
    def overtime_label(self) -> str:
        """In the active language; "" where nobody asked."""
        return str(Absence.Overtime(self.overtime).label) if self.overtime else ""


def notice_of_day(employee: Employee, *, time: TimeAway, overtime: str, case_number: str) -> AbsenceNotice:
    """What is told of a day-to-day absence. Reads `employee.agency`."""
    return _notice_of_absences(
        employee, kind=Case.Kind.DAY_TO_DAY, times=[time], overtime=overtime, case_number=case_number
    )


def notice_of_time(employee: Employee, *, times: Sequence[TimeAway], case_number: str) -> AbsenceNotice:
    """What is told of time added to an open leave, in any order. Reads `employee.agency`."""
    return _notice_of_absences(employee, kind=Case.Kind.LEAVE, times=times, overtime="", case_number=case_number)


def notice_of_leave(
    employee: Employee,
    *,
    pattern: str,
    first_day: dt.date | None,
    last_day: dt.date | None,
    times: Sequence[TimeAway],
    case_number: str,
    holidays: Collection[dt.date] | None = None,
) -> AbsenceNotice:
    """What is told of a request for leave; `times` in any order. Reads `employee.agency`.

    Without `holidays` (`Holiday.objects.days()`) one query.
    """
    days = Holiday.objects.days() if holidays is None else holidays
    is_continuous = pattern == Case.Pattern.CONTINUOUS
    return AbsenceNotice(
        first_name=employee.first_name,
        last_name=employee.last_name,
        agency=employee.agency.name,
        kind=Case.Kind.LEAVE,
        pattern=pattern,
        first_day=first_day if is_continuous else None,
        last_day=last_day if is_continuous else None,
        times=_in_order(times),
        minutes=sum(time.minutes for time in times),
        expected_return=_next_workday(employee, last_day, days) if is_continuous and last_day else None,
        overtime="",
        case_number=case_number,
    )


def _notice_of_absences(
    employee: Employee, *, kind: str, times: Sequence[TimeAway], overtime: str, case_number: str
) -> AbsenceNotice:
    return AbsenceNotice(
        first_name=employee.first_name,
        last_name=employee.last_name,
        agency=employee.agency.name,
        kind=kind,
        pattern=Case.Pattern.SINGLE,
        first_day=None,
        last_day=None,
        times=_in_order(times),
        minutes=sum(time.minutes for time in times),
        expected_return=None,
        overtime=overtime,
        case_number=case_number,
    )


def _in_order(times: Sequence[TimeAway]) -> tuple[TimeAway, ...]:
    return tuple(sorted(times, key=lambda time: (time.date, time.start or dt.time.min)))


def _next_workday(employee: Employee, last_day: dt.date, holidays: Collection[dt.date]) -> dt.date:
    """Who works holidays works weekends too, as far as anybody here knows."""
    if employee.works_holidays:
        return last_day + ONE_DAY
    return add_business_days(last_day, 1, holidays=holidays)


@dataclass(frozen=True)
class CaseLetter:
    """What the employee's own receipt of a request for leave says."""

    case_number: str
    received_at: dt.datetime  # civil time
    call_by: dt.date
    notice_by: dt.date
    email: str  # where the person wants letters about this case; "" is by post


@dataclass(frozen=True)
class TimeLetter:
    """What the employee's own receipt of time added to a leave says."""

    case_number: str
    days: int
    minutes: int
    email: str  # as of a CaseLetter


@dataclass(frozen=True)
class ClaimedEvent:
    """A fact that is now the caller's to tell. `notice` is None where nobody is to be told.

    `letter` comes with a request for leave and with time added to one; an absence is confirmed in other words.
    """

    id: int
    at: dt.datetime  # civil time
    case_id: UUID
    employee_id: UUID
    agency_id: int
    notice: AbsenceNotice | None
    letter: CaseLetter | TimeLetter | None


@dataclass(frozen=True)
class _Calendar:
    """Loaded once for a batch; empty when it holds no request for leave."""

    holidays: frozenset[dt.date]
    promised: dict[dt.date, Promises]


def waiting_events() -> QuerySet[CaseEvent]:
    return CaseEvent.objects.filter(dispatched_at=None)


def claim_events(limit: int) -> list[ClaimedEvent]:
    """Up to `limit` untold facts, oldest first, marked as told in the caller's transaction.

    Rows another process holds are passed over. A rollback gives them back.
    """
    events = list(
        waiting_events()
        .select_related("case__employee__agency", "absence", "report")
        .select_for_update(skip_locked=True, of=("self",))
        .order_by("id")[:limit]
    )
    CaseEvent.objects.filter(pk__in=[event.pk for event in events]).update(dispatched_at=timezone.now())
    calendar = _load_leaves([event for event in events if _opens_leave(event)])
    _load_reports([event for event in events if _adds_time(event)])
    return [_claimed(event, calendar) for event in events]


def _load_leaves(opened: Sequence[CaseEvent]) -> _Calendar:
    """Loads what requests for leave are told with, in as many queries for one as for many of one day."""
    if not opened:
        return _Calendar(frozenset(), {})
    reported = Absence.objects.filter(status=Absence.Status.REPORTED)
    cases = [event.case for event in opened]
    prefetch_related_objects(cases, Prefetch("absences", reported), "contact_choice")
    days = {_civil_day(event.at) for event in opened}
    return _Calendar(Holiday.objects.days(), {day: promises(day) for day in days})


def _load_reports(adding: Sequence[CaseEvent]) -> None:
    """Loads what added time is told with, in two queries for any number."""
    reported = Absence.objects.filter(status=Absence.Status.REPORTED)
    prefetch_related_objects([event.report for event in adding if event.report], Prefetch("absences", reported))
    prefetch_related_objects([event.case for event in adding], "contact_choice")


def _civil_day(moment: dt.datetime) -> dt.date:
    return clock.local(moment).date()


def _opens_leave(event: CaseEvent) -> bool:
    return event.kind == CaseEvent.Kind.CASE_OPENED and event.case.kind == Case.Kind.LEAVE


def _adds_time(event: CaseEvent) -> bool:
    return event.kind == CaseEvent.Kind.TIME_ADDED


def _claimed(event: CaseEvent, calendar: _Calendar) -> ClaimedEvent:
    notice = _notice(event, calendar)
    return ClaimedEvent(
        id=event.pk,
        at=event.at,
        case_id=event.case_id,
        employee_id=event.case.employee_id,
        agency_id=event.case.employee.agency_id,
        notice=notice,
        letter=_letter(event, calendar) if _opens_leave(event) else _time_letter(event, notice),
    )


def _notice(event: CaseEvent, calendar: _Calendar) -> AbsenceNotice | None:
    absence, case = event.absence, event.case
    if _opens_leave(event):
        return notice_of_leave(
            case.employee,
            pattern=case.pattern,
            first_day=case.first_day,
            last_day=case.last_day,
            times=[_time_away(known) for known in case.absences.all()],
            case_number=case.number,
            holidays=calendar.holidays,
        )
    if event.report is not None:
        times = [_time_away(added) for added in event.report.absences.all()]
        return notice_of_time(case.employee, times=times, case_number=case.number) if times else None
    if event.kind == CaseEvent.Kind.ABSENCE_REPORTED and absence is not None:
        return _notice_of_absences(
            case.employee,
            kind=case.kind,
            times=[_time_away(absence)],
            overtime=absence.overtime,
            case_number=case.number,
        )
    return None


def _letter(event: CaseEvent, calendar: _Calendar) -> CaseLetter:
    promised = calendar.promised[_civil_day(event.at)]
    return CaseLetter(
        case_number=event.case.number,
        received_at=event.at,
        call_by=promised.call_by,
        notice_by=promised.notice_by,
        email=_email_for(event.case),
    )


def _time_letter(event: CaseEvent, notice: AbsenceNotice | None) -> TimeLetter | None:
    if notice is None or not notice.adds_time or event.report is None:
        return None
    return TimeLetter(notice.case_number, notice.days, notice.minutes, _email_for(event.case))


def _email_for(case: Case) -> str:
    """Empty also where nobody asked, and where the answer does not open: that must not hold up what others are told."""
    choice: ContactChoice | None = getattr(case, "contact_choice", None)
    try:
        return choice.wish["email"] if choice else ""
    except Unreadable:
        log.exception("contact choice unreadable", case_id=str(case.pk))
        return ""


def _time_away(absence: Absence) -> TimeAway:
    return TimeAway(absence.date, absence.minutes, absence.start_time, absence.end_time)


def absence_notice(kept: dict[str, Any]) -> AbsenceNotice:
    """Back from `dataclasses.asdict` that was through JSON, now or before requests for leave were told."""
    times = tuple(
        TimeAway(
            date=dt.date.fromisoformat(time["date"]),
            minutes=time["minutes"],
            start=time["start"] and dt.time.fromisoformat(time["start"]),
            end=time["end"] and dt.time.fromisoformat(time["end"]),
        )
        for time in kept["times"]
    )
    days = {name: _day(kept.get(name)) for name in ("first_day", "last_day", "expected_return")}
    return AbsenceNotice(**{"pattern": Case.Pattern.SINGLE, **kept, **days, "times": times})


def case_letter(kept: dict[str, Any]) -> CaseLetter:
    """Back from `dataclasses.asdict` that was through JSON."""
    days = {name: dt.date.fromisoformat(kept[name]) for name in ("call_by", "notice_by")}
    return CaseLetter(**{**kept, **days, "received_at": dt.datetime.fromisoformat(kept["received_at"])})


def _day(kept: str | None) -> dt.date | None:
    return dt.date.fromisoformat(kept) if kept else None
