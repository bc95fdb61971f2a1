"""A row of the roster as the rules read it. What the roster does not know stays unknown, which is never a no."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from cases.policy import types
from cases.policy.periods import sunday
from cases.policy.types import DAYS_IN_WEEK
from registration.models import Employee, WorkSchedule

MINUTES_IN_HOUR = 60
WEEKS_IN_YEAR = 52
WEEKS_BEFORE = 51  # whole weeks that surely lie inside the 12 months before a leave
WORKDAYS = range(1, 6)  # Monday to Friday; Sunday is 0
Kind = WorkSchedule.Kind


def person_of(employee: Employee, *, start: dt.date) -> types.Employee:
    """The person on the first day of a leave. Two queries."""
    worked = employee.hours_worked_12_months
    year = employee.pfml_benefit_year_start
    return types.Employee(
        group=group_of(employee),
        employment=_employment(employee),
        hours_worked_12mo_minutes=None if worked is None else worked * MINUTES_IN_HOUR,
        hours_presumed=worked is None and employee.kind == Employee.Kind.REGULAR,  # exempt: no record is kept
        worksite_headcount_75mi=employee.worksite_headcount,
        probation_end=employee.probation_end,
        full_time=employee.full_time,
        facts={"pfml_financially_eligible": employee.pfml_eligible},
        balances=_balances(employee),
        pfml_benefit_years=(types.BenefitYear(year),) if year else (),
        works_holidays=employee.works_holidays,
        schedules=schedules_of(employee, start=start),
    )


def group_of(employee: Employee) -> str:
    """manager, confidential, union (in a bargaining unit), contractor, seasonal; "" for who is none of these."""
    if employee.kind != Employee.Kind.REGULAR:
        return employee.kind
    group = employee.employee_group.strip().lower()
    return group if group in ("", "manager", "confidential") else "union"


def _employment(employee: Employee) -> tuple[types.Employment, ...]:
    periods = tuple(types.Employment(p.starts_on, p.ends_on, p.bridged) for p in employee.employment_periods.all())
    return periods or (types.Employment(employee.hire_date),)


def _balances(employee: Employee) -> dict[str, int]:
    """Minutes by kind. Sick leave is what the state’s earned sick time is taken from."""
    kept = {str(kind): int(minutes) for kind, minutes in employee.balances.items()}
    return {**kept, "est_minutes": kept["sick"]} if "sick" in kept else kept


def schedules_of(employee: Employee, *, start: dt.date) -> tuple[types.Schedule, ...]:
    """Oldest first. The first on file is taken to hold before, too; with none, an ordinary day Monday to Friday."""
    rows = list(employee.schedules.all())
    earliest = min(start, employee.hire_date)
    if not rows:
        return (types.Weekly("weekly", earliest, _ordinary_week(employee)),)
    return tuple(
        _schedule(row, min(earliest, row.starts_on) if at == 0 else row.starts_on, employee, start)
        for at, row in enumerate(rows)
    )


def _ordinary_week(employee: Employee) -> types.Week:
    return tuple(employee.daily_minutes if day in WORKDAYS else 0 for day in range(DAYS_IN_WEEK))


def _schedule(row: WorkSchedule, from_: dt.date, employee: Employee, start: dt.date) -> types.Schedule:
    match row.kind:
        case Kind.WEEKLY:
            return types.Weekly("weekly", from_, tuple(row.pattern["minutes"]))
        case Kind.SHIFTS:
            return types.Shifts("shifts", from_, _shifts(row.pattern["shifts"]))
        case Kind.ROTATING:
            anchor = dt.date.fromisoformat(row.pattern["anchor"])
            return types.Rotating("rotating", from_, anchor, tuple(tuple(week) for week in row.pattern["weeks"]))
    return types.Variable("variable", from_, _history(employee, start))


def _shifts(told: Sequence[dict[str, Any]]) -> tuple[types.Shift | None, ...]:
    """One shift a weekday. Two on one day are one, with the time between them as a break."""
    week: list[types.Shift | None] = [None] * DAYS_IN_WEEK
    for shift in sorted(told, key=lambda each: str(each["start"])):
        start, end = dt.time.fromisoformat(shift["start"]), dt.time.fromisoformat(shift["end"])
        rest, before = int(shift["break"]), week[shift["day"]]
        if before:
            rest += before.break_ + _minutes(start) - _minutes(before.end)
            start = before.start
        week[shift["day"]] = types.Shift(start, end, rest)
    return tuple(week)


def _minutes(time: dt.time) -> int:
    return time.hour * MINUTES_IN_HOUR + time.minute


def _history(employee: Employee, start: dt.date) -> tuple[types.WeeksWorked, ...]:
    """The roster knows of varying hours only their sum, of all weeks since somebody was hired in the last year.

    Without it, or where it is nothing, five ordinary days a week: no leave could be measured by a week without hours.
    """
    first = sunday(start) - dt.timedelta(weeks=WEEKS_BEFORE)
    here = min(WEEKS_IN_YEAR, max(1, (start - employee.hire_date).days // DAYS_IN_WEEK))
    worked = (employee.hours_worked_12_months or 0) * MINUTES_IN_HOUR // here
    return (types.WeeksWorked(first, WEEKS_BEFORE, worked or len(WORKDAYS) * employee.daily_minutes),)
