"""Whether a policy speaks to a request at all, and whether the person meets its tests.

Unknown is not no: a test that cannot be decided leaves the answer open, and balances are still proposed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from cases.policy.authorities import TESTS
from cases.policy.determination import Eligibility, Finding, Result
from cases.policy.ledger import Ledger, days_used
from cases.policy.periods import (
    MONTHS_IN_YEAR,
    ONE_DAY,
    WEEKS_IN_YEAR,
    Chain,
    anniv,
    benefit_years,
    day_after_weeks,
    months_from,
    service,
    window_start,
)
from cases.policy.policies import (
    AnyOf,
    ConsecutiveMonths,
    DaysEmployed,
    Fact,
    Hours12Months,
    MonthsEmployed,
    Policy,
    Predicate,
    ProbationOrMonths,
    Test,
    Worksite,
)
from cases.policy.types import DAYS_IN_WEEK, Employee, Request

MINUTES_IN_HOUR = 60
LOCKED = "ELIGIBILITY_LOCKED"
PREFERENCE: tuple[Result, ...] = ("OK", "LATER", "UNKNOWN", "FAIL")
KNOWN: dict[bool | None, Result] = {True: "OK", False: "FAIL", None: "UNKNOWN"}
LOCKABLE = (MonthsEmployed, Hours12Months, Worksite)


def not_applicable(policy: Policy, request: Request, employee: Employee) -> str | None:
    """The first reason why the row does not speak to this request; None if it does."""
    start = request.start
    in_force = policy.effective_from <= start and (policy.effective_to is None or start <= policy.effective_to)
    if not in_force or start < policy.reason_effective_from.get(request.reason, start):
        return "NOT_EFFECTIVE"
    if "*" not in policy.groups and employee.group not in policy.groups:
        return "GROUP_NOT_COVERED"
    if request.reason not in policy.reasons:
        return "REASON_NOT_COVERED"
    if request.relationship not in policy.reasons[request.reason]:
        return "RELATIONSHIP_NOT_COVERED"
    event = request.event.type if request.event else None
    if policy.event_types and event and event not in policy.event_types:
        return "EVENT_TYPE_NOT_COVERED"
    return "MODE_NOT_ALLOWED" if policy.modes and request.mode not in policy.modes else None


def verdict(findings: tuple[Finding, ...]) -> Eligibility:
    """Any failure refuses; else anything unknown waits."""
    results = {finding.result for finding in findings}
    if "FAIL" in results:
        return "NOT_ELIGIBLE"
    return "PENDING_INFO" if "UNKNOWN" in results else "ELIGIBLE"


@dataclass(frozen=True)
class Tested:
    """The tests of a policy: every finding, and of each test (several findings in an any-of) the one that decides."""

    findings: tuple[Finding, ...]
    deciding: tuple[Finding, ...]

    def eligible_from(self, start: dt.date) -> dt.date:
        """The first day, not before `start`, on which all tests that a date decides are met."""
        return max([start, *(f.holds_from for f in self.deciding if f.holds_from and f.result in ("OK", "LATER"))])


def examine(policy: Policy, request: Request, employee: Employee, ledger: Ledger) -> Tested:
    """Every predicate of the row. Hours are tested on the first day on which the dated ones hold."""
    person = Applicant(request, employee, ledger, policy, request.start)
    predicates = list(policy.eligibility)
    locked: list[Finding] = []
    if policy.eligibility_lock and person.locked():
        predicates = [p for p in predicates if not isinstance(p, LOCKABLE)]
        locked = [person.finding(LOCKED, "OK", observed=request.condition_id, authority=TESTS["eligibility_lock"])]
    dated = [person.decide(p) for p in predicates if not isinstance(p, Hours12Months)]
    if not any(findings[0].result == "FAIL" for findings in dated):
        begins = Tested((), tuple(findings[0] for findings in dated)).eligible_from(request.start)
        person = replace(person, tested_on=begins)
    groups = [person.decide(p) for p in predicates]
    return Tested(
        (*locked, *(f for findings in groups for f in findings[1:])),
        (*locked, *(findings[0] for findings in groups)),
    )


@dataclass(frozen=True)
class Applicant:
    """One person before one policy. `tested_on` is the day for which hours are counted."""

    request: Request
    employee: Employee
    ledger: Ledger
    policy: Policy
    tested_on: dt.date

    def decide(self, predicate: Predicate) -> list[Finding]:
        """The deciding finding first, then every finding."""
        if isinstance(predicate, AnyOf):
            branches = [self._test(branch) for branch in predicate.of]
            best = min(branches, key=lambda f: (PREFERENCE.index(f.result), f.holds_from or dt.date.min))
            return [best, *(branch if branch is best else replace(branch, decides=False) for branch in branches)]
        finding = self._test(predicate)
        return [finding, finding]

    def _test(self, predicate: Test) -> Finding:
        finding: Finding = _TESTS[type(predicate)](self, predicate)
        authority = predicate.authority or TESTS.get(predicate.type) or self.policy.authority
        return replace(finding, authority=authority)

    def finding(self, code: str, result: Result, **known: Any) -> Finding:
        return Finding(code, result, **{"observed": None, "required": None, "authority": "", **known})

    def locked(self) -> bool:
        """Tested once for a condition in its 12 months, not again (29 CFR 825.110(d), 825.300(b)(1))."""
        if self.request.condition_id is None:
            return False
        own = self.ledger.own((self.policy.code,))
        uses = days_used(row for row in own if row[1].condition_id == self.request.condition_id)
        if not uses or self.request.start < uses[0]:
            return False
        year = Chain(lambda day: months_from(day, MONTHS_IN_YEAR)).holding(self.request.start, uses)
        return year.from_ in uses

    def _hired(self) -> dt.date | None:
        served = service(self.employee.employment)
        return served[-1].from_ if served else None

    def _dated(self, stem: str, met: dt.date | None, **known: Any) -> Finding:
        """Met from a date on: before the leave, inside it, or after its end."""
        result: Result = "UNKNOWN"
        if met:
            result = "OK" if met <= self.request.start else "LATER" if met <= self.request.end else "FAIL"
        return self.finding(f"{stem}_{result}", result, holds_from=met, **known)

    def _service(self, stem: str, months: int) -> Finding:
        hired = self._hired()
        met = anniv(hired, months) if hired else None
        return self._dated(stem, met, observed=_iso(hired), required=months)

    def months_employed(self, wanted: MonthsEmployed) -> Finding:
        """Continuous from the current hire; or weeks of several periods, 52 for 12 months (29 CFR 825.110(b))."""
        served = service(self.employee.employment)
        met = [anniv(served[-1].from_, wanted.months)] if served else []
        if len(served) > 1:
            weeks = day_after_weeks(served, wanted.months * WEEKS_IN_YEAR // MONTHS_IN_YEAR)
            met += [weeks] if weeks else []
        observed = _iso(served[0].from_) if served else None
        return self._dated(f"MONTHS_{wanted.months}", min(met, default=None), observed=observed, required=wanted.months)

    def hours(self, wanted: Hours12Months) -> Finding:
        """Minutes on days u with u < d <= anniv(u, 12); exactly the minimum passes (29 CFR 825.110(a)(2), (c))."""
        stem = f"HOURS_{wanted.minutes // MINUTES_IN_HOUR}"
        worked = self._worked()
        if worked is None:
            if self.employee.hours_presumed:
                return self.finding(f"{stem}_PRESUMED", "OK", required=wanted.minutes)
            return self.finding(f"{stem}_UNKNOWN", "UNKNOWN", required=wanted.minutes)
        observed = worked + self.employee.userra_credit_minutes
        return self._at_least(stem, observed, wanted.minutes)

    def _worked(self) -> int | None:
        if self.employee.hours_worked_12mo_minutes is not None or not self.employee.work_log:
            return self.employee.hours_worked_12mo_minutes
        last = self.tested_on - ONE_DAY
        first = window_start(last, MONTHS_IN_YEAR)
        minutes = 0
        for log in self.employee.work_log:
            day = max(first, log.from_)
            while day <= min(last, log.to):
                minutes += log.week[day.isoweekday() % DAYS_IN_WEEK]
                day += ONE_DAY
        return minutes

    def worksite(self, wanted: Worksite) -> Finding:
        return self._at_least(f"WORKSITE_{wanted.min}", self.employee.worksite_headcount_75mi, wanted.min)

    def _at_least(self, stem: str, observed: int | None, required: int) -> Finding:
        result = KNOWN[None if observed is None else observed >= required]
        return self.finding(f"{stem}_{result}", result, observed=observed, required=required)

    def probation(self, wanted: ProbationOrMonths) -> Finding:
        """From the day after probation, capped; with no probation, after so many months of service."""
        ends = self.employee.probation_end
        if ends:
            met, hired = ends + ONE_DAY, self._hired()
            if wanted.cap_months is not None and hired:
                met = min(met, anniv(hired, wanted.cap_months))
            return self._dated("PROBATION", met, observed=_iso(ends), required=wanted.cap_months)
        if wanted.full_time_if_no_probation and not self.employee.full_time:
            return self.finding("FULL_TIME_FAIL", "FAIL", observed=False, required=True)
        return self._service(f"SERVICE_{wanted.months}M", wanted.months)

    def consecutive_months(self, wanted: ConsecutiveMonths) -> Finding:
        return self._service(f"SERVICE_{wanted.months}M", wanted.months)

    def days_employed(self, wanted: DaysEmployed) -> Finding:
        hired = self._hired()
        met = hired + dt.timedelta(days=wanted.days) if hired else None
        return self._dated(f"DAYS_{wanted.days}", met, observed=_iso(hired), required=wanted.days)

    def fact(self, wanted: Fact) -> Finding:
        if wanted.lock_in_benefit_year and self._benefit_year_open(wanted.lock_in_benefit_year):
            return self.finding("PFML_BENEFIT_YEAR_OPEN", "OK", observed=True, required=True)
        known = self.employee.facts.get(wanted.name)
        result = KNOWN[known]
        return self.finding(f"FACT_{wanted.name.upper()}_{result}", result, observed=known, required=True)

    def _benefit_year_open(self, codes: tuple[str, ...]) -> bool:
        """Whether the department knows a year that holds the start, or one holding it was used at all."""
        chain = benefit_years(self.employee.pfml_benefit_years)
        uses = days_used(self.ledger.own(codes))
        year = chain.holding(self.request.start, uses)
        return year in chain.known or any(year.from_ <= use <= year.to for use in uses)


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


_TESTS: dict[type, Callable[[Applicant, Any], Finding]] = {
    MonthsEmployed: Applicant.months_employed,
    Hours12Months: Applicant.hours,
    Worksite: Applicant.worksite,
    ProbationOrMonths: Applicant.probation,
    ConsecutiveMonths: Applicant.consecutive_months,
    DaysEmployed: Applicant.days_employed,
    Fact: Applicant.fact,
}
