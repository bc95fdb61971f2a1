"""All that a supervisor is told, in one shape without room for a reason: when it is sent and for the preview alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from cases import wording
from cases.models.case import Absence, Case
from portal.lib.wording import short_date
from portal.office.business_days import ONE_DAY, add_business_days
from portal.office.models import Holiday
from registration.models import Employee


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
    replaces: dt.date | None = None  # of a cancellation: the civil day of the notice that no longer holds

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
    def cancels(self) -> bool:
        return self.replaces is not None

    @property
    def adds_time(self) -> bool:
        """Time reported on a leave that is taken now and then."""
        return self.kind == Case.Kind.LEAVE and not self.asks_for_leave and not self.cancels

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
    return notice_of_absences(
        employee, kind=Case.Kind.DAY_TO_DAY, times=[time], overtime=overtime, case_number=case_number
    )


def notice_of_time(employee: Employee, *, times: Sequence[TimeAway], case_number: str) -> AbsenceNotice:
    """What is told of time added to an open leave, in any order. Reads `employee.agency`."""
    return notice_of_absences(employee, kind=Case.Kind.LEAVE, times=times, overtime="", case_number=case_number)


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


def notice_of_cancelled(
    employee: Employee, *, case: Case, absence: Absence | None, times: Sequence[TimeAway], replaces: dt.date
) -> AbsenceNotice:
    """What is told once `absence`, or without one the leave whole, is cancelled. Reads `employee.agency`.

    `times` are those that no longer hold, in any order; one that was reported again and cancelled again counts once.
    """
    whole_leave = absence is None
    is_continuous = whole_leave and case.pattern == Case.Pattern.CONTINUOUS
    notice = notice_of_absences(
        employee,
        kind=case.kind,
        times=list(dict.fromkeys(times)),
        overtime=absence.overtime if absence else "",
        case_number=case.number,
    )
    return replace(
        notice,
        pattern=case.pattern if whole_leave else Case.Pattern.SINGLE,
        first_day=case.first_day if is_continuous else None,
        last_day=case.last_day if is_continuous else None,
        replaces=replaces,
    )


def notice_of_absences(
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


def absence_notice(kept: dict[str, Any]) -> AbsenceNotice:
    """Back from `dataclasses.asdict` that was through JSON, now or before there were as many fields."""
    times = tuple(
        TimeAway(
            date=dt.date.fromisoformat(time["date"]),
            minutes=time["minutes"],
            start=time["start"] and dt.time.fromisoformat(time["start"]),
            end=time["end"] and dt.time.fromisoformat(time["end"]),
        )
        for time in kept["times"]
    )
    days = {name: _day(kept.get(name)) for name in ("first_day", "last_day", "expected_return", "replaces")}
    return AbsenceNotice(**{"pattern": Case.Pattern.SINGLE, **kept, **days, "times": times})


def _day(kept: str | None) -> dt.date | None:
    return dt.date.fromisoformat(kept) if kept else None
