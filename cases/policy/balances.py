"""What a policy leaves on every day of a stretch with nothing charged: a rolling year at a glance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from cases.policy.accounts import Accounts
from cases.policy.balance import Measure, left
from cases.policy.determination import Quantity
from cases.policy.engine import roster_of, scale_of
from cases.policy.ledger import Ledger
from cases.policy.policies import Policy
from cases.policy.reach import days
from cases.policy.types import Calendar, Employee, LedgerEntry, Request


@dataclass(frozen=True)
class Available:
    """The same balance on all these days."""

    from_: dt.date
    to: dt.date
    available: Quantity


def balances(
    request: Request, employee: Employee, ledger: Sequence[LedgerEntry], policy: Policy, calendar: Calendar
) -> tuple[Available, ...]:
    """For each day from the request's start to its end, equal neighbours merged. Eligibility is not asked."""
    accounts = Accounts(policy, request, employee, Ledger.of(ledger))
    scale = scale_of(policy, accounts, {})
    opened = accounts.open(scale)
    runs: list[tuple[dt.date, dt.date, int]] = []
    for day in days(request.start, request.end):
        parts = left(opened, day)
        if runs and runs[-1][2] == parts:
            runs[-1] = (runs[-1][0], day, parts)
        else:
            runs.append((day, day, parts))
    measure = Measure(scale, roster_of(request, employee, calendar).reference_week(request.start))
    return tuple(Available(first, last, measure.quantity(parts)) for first, last, parts in runs)
