"""Opens the accounts of a policy for one request: which limits apply, what they count, how they are measured."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from fractions import Fraction

from cases.policy.determination import Span
from cases.policy.ledger import Ledger, Row, Scale, confined, days_used
from cases.policy.limits import (
    Account,
    AtStartAccount,
    CombinedAccount,
    OpenedAccount,
    RollingAccount,
    SingleAccount,
    Terms,
    YearAccount,
)
from cases.policy.periods import (
    Chain,
    benefit_years,
    calendar_year,
    fixed_year,
    months_from,
    service,
    service_year,
)
from cases.policy.policies import BalanceOf, Limit, Policy
from cases.policy.types import Employee, Request


class Accounts:
    """The limits of one policy that speak to one request."""

    def __init__(self, policy: Policy, request: Request, employee: Employee, ledger: Ledger) -> None:
        self._policy = policy
        self._request = request
        self._employee = employee
        self._ledger = ledger
        self.limits = tuple(limit for limit in policy.limits if self._applies(limit))
        self.rows = [ledger.counted_by(limit, request) for limit in self.limits]

    @property
    def amounts(self) -> list[Fraction]:
        return [Fraction(self.amount(limit)) for limit in self.limits]

    def open(self, scale: Scale) -> list[Account]:
        """Fresh accounts, in the order of the policy's limits."""
        return [self._account(limit, rows, scale) for limit, rows in zip(self.limits, self.rows, strict=True)]

    def open_first(self, scale: Scale) -> Account:
        """A fresh account of the policy's first limit, whether or not that limit applies."""
        first = self._policy.limits[0]
        return self._account(first, self._ledger.counted_by(first, self._request), scale)

    def amount(self, limit: Limit) -> int | Fraction:
        """In the policy's unit; a balance that is not known is nothing yet."""
        if isinstance(limit.amount, BalanceOf):
            return max(0, self._employee.balances.get(limit.amount.balance, 0))
        children = self._request.event.children if limit.per_child and self._request.event else 1
        return limit.amount * children

    def _applies(self, limit: Limit) -> bool:
        if limit.only_if and not self._employee.flag(limit.only_if):
            return False
        return confined(limit, self._request.reason, self._request.relationship)

    def _account(self, limit: Limit, rows: list[Row], scale: Scale) -> Account:
        own = self._policy.code in limit.counts or limit.period.method == "balance"
        terms = Terms(limit, rows, scale.amount(self.amount(limit)), scale, own)
        make = _MAKERS.get(limit.period.method)
        return make(self, terms) if make else Account(terms)

    def _rolling(self, terms: Terms) -> Account:
        return RollingAccount(terms)

    def _at_start(self, terms: Terms) -> Account:
        return AtStartAccount(terms, start=self._request.start)

    def _yearly(self, terms: Terms) -> Account:
        return YearAccount(terms, year=self._year(terms.limit))

    def _year(self, limit: Limit) -> Callable[[dt.date], Span]:
        period = limit.period
        if period.method == "calendar":
            return calendar_year
        if period.method == "fixed":
            return lambda day: fixed_year(day, period.start_month, period.start_day)
        served = service(self._employee.employment)
        hired = served[-1].from_ if served else self._request.start
        return lambda day: service_year(day, hired)

    def _forward(self, terms: Terms) -> Account:
        return self._opened(terms, Chain(lambda day: months_from(day, terms.months)))

    def _benefit(self, terms: Terms) -> Account:
        return self._opened(terms, benefit_years(self._employee.pfml_benefit_years))

    def _opened(self, terms: Terms, chain: Chain) -> Account:
        openers = terms.limit.period.openers
        uses = days_used(self._ledger.own(openers) if openers else terms.rows)
        opens = self._policy.code in (openers or terms.limit.counts)
        return OpenedAccount(terms, chain=chain, uses=uses, opens=opens)

    def _single(self, terms: Terms) -> Account:
        firsts = self._first_uses(terms.limit)
        return SingleAccount(terms, firsts=firsts.get(self._request.servicemember_id, []))

    def _combined(self, terms: Terms) -> Account:
        firsts = self._first_uses(terms.limit)
        own = None
        if self._policy.code in self._openers(terms.limit):
            own = firsts.pop(self._request.servicemember_id, [])
        return CombinedAccount(terms, others=[day for days in firsts.values() for day in days], firsts=own)

    def _openers(self, limit: Limit) -> tuple[str, ...]:
        return limit.period.openers or (self._policy.code,)

    def _first_uses(self, limit: Limit) -> dict[str | None, list[dt.date]]:
        """By servicemember, the first day of caring for them, as a list of at most one."""
        caring = self._ledger.own(self._openers(limit))
        members = {row[1].servicemember_id for row in caring}
        return {m: days_used(row for row in caring if row[1].servicemember_id == m)[:1] for m in members}


_MAKERS: dict[str, Callable[[Accounts, Terms], Account]] = {
    "rolling_backward": Accounts._rolling,
    "rolling_backward_at_start": Accounts._at_start,
    "calendar": Accounts._yearly,
    "fixed": Accounts._yearly,
    "anniversary": Accounts._yearly,
    "rolling_forward": Accounts._forward,
    "benefit_year": Accounts._benefit,
    "single_12_month": Accounts._single,
    "single_12_month_combined": Accounts._combined,
}
