"""Day by day, ascending: what is left, what a charge takes of it, and when it ran out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from cases.policy.charges import Charge
from cases.policy.determination import DayFinding, LimitFinding, Quantity, Span, Status
from cases.policy.explain import limit_finding, looks_ahead
from cases.policy.ledger import Scale
from cases.policy.limits import Account
from cases.policy.policies import Policy
from cases.policy.schedules import Minutes


def half_up(minutes: Minutes) -> int:
    """Whole minutes to show: a half goes up."""
    return _rounded(minutes.numerator, minutes.denominator)


def _rounded(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)


@dataclass(frozen=True)
class Measure:
    """Turns exact parts into what is shown: weeks, and minutes of the person's reference week."""

    scale: Scale
    reference_week: Minutes

    def quantity(self, parts: int) -> Quantity:
        exact = self.scale.exact(parts)
        if self.scale.unit == "minutes":
            return Quantity(None, half_up(exact))
        week = self.reference_week
        return Quantity(exact, _rounded(parts * week.numerator, self.scale.parts * week.denominator))

    def taken(self, parts: int, minutes: Minutes) -> Quantity:
        """An amount whose minutes are those of the schedule, not of the reference week."""
        return Quantity(None if self.scale.unit == "minutes" else self.scale.exact(parts), half_up(minutes))


@dataclass
class Course:
    """How the balance ran, in parts of the scale and exact minutes."""

    opening: int = 0
    closing: int = 0
    covered: int = 0
    uncovered: int = 0
    covered_minutes: Minutes = 0
    uncovered_minutes: Minutes = 0
    exhausted_on: dt.date | None = None
    first_uncovered: dt.date | None = None
    days: list[DayFinding] = field(default_factory=list)
    notes: set[str] = field(default_factory=set)
    limits: tuple[LimitFinding, ...] = ()

    def statuses(self) -> dict[dt.date, Status]:
        return {day.date: day.status for day in self.days}


def left(accounts: Sequence[Account], day: dt.date) -> int:
    """What all limits together leave: the smallest governs, and never less than nothing."""
    return max(0, min(account.left(day) for account in accounts))


class Run:
    """Charges the accounts of one policy with one request."""

    def __init__(
        self, policy: Policy, accounts: Sequence[Account], charges: Mapping[dt.date, Charge], scale: Scale
    ) -> None:
        self._policy = policy
        self._accounts = accounts
        self._charges = charges
        self._scale = scale
        self._first_periods: list[tuple[Account, Span]] = []
        self._course = Course()

    def through(self, every_day: Sequence[dt.date]) -> Course:
        """Limits are explained on the first charged day, or the first day if nothing is charged."""
        course = self._course
        course.opening = left(self._accounts, every_day[0])
        explained = next(iter(self._charges), every_day[0])
        for day in every_day:
            if day == explained:
                self._explain(day)
            course.closing = self._charge(day) if day in self._charges else left(self._accounts, day)
            if not course.closing and course.exhausted_on is None:
                course.exhausted_on = day
        return course

    def _explain(self, day: dt.date) -> None:
        periods = [(account, account.period(day)) for account in self._accounts if account.turns]
        self._first_periods = [(account, period) for account, period in periods if period]
        last = max(self._charges, default=day)
        self._course.limits = tuple(limit_finding(account, day, self._policy, until=last) for account in self._accounts)

    def _charge(self, day: dt.date) -> int:
        """Covers what the day costs as far as the balance goes. Returns what is left after it."""
        course, charge = self._course, self._charges[day]
        lefts = [account.left(day) for account in self._accounts]
        before = max(0, min(lefts))
        parts = self._scale.charge(charge.minutes, charge.divisor)
        covered = min(parts, before)
        if covered < parts and course.first_uncovered is None:
            course.first_uncovered = day
            self._note_binding(day, lefts, before)
        self._note_periods(day)
        for account in self._accounts:
            account.spend(day, covered)
        after = max(0, min(ls - covered * a.terms.own for a, ls in zip(self._accounts, lefts, strict=True)))
        minutes = charge.minutes if covered == parts else Fraction(charge.minutes) * covered / parts
        course.covered += covered
        course.uncovered += parts - covered
        course.covered_minutes += minutes
        course.uncovered_minutes += charge.minutes - minutes
        course.days.append(self._finding(day, charge, (parts, covered, before, after), minutes))
        return after

    def _finding(
        self, day: dt.date, charge: Charge, amounts: tuple[int, int, int, int], minutes: Minutes
    ) -> DayFinding:
        parts, covered, before, after = amounts
        exact = self._scale.exact
        return DayFinding(
            date=day,
            minutes=Fraction(charge.minutes),
            divisor=Fraction(charge.divisor),
            fraction=exact(parts),
            left_before=exact(before),
            left_after=exact(after),
            approved_minutes=Fraction(minutes),
            status="APPROVABLE" if covered == parts else "PARTIAL" if covered else "EXHAUSTED",
        )

    def _note_binding(self, day: dt.date, lefts: list[int], least: int) -> None:
        """Every limit that leaves the least on the first day that is not covered whole."""
        binding = [a for a, amount in zip(self._accounts, lefts, strict=True) if max(0, amount) == least]
        self._course.notes |= {f"LIMIT_BINDING:{account.terms.limit.id}" for account in binding}
        if any(looks_ahead(account, day) for account in binding):
            self._course.notes.add("LOOKAHEAD_BINDING")

    def _note_periods(self, day: dt.date) -> None:
        if any(account.ended(day) for account in self._accounts):
            self._course.notes.add("SINGLE_PERIOD_ENDED")
        for account, first in self._first_periods:
            now = account.period(day)
            if now and now.from_ > first.to:
                self._course.notes.add("NEW_PERIOD_DURING_LEAVE")
