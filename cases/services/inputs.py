"""Everything the rules are told about one leave, from the record and the roster."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

import structlog
from django.conf import settings

from cases.ledger import ledger_of
from cases.models.case import Absence, Case
from cases.models.determination import DeterminationSpan
from cases.models.policy import Policy
from cases.policy import engine, types
from cases.policy import policies as rules
from cases.policy.codec import Malformed
from cases.policy.determination import Determination
from cases.policy.periods import MONTHS_IN_YEAR, ONE_DAY, anniv
from cases.policy.schedules import Roster, Span
from cases.policy.types import DAYS_IN_WEEK
from cases.services.inputs_cause import Cause
from cases.services.inputs_person import person_of, schedules_of
from portal.lib import clock
from portal.office.models import Holiday
from registration.models import Employee

log = structlog.get_logger("portal.determine")

WEEK = dt.timedelta(days=DAYS_IN_WEEK)


@dataclass(frozen=True)
class Inputs:
    """What `cases.policy.engine.determine` takes. Stored by cases.policy.codec, it gives the same answers again."""

    request: types.Request
    employee: types.Employee
    ledger: tuple[types.LedgerEntry, ...]
    policies: tuple[rules.Policy, ...]
    calendar: types.Calendar

    def determine(self) -> tuple[Determination, ...]:
        """In the order of `policies`. Raises what the engine raises."""
        return engine.determine(self.request, self.employee, self.ledger, self.policies, self.calendar)


def inputs_of(case: Case, *, decided: Sequence[DeterminationSpan] = ()) -> tuple[Inputs, dict[str, Policy]]:
    """Of a leave, with the policies in force on its first day by code. As many queries for long histories as short.

    `decided`: the days that a person has approved or denied. A policy that cannot be read is not among the inputs,
    nor is one that waits for it.
    """
    told = list(case.absences.all())
    first, last = days_of(case, told, decided)
    if _in_shift_before(first, told, case.employee):
        first -= ONE_DAY
    policies = {policy.code: policy for policy in Policy.objects.in_force(first)}
    cause, ledger = ledger_of(case.employee, but=case)
    readable = [each for policy in policies.values() if (each := _terms(policy))]
    unread = policies.keys() - {each.code for each in readable}
    terms = in_turn(without(unread, readable))
    person = person_of(case.employee, start=first)
    on_file = clock.local(case.employee.updated_at).date()
    inputs = Inputs(
        request=_request(case, cause, (first, last), _missed(told)),
        employee=replace(person, balances=_unpromised(person.balances, terms, ledger, on_file=on_file)),
        ledger=ledger,
        policies=terms,
        calendar=_calendar(first, last),
    )
    return inputs, policies


def _unpromised(
    balances: Mapping[str, int], policies: Sequence[rules.Policy], ledger: Sequence[types.LedgerEntry], on_file: dt.date
) -> dict[str, int]:
    """The roster's balances without what other leave takes from them after the day they were put on file.

    Up to that day, the roster has taken it off itself.
    """
    draws = {
        (limit.amount.balance, policy.code)
        for policy in policies
        for limit in policy.limits
        if isinstance(limit.amount, rules.BalanceOf)
    }
    left = dict(balances)
    for kind in left:
        codes = {code for balance, code in draws if balance == kind}
        later = (use for use in ledger if use.policy in codes and use.person == "self" and use.date > on_file)
        left[kind] -= math.ceil(sum(use.minutes for use in later))
    return left


def _terms(policy: Policy) -> rules.Policy | None:
    """None for a row that no longer has the shape the rules read: the others are worked out all the same."""
    try:
        return policy.terms()
    except Malformed:
        log.error("policy cannot be read", code=policy.code)
        return None


def days_of(case: Case, told: Sequence[Absence], decided: Sequence[DeterminationSpan] = ()) -> tuple[dt.date, dt.date]:
    """The first and the last day of a leave. `told` is all its time, cancelled time too.

    Nobody says how long a leave is taken now and then: it is asked for from the first day named when it was asked for,
    or that very day, for one year. After that a new certification is due in any case (29 CFR 825.305(e)). Time outside
    the year makes it longer. Nothing moves it: what was decided for its days would be lost.
    """
    if case.pattern == Case.Pattern.CONTINUOUS and case.first_day and case.last_day:
        return case.first_day, case.last_day
    asked = (absence.date for absence in told if absence.report_id is None)
    began = min(asked, default=clock.local(case.opened_at).date())
    first = min([began, *(absence.date for absence in told), *(span.first_day for span in decided)])
    ends = [*(absence.date for absence in _missed(told)), *(span.last_day for span in decided)]
    return first, max([anniv(began, MONTHS_IN_YEAR) - ONE_DAY, *ends])


def _in_shift_before(first: dt.date, told: Sequence[Absence], employee: Employee) -> bool:
    """Whether time on the first day belongs to a shift that began the night before: the leave begins with that shift.

    One query where there is time by the clock on that day, else none.
    """
    away = [absence.span for absence in told if absence.date == first and absence.span and not absence.overtime]
    if not away:
        return False
    before = first - ONE_DAY
    roster = Roster(
        schedules_of(employee, start=before), zone=ZoneInfo(settings.TIME_ZONE), workweek_start=0, leave_start=before
    )
    shift = roster.shift(before)
    return shift is not None and any(shift.overlaps(Span(span.lower, span.upper)) for span in away)


def _missed(told: Sequence[Absence]) -> list[Absence]:
    return [absence for absence in told if absence.status == Absence.Status.REPORTED]


def _request(case: Case, cause: Cause, days: tuple[dt.date, dt.date], absences: Sequence[Absence]) -> types.Request:
    continuous = case.pattern == Case.Pattern.CONTINUOUS
    return types.Request(
        reason=cause.reason,
        relationship=cause.relationship,
        mode="continuous" if continuous else "intermittent",
        start=days[0],
        end=days[1],
        absences=() if continuous else tuple(_time(absence) for absence in absences),
        condition_id=cause.condition_id,
        event=cause.event,
    )


def _time(absence: Absence) -> types.AbsenceTime:
    """A full day is as long as the person said, which the rules cap at what was scheduled."""
    overtime = {Absence.Overtime.MANDATORY: "mandatory", Absence.Overtime.VOLUNTARY: "voluntary"}
    return types.AbsenceTime(
        date=absence.date,
        minutes=absence.minutes if absence.full_day else None,
        start=absence.start_time,
        end=absence.end_time,
        ot=overtime.get(Absence.Overtime(absence.overtime)) if absence.overtime else None,  # type: ignore[arg-type]  # both words are the rules' own
    )


def _calendar(first: dt.date, last: dt.date) -> types.Calendar:
    """With the holidays of every workweek that the leave touches."""
    holidays = Holiday.objects.filter(on__gte=first - WEEK, on__lte=last + WEEK).days()
    return types.Calendar(tz=settings.TIME_ZONE, holidays=tuple(sorted(holidays)))


def without(codes: Collection[str], policies: Sequence[rules.Policy]) -> list[rules.Policy]:
    """All but these, and those that cover only what these leave: what they leave is not known."""
    gone = set(codes)
    left = [policy for policy in policies if policy.code not in gone]
    while waiting := {policy.code for policy in left if gone & set(policy.only_when_exhausted)}:
        gone |= waiting
        left = [policy for policy in left if policy.code not in gone]
    return left


def in_turn(policies: Sequence[rules.Policy]) -> tuple[rules.Policy, ...]:
    """In the given order, but none before those that must be used up first."""
    waiting, placed = list(policies), []
    while waiting:
        still = {policy.code for policy in waiting}
        ready = (policy for policy in waiting if not (still - {policy.code}) & set(policy.only_when_exhausted))
        placed.append(following := next(ready, waiting[0]))  # rows that wait for each other: as they stand
        waiting.remove(following)
    return tuple(placed)
