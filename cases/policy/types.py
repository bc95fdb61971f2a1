"""The words of leave policy as frozen data: what is asked, who asks, what was used, what a policy grants.

Quantities are minutes unless a name says otherwise; weeks are exact fractions. Arrays of a week run Sunday to
Saturday. Dates are civil dates of the employer, ranges are inclusive at both ends. A trailing underscore only keeps a
name apart from Python's own; stored data does not have it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

DAYS_IN_WEEK = 7

Week = tuple[int, ...]
Mode = Literal["continuous", "reduced", "intermittent"]
Unit = Literal["weeks", "minutes"]


# --- who asks -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Weekly:
    """The same minutes every week."""

    kind: Literal["weekly"]
    from_: dt.date
    week: Week
    to: dt.date | None = None


@dataclass(frozen=True)
class Shift:
    """Wall-clock times; an end at or before the start is the next day's. `break_` is unpaid minutes inside."""

    start: dt.time
    end: dt.time
    break_: int = 0


@dataclass(frozen=True)
class Shifts:
    """One shift or none for each weekday. A shift's minutes belong to the date on which it starts."""

    kind: Literal["shifts"]
    from_: dt.date
    week: tuple[Shift | None, ...]
    to: dt.date | None = None


@dataclass(frozen=True)
class Rotating:
    """Several weeks in turn, the first of them beginning on `anchor`."""

    kind: Literal["rotating"]
    from_: dt.date
    anchor: dt.date
    weeks: tuple[Week, ...]
    to: dt.date | None = None


@dataclass(frozen=True)
class WeeksWorked:
    """`weeks` consecutive weeks of `minutes` each, the first beginning on `from_`."""

    from_: dt.date
    weeks: int
    minutes: int


@dataclass(frozen=True)
class Variable:
    """Hours that vary so much that only their average can be used (29 CFR 825.205(b)(3))."""

    kind: Literal["variable"]
    from_: dt.date
    history: tuple[WeeksWorked, ...]
    to: dt.date | None = None


Schedule = Weekly | Shifts | Rotating | Variable


@dataclass(frozen=True)
class Employment:
    """`bridge`: the break before this period does not drop earlier service (military service, written agreement)."""

    start: dt.date
    end: dt.date | None = None
    bridge: bool = False


@dataclass(frozen=True)
class WorkLog:
    """Minutes worked on each weekday from `from_` to `to`."""

    from_: dt.date
    to: dt.date
    week: Week


@dataclass(frozen=True)
class BenefitYear:
    """A benefit year as the state's department fixed it; 364 days."""

    start: dt.date


@dataclass(frozen=True)
class Employee:
    """What is known about the person on the day of asking. None is unknown, which is never the same as no."""

    group: str
    employment: tuple[Employment, ...] = ()
    hours_worked_12mo_minutes: int | None = None
    work_log: tuple[WorkLog, ...] = ()
    userra_credit_minutes: int = 0
    hours_presumed: bool = False
    worksite_headcount_75mi: int | None = None
    probation_end: dt.date | None = None
    full_time: bool = True
    facts: Mapping[str, bool | None] = field(default_factory=dict)
    balances: Mapping[str, int] = field(default_factory=dict)
    pfml_benefit_years: tuple[BenefitYear, ...] = ()
    spouse_same_employer_eligible: bool = False
    works_holidays: bool = False
    schedules: tuple[Schedule, ...] = ()

    def flag(self, name: str) -> bool:
        """Whether the attribute or fact of this name is true; unknown is not."""
        return getattr(self, name, None) is True or self.facts.get(name) is True


@dataclass(frozen=True)
class LedgerEntry:
    """Minutes of one policy used on one date. `week_minutes` is the divisor, frozen when the charge was made.

    A correction is an entry of negative minutes, never an edit.
    """

    policy: str
    date: dt.date
    minutes: int | Fraction
    week_minutes: int | Fraction
    status: Literal["approved", "reserved", "pending", "denied"]
    person: Literal["self", "partner"] = "self"
    reason: str | None = None
    relationship: str | None = None
    condition_id: str | None = None
    event_id: str | None = None
    servicemember_id: str | None = None


@dataclass(frozen=True)
class Calendar:
    """`workweek_start`: 0 is Sunday."""

    tz: str = "America/New_York"
    workweek_start: int = 0
    holidays: tuple[dt.date, ...] = ()
    closures: tuple[dt.date, ...] = ()


# --- what is asked --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class AbsenceTime:
    """One absence of an intermittent leave: the whole shift, minutes, or two wall-clock times."""

    date: dt.date
    full_day: bool = False
    minutes: int | None = None
    start: dt.time | None = None
    end: dt.time | None = None
    ot: Literal["mandatory", "voluntary"] | None = None


@dataclass(frozen=True)
class Event:
    """A birth or placement; `date` may still be unknown."""

    id: str | None = None
    type: Literal["birth", "adoption", "foster"] | None = None
    date: dt.date | None = None
    children: int = 1


@dataclass(frozen=True)
class Exigency:
    type: str | None = None
    anchor: dt.date | None = None


@dataclass(frozen=True)
class Request:
    """`reduced_week`: minutes still worked on each weekday."""

    reason: str
    relationship: str
    mode: Mode
    start: dt.date
    end: dt.date
    reduced_week: Week | None = None
    absences: tuple[AbsenceTime, ...] = ()
    condition_id: str | None = None
    event: Event | None = None
    servicemember_id: str | None = None
    exigency: Exigency | None = None
    employer_agrees_intermittent: bool | None = None
    is_extension: bool = False


# --- what a policy grants -------------------------------------------------------------------------------------------


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
