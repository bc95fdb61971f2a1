"""Which leave covers which day, why, and how much is left.

The engine proposes; only a person approves or denies. It is pure: no clock, no database, no settings. The same inputs
give the same bytes. ENGINE_VERSION goes up with every change that could give other bytes for some inputs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from zoneinfo import ZoneInfo

from cases.policy.accounts import Accounts
from cases.policy.balance import Course, Measure, Run
from cases.policy.charges import Charge, Charges, DaysOff
from cases.policy.determination import Determination, Eligibility, Finding, Quantity, Segment, Span, Status
from cases.policy.eligibility import Tested, examine, not_applicable, verdict
from cases.policy.explain import citations
from cases.policy.ledger import Ledger, Scale
from cases.policy.policies import Policy
from cases.policy.reach import Opening, Wait, days, opening, reach, wait, waived
from cases.policy.schedules import Roster
from cases.policy.segments import segments, statuses
from cases.policy.types import Calendar, Employee, LedgerEntry, Request

ENGINE_VERSION = "2"


def determine(
    request: Request,
    employee: Employee,
    ledger: Sequence[LedgerEntry],
    policies: Sequence[Policy],
    calendar: Calendar,
) -> tuple[Determination, ...]:
    """One determination for each policy, in their order.

    `ledger` holds no row of the request itself. Of each policy the row in force on the first day of the request is
    expected. A policy that covers only what others leave comes after them. Raises NoHistory when hours vary and none
    are known, NoTimePasses for an absence whose times leave no time.
    """
    case = Case(request, employee, Ledger.of(ledger), calendar, roster_of(request, employee, calendar))
    outcomes: dict[str, Outcome] = {}
    return tuple(_determination(policy, case, outcomes) for policy in policies)


@dataclass(frozen=True)
class Case:
    """What all policies of one request share."""

    request: Request
    employee: Employee
    ledger: Ledger
    calendar: Calendar
    roster: Roster


@dataclass(frozen=True)
class Outcome:
    """What a later policy may ask of an earlier one: each day's status, and the minutes it covers."""

    statuses: Mapping[dt.date, Status]
    minutes: Mapping[dt.date, Fraction]


def roster_of(request: Request, employee: Employee, calendar: Calendar) -> Roster:
    """The person's schedules as this request sees them."""
    return Roster(
        employee.schedules,
        zone=ZoneInfo(calendar.tz),
        workweek_start=calendar.workweek_start,
        leave_start=request.start,
    )


def _determination(policy: Policy, case: Case, outcomes: dict[str, Outcome]) -> Determination:
    code = not_applicable(policy, case.request, case.employee)
    if code:
        return Determination(ENGINE_VERSION, policy.code, policy.version, policy.unit, "NOT_APPLICABLE", (code,))
    tested = examine(policy, case.request, case.employee, case.ledger)
    window = opening(policy, case.request)
    answer = verdict((*tested.deciding, *window.findings))
    findings = (*tested.findings, *window.findings)
    if answer == "NOT_ELIGIBLE":
        return _refused(policy, case.request, findings)
    earlier = [outcomes[code] for code in policy.only_when_exhausted if code in outcomes]
    proposal = _proposal(policy, case, tested, window, earlier)
    outcomes[policy.code] = Outcome(proposal.statuses, {d.date: d.approved_minutes for d in proposal.course.days})
    return proposal.determination(answer, findings)


def _refused(policy: Policy, request: Request, findings: tuple[Finding, ...]) -> Determination:
    nothing = Quantity(Fraction(0) if policy.unit == "weeks" else None, 0)
    return Determination(
        ENGINE_VERSION,
        policy.code,
        policy.version,
        policy.unit,
        "NOT_ELIGIBLE",
        _codes(findings),
        approved=nothing,
        exhausted=nothing,
        segments=(Segment(request.start, request.end, "INELIGIBLE", 0),),
        findings=findings,
        citations=citations(policy, findings, (), ()),
    )


def _codes(findings: tuple[Finding, ...]) -> tuple[str, ...]:
    return tuple(sorted({finding.code for finding in findings}))


@dataclass(frozen=True)
class Proposal:
    """What a policy would cover, worked out."""

    policy: Policy
    eligible_from: dt.date
    statuses: Mapping[dt.date, Status]
    course: Course
    wait: Wait
    notes: frozenset[str]
    measured: Span | None
    measure: Measure

    def determination(self, answer: Eligibility, findings: tuple[Finding, ...]) -> Determination:
        course, measure = self.course, self.measure
        notes = tuple(sorted(self.notes | course.notes | ({self.wait.note} if self.wait.note else set())))
        return Determination(
            engine_version=ENGINE_VERSION,
            policy=self.policy.code,
            policy_version=self.policy.version,
            unit=self.policy.unit,
            eligibility=answer,
            reasons=_codes(findings),
            eligible_from=self.eligible_from,
            notes=notes,
            measuring_period=self.measured,
            balance_start=measure.quantity(course.opening),
            balance_end=measure.quantity(course.closing),
            approved=measure.taken(course.covered, course.covered_minutes),
            exhausted=measure.taken(course.uncovered, course.uncovered_minutes),
            exhaustion_date=course.exhausted_on,
            first_uncovered_date=course.first_uncovered,
            waiting_period=self.wait.span,
            segments=segments(self.statuses, course.days),
            findings=findings,
            limits=course.limits,
            days=tuple(course.days),
            citations=citations(self.policy, findings, course.limits, notes),
        )


def _proposal(policy: Policy, case: Case, tested: Tested, window: Opening, earlier: list[Outcome]) -> Proposal:
    request = case.request
    eligible_from = tested.eligible_from(request.start)
    unreached = reach(request, eligible_from, window, [outcome.statuses for outcome in earlier])
    charging = Charges(policy, request, case.roster, DaysOff(case.calendar, case.employee), unreached)
    charges, pause = _charged(policy, case, charging, unreached, earlier)
    accounts = Accounts(policy, request, case.employee, case.ledger)
    scale = scale_of(policy, accounts, charges)
    every_day = days(request.start, request.end)
    course = Run(policy, accounts.open(scale), charges, scale).through(every_day)
    measured_on = next(iter(charges), request.start)
    return Proposal(
        policy=policy,
        eligible_from=eligible_from,
        statuses=statuses(every_day, unreached, course.statuses(), anything_left=course.opening > 0),
        course=course,
        wait=pause,
        notes=frozenset(charging.notes),
        measured=accounts.open_first(scale).period(measured_on),
        measure=Measure(scale, case.roster.reference_week(request.start)),
    )


def _charged(
    policy: Policy, case: Case, charging: Charges, unreached: dict[dt.date, Status], earlier: list[Outcome]
) -> tuple[dict[dt.date, Charge], Wait]:
    """What each day costs once the waiting period is known. Days it denies join the unreached."""
    request = case.request
    held = case.ledger.minutes_on(policy.code)
    covered = _covered(earlier)
    charges = charging.net(held, covered)
    every_day = days(request.start, request.end)
    reached = (day for day in every_day if day not in unreached) if request.mode == "continuous" else charges
    pause = wait(
        policy.waiting,
        next(iter(reached), None),
        lambda first: waived(policy.waiting, request, case.ledger, case.roster, first),
    )
    denied: dict[dt.date, Status] = {d: "WAITING" for d in every_day if pause.denies(d) and d not in unreached}
    if denied:
        unreached.update(denied)
        charges = charging.net(held, covered)
    return charges, pause


def _covered(earlier: list[Outcome]) -> dict[dt.date, Fraction]:
    """Minutes of each day that the policies which come first cover."""
    covered: dict[dt.date, Fraction] = {}
    for outcome in earlier:
        for day, minutes in outcome.minutes.items():
            covered[day] = max(minutes, covered.get(day, minutes))
    return covered


def scale_of(policy: Policy, accounts: Accounts, charges: Mapping[dt.date, Charge]) -> Scale:
    """On which everything that these accounts will ever add up is whole."""
    quantities = {(e.minutes, e.week_minutes) for rows in accounts.rows for _, e in rows}
    quantities |= {(charge.minutes, charge.divisor) for charge in charges.values()}
    return Scale.fitting(policy.unit, quantities, accounts.amounts)
