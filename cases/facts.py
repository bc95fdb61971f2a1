"""What may be told about a case, and to nobody more than this: no reason, no cause, no family data is within reach.

`notifications` knows cases only by this module and `cases.services.tasks`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import structlog
from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.utils import timezone

from cases.models.case import Absence, Case, CaseEvent, ContactChoice
from cases.news import (
    AbsenceNotice,
    TimeAway,
    absence_notice,
    notice_of_absences,
    notice_of_cancelled,
    notice_of_day,
    notice_of_leave,
    notice_of_time,
)
from cases.paper_letters import PaperLetter, is_about_paper, paper_letter
from cases.promises import Promises, promises
from portal.lib import clock
from portal.lib.crypto import Unreadable
from portal.office.models import Holiday

__all__ = [
    "AbsenceNotice",
    "CancelLetter",
    "CaseLetter",
    "ClaimedEvent",
    "PaperLetter",
    "TimeAway",
    "TimeLetter",
    "absence_notice",
    "cancel_letter",
    "case_letter",
    "claim_events",
    "notice_of_day",
    "notice_of_leave",
    "notice_of_time",
    "paper_letter",
    "waiting_events",
]

log = structlog.get_logger("portal.facts")


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
class CancelLetter:
    """What the employee reads when time of theirs, or a case whole, was cancelled."""

    case_number: str
    day: dt.date | None  # of the time that no longer holds; None: the case whole
    email: str | None  # as of a CaseLetter; None: nobody asked, and it goes where other mail does


@dataclass(frozen=True)
class ClaimedEvent:
    """A fact that is now the caller's to tell. `notice` is None where nobody is to be told.

    `letter` comes with a request for leave, with time added to one, with what is cancelled and with papers; an absence
    is confirmed in other words.
    """

    id: int
    at: dt.datetime  # civil time
    case_id: UUID
    employee_id: UUID
    agency_id: int
    notice: AbsenceNotice | None
    letter: CaseLetter | TimeLetter | CancelLetter | PaperLetter | None


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
        .select_related("case__employee__agency", "absence__report", "report")
        .select_for_update(skip_locked=True, of=("self",))
        .order_by("id")[:limit]
    )
    CaseEvent.objects.filter(pk__in=[event.pk for event in events]).update(dispatched_at=timezone.now())
    calendar = _load_leaves([event for event in events if _opens_leave(event)])
    _load_reports([event for event in events if _adds_time(event)])
    prefetch_related_objects([event.case for event in events if _cancels_leave(event)], "absences")
    told_by_letter = [event.case for event in events if _cancels(event) or is_about_paper(event)]
    prefetch_related_objects(told_by_letter, "contact_choice")
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


def _cancels_leave(event: CaseEvent) -> bool:
    return event.kind == CaseEvent.Kind.CASE_CANCELLED


def _cancels(event: CaseEvent) -> bool:
    return event.kind in (CaseEvent.Kind.CASE_CANCELLED, CaseEvent.Kind.ABSENCE_CANCELLED)


def _claimed(event: CaseEvent, calendar: _Calendar) -> ClaimedEvent:
    notice = _notice(event, calendar)
    return ClaimedEvent(
        id=event.pk,
        at=event.at,
        case_id=event.case_id,
        employee_id=event.case.employee_id,
        agency_id=event.case.employee.agency_id,
        notice=notice,
        letter=_letter(event, notice, calendar),
    )


def _notice(event: CaseEvent, calendar: _Calendar) -> AbsenceNotice | None:
    absence, case = event.absence, event.case
    if _opens_leave(event):
        if case.status == Case.Status.CANCELLED:
            return None
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
    if _cancels_leave(event) or event.kind == CaseEvent.Kind.ABSENCE_CANCELLED:
        return _cancellation(event)
    if event.kind == CaseEvent.Kind.ABSENCE_REPORTED and absence is not None and not absence.is_cancelled:
        return notice_of_absences(
            case.employee,
            kind=case.kind,
            times=[_time_away(absence)],
            overtime=absence.overtime,
            case_number=case.number,
        )
    return None


def _cancellation(event: CaseEvent) -> AbsenceNotice:
    """It replaces the notice of the submission that the time came with; of a leave, all notices since the first."""
    absence, case = event.absence, event.case
    cancelled = [absence] if absence else list(case.absences.all())
    told = absence.report.reported_at if absence and absence.report else case.opened_at
    return notice_of_cancelled(
        case.employee,
        case=case,
        absence=absence,
        times=[_time_away(time) for time in cancelled],
        replaces=_civil_day(told),
    )


def _letter(
    event: CaseEvent, notice: AbsenceNotice | None, calendar: _Calendar
) -> CaseLetter | TimeLetter | CancelLetter | PaperLetter | None:
    if _opens_leave(event):
        return _case_letter(event, calendar)
    if is_about_paper(event):
        return _paper_letter(event)
    return _cancel_letter(event) if _cancels(event) else _time_letter(event, notice)


def _paper_letter(event: CaseEvent) -> PaperLetter:
    return PaperLetter(
        case_number=event.case.number,
        kind=event.kind,
        on=_civil_day(event.at),
        due_on=event.due_on,
        email=_email_for(event.case) if event.case.kind == Case.Kind.LEAVE else None,
    )


def _cancel_letter(event: CaseEvent) -> CancelLetter:
    case, absence = event.case, event.absence
    is_whole = absence is None or case.kind == Case.Kind.DAY_TO_DAY
    return CancelLetter(
        case_number=case.number,
        day=None if is_whole or absence is None else absence.date,
        email=_email_for(case) if case.kind == Case.Kind.LEAVE else None,
    )


def _case_letter(event: CaseEvent, calendar: _Calendar) -> CaseLetter:
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


def cancel_letter(kept: dict[str, Any]) -> CancelLetter:
    """As `case_letter`."""
    return CancelLetter(**{**kept, "day": kept["day"] and dt.date.fromisoformat(kept["day"])})


def case_letter(kept: dict[str, Any]) -> CaseLetter:
    """Back from `dataclasses.asdict` that was through JSON."""
    days = {name: dt.date.fromisoformat(kept[name]) for name in ("call_by", "notice_by")}
    return CaseLetter(**{**kept, **days, "received_at": dt.datetime.fromisoformat(kept["received_at"])})
