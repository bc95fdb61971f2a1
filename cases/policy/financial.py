"""An estimate of the state's earnings test for paid family and medical leave. The department decides, not this.

Money is in cents. Base period: the last four completed quarters, in any order, 0 where there were no wages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Literal

CENTS_IN_DOLLAR = 100
WEEKS_IN_QUARTER = 13
FEW_QUARTERS = 2  # with wages in so few quarters the best one alone counts
TIMES_BENEFIT = 30
LOWER_RATE = Fraction(80, 100)
UPPER_RATE = Fraction(50, 100)

Code = Literal["UNDER_MINIMUM_EARNINGS", "UNDER_30X", "FINANCIALLY_ELIGIBLE"]


@dataclass(frozen=True)
class Wages:
    """The base period and the figures of the year in which the leave begins."""

    quarter_wages_cents: tuple[int, ...]
    minimum_earnings_cents: int
    state_average_weekly_wage_cents: int
    maximum_weekly_benefit_cents: int


@dataclass(frozen=True)
class Estimate:
    eligible: bool
    code: Code
    total_wages_cents: int
    average_weekly_wage_cents: int
    weekly_benefit_cents: int


def estimate(wages: Wages) -> Estimate:
    """Indicative only (M.G.L. c.175M; 458 CMR 2.12; c.151A s.1(w), s.24(a))."""
    total = sum(wages.quarter_wages_cents)
    average = average_weekly_wage(wages.quarter_wages_cents)
    benefit = weekly_benefit(average, wages.state_average_weekly_wage_cents, wages.maximum_weekly_benefit_cents)
    code: Code = "FINANCIALLY_ELIGIBLE"
    if total < wages.minimum_earnings_cents:
        code = "UNDER_MINIMUM_EARNINGS"
    elif total < TIMES_BENEFIT * benefit:
        code = "UNDER_30X"
    return Estimate(code == "FINANCIALLY_ELIGIBLE", code, total, average, benefit)


def average_weekly_wage(quarters: Sequence[int]) -> int:
    """Of the best two quarters, or the best one where few have wages; up to the next dollar."""
    best = sorted((wage for wage in quarters if wage > 0), reverse=True)
    counted = best[:1] if len(best) <= FEW_QUARTERS else best[:2]
    if not counted:
        return 0
    weekly = Fraction(sum(counted), WEEKS_IN_QUARTER * len(counted))
    return ceil(weekly / CENTS_IN_DOLLAR) * CENTS_IN_DOLLAR


def weekly_benefit(average: int, state_average: int, maximum: int) -> int:
    """So much of the wage up to half the state's average, less of the rest, capped; a half cent goes up."""
    half = Fraction(state_average, 2)
    lower = min(Fraction(average), half)
    benefit = LOWER_RATE * lower + UPPER_RATE * (average - lower)
    return min(maximum, int((2 * benefit + 1) // 2))
