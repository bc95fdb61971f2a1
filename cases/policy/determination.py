"""What the engine answers for one policy, with everything needed to explain it.

Amounts (`amount`, `used`, `left`, `fraction`) are exact, in the policy's unit: weeks of the person's own week, or
minutes. `minutes` of a Quantity are rounded half up and only for display.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from cases.policy.policies import Method, Unit

Eligibility = Literal["NOT_APPLICABLE", "NOT_ELIGIBLE", "PENDING_INFO", "ELIGIBLE"]
Status = Literal["APPROVABLE", "PARTIAL", "EXHAUSTED", "WAITING", "INELIGIBLE", "OUT_OF_WINDOW", "DEFERRED"]
Result = Literal["OK", "LATER", "UNKNOWN", "FAIL"]


@dataclass(frozen=True)
class Span:
    """Dates, inclusive at both ends."""

    from_: dt.date
    to: dt.date


@dataclass(frozen=True)
class Quantity:
    """`weeks` is exact, or None where the policy counts minutes; `minutes` is rounded half up."""

    weeks: Fraction | None
    minutes: int


@dataclass(frozen=True)
class Finding:
    """One test of eligibility. `holds_from`: the day from which it is met, where a date decides.

    Of several tests of which one is enough, only the best one `decides`.
    """

    code: str
    result: Result
    observed: str | int | bool | None
    required: str | int | bool | None
    authority: str
    holds_from: dt.date | None = None
    decides: bool = True


@dataclass(frozen=True)
class LimitFinding:
    """One limit on `on`, before anything is charged that day. `rows`: positions in the ledger of what was counted.

    `left` is what this limit allows, already lessened by leave approved for later where `later` says so. `used` holds
    what counts on that day, `during` what other leave adds to it until the last day charged. `method` and `months` say
    how it is measured; None where that was not kept.
    """

    id: str
    on: dt.date
    amount: Fraction
    used: Fraction
    left: Fraction
    later: bool
    period: Span | None
    rows: tuple[int, ...]
    authority: str
    during: Fraction = Fraction(0)
    method: Method | None = None
    months: int = 12


@dataclass(frozen=True)
class DayFinding:
    """A day with a charge: `minutes` missed over `divisor` (the person's own week) is `fraction`."""

    date: dt.date
    minutes: Fraction
    divisor: Fraction
    fraction: Fraction
    left_before: Fraction
    left_after: Fraction
    approved_minutes: Fraction
    status: Status


@dataclass(frozen=True)
class Segment:
    from_: dt.date
    to: dt.date
    status: Status
    approved_minutes: int


@dataclass(frozen=True)
class Citation:
    """Which rule was used, by its code, and where it stands."""

    rule: str
    authority: str


@dataclass(frozen=True)
class Determination:
    """The answer of one policy. Where it does not apply, only `reasons` says why; all else is empty."""

    engine_version: str
    policy: str
    policy_version: int | None
    unit: Unit
    eligibility: Eligibility
    reasons: tuple[str, ...]
    eligible_from: dt.date | None = None
    notes: tuple[str, ...] = ()
    measuring_period: Span | None = None
    balance_start: Quantity | None = None
    balance_end: Quantity | None = None
    approved: Quantity | None = None
    exhausted: Quantity | None = None
    exhaustion_date: dt.date | None = None
    first_uncovered_date: dt.date | None = None
    waiting_period: Span | None = None
    segments: tuple[Segment, ...] = ()
    findings: tuple[Finding, ...] = ()
    limits: tuple[LimitFinding, ...] = ()
    days: tuple[DayFinding, ...] = ()
    citations: tuple[Citation, ...] = ()
