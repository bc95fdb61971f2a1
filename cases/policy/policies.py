"""A policy row as frozen data: whom it covers, when, how much, measured how.

Rows are read and checked by cases.policy.rows. Wherever a key `authority` may stand, it says where the rule is written;
without it the rule's usual place, or the row's own authority, is cited.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from cases.policy.types import Mode

Unit = Literal["weeks", "minutes"]


@dataclass(frozen=True)
class MonthsEmployed:
    """Service of so many months, together or, in several periods, as weeks."""

    type: Literal["months_employed"]
    months: int
    authority: str | None = None


@dataclass(frozen=True)
class Hours12Months:
    """Minutes worked, not paid, in the 12 months before."""

    type: Literal["hours_12mo"]
    minutes: int
    authority: str | None = None


@dataclass(frozen=True)
class Worksite:
    """Employees within 75 miles."""

    type: Literal["worksite"]
    min: int
    authority: str | None = None


@dataclass(frozen=True)
class ProbationOrMonths:
    """From the day after probation; without a probation, after `months` of service."""

    type: Literal["probation_or_months"]
    months: int
    cap_months: int | None = None
    full_time_if_no_probation: bool = False
    authority: str | None = None


@dataclass(frozen=True)
class ConsecutiveMonths:
    type: Literal["consecutive_months"]
    months: int
    authority: str | None = None


@dataclass(frozen=True)
class DaysEmployed:
    type: Literal["days_employed"]
    days: int
    authority: str | None = None


@dataclass(frozen=True)
class Fact:
    """Something somebody else decides. Not asked again inside a benefit year opened by use of the named policies."""

    type: Literal["fact"]
    name: str
    lock_in_benefit_year: tuple[str, ...] = ()
    authority: str | None = None


Test = MonthsEmployed | Hours12Months | Worksite | ProbationOrMonths | ConsecutiveMonths | DaysEmployed | Fact


@dataclass(frozen=True)
class AnyOf:
    type: Literal["any_of"]
    of: tuple[Test, ...]


Predicate = Test | AnyOf


@dataclass(frozen=True)
class BalanceOf:
    """The amount is a balance of the employee, in minutes and net of past use."""

    balance: str


Method = Literal[
    "rolling_backward",
    "rolling_backward_at_start",
    "calendar",
    "fixed",
    "anniversary",
    "rolling_forward",
    "benefit_year",
    "single_12_month",
    "single_12_month_combined",
    "per_event",
    "per_condition",
    "lifetime",
    "balance",
]


@dataclass(frozen=True)
class Measuring:
    """When usage counts. `opened_by`: the policies whose use opens a period, where not the policy itself."""

    method: Method
    months: int = 12
    start_month: int = 1
    start_day: int = 1
    opened_by: str | tuple[str, ...] = ()

    @property
    def openers(self) -> tuple[str, ...]:
        return (self.opened_by,) if isinstance(self.opened_by, str) else self.opened_by


@dataclass(frozen=True)
class Limit:
    """An amount, in the row's unit, of the usage of `counts` in a measuring period.

    `reasons`: pairs of reason and relationship (None: any) to which the limit is confined. `only_if`: a flag of the
    employee. `per_child`: the amount is for each child of the event.
    """

    id: str
    amount: Fraction | BalanceOf
    period: Measuring
    counts: tuple[str, ...]
    include_partner: bool = False
    per_child: bool = False
    only_if: str | None = None
    reasons: tuple[tuple[str, str | None], ...] = ()
    authority: str | None = None


@dataclass(frozen=True)
class WaivedAfter:
    """No waiting when the request's `reason` follows use of `policies` for `prior_reason` without a day of work."""

    reason: str
    policies: tuple[str, ...]
    prior_reason: str


@dataclass(frozen=True)
class Waiting:
    """`unpaid`: the days are covered and charged, only pay is missing. `deny`: they are neither."""

    days: int
    effect: Literal["unpaid", "deny"]
    waived_after: WaivedAfter | None = None


@dataclass(frozen=True)
class EventMonths:
    """From the event for so many months; earlier for the event types in `pre_event_ok`."""

    type: Literal["event_months"]
    months: int
    reasons: tuple[str, ...]
    pre_event_ok: tuple[str, ...] = ()


@dataclass(frozen=True)
class ExigencyDays:
    """For each type of exigency: days after its date on which the window opens, and for how many days."""

    type: Literal["exigency"]
    reasons: tuple[str, ...]
    spans: Mapping[str, tuple[int, int]]


Window = EventMonths | ExigencyDays


@dataclass(frozen=True)
class Policy:
    """One row: everything the engine knows of a law, contract or plan. `version` tells two texts of one row apart."""

    code: str
    name: str
    authority: str
    effective_from: dt.date
    groups: tuple[str, ...]
    reasons: Mapping[str, tuple[str, ...]]
    eligibility: tuple[Predicate, ...]
    unit: Unit
    limits: tuple[Limit, ...]
    effective_to: dt.date | None = None
    reason_effective_from: Mapping[str, dt.date] = field(default_factory=dict)
    event_types: tuple[str, ...] = ()
    modes: tuple[Mode, ...] = ()
    eligibility_lock: bool = False
    increment_minutes: int = 1
    minimum_charge_minutes: int = 0
    waiting: Waiting | None = None
    windows: tuple[Window, ...] = ()
    agreement_required_for: tuple[str, ...] = ()
    only_when_exhausted: tuple[str, ...] = ()
    version: int | None = None
