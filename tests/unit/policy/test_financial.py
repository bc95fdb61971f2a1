"""The estimate of the state's earnings test."""

import pytest

from cases.policy.financial import Wages, average_weekly_wage, estimate, weekly_benefit

FIGURES_2025 = {
    "minimum_earnings_cents": 630000,
    "state_average_weekly_wage_cents": 182913,
    "maximum_weekly_benefit_cents": 117064,
}


def of(*quarters, **changes):
    return estimate(Wages(quarters, **{**FIGURES_2025, **changes}))


@pytest.mark.parametrize(
    ("quarters", "expected"),
    [
        ((0, 0, 0, 0), 0),
        ((1300, 0, 0, 0), 100),
        ((130000, 0, 260000, 0), 20000),  # two quarters: the best alone, over 13 weeks
        ((260000, 130000, 390000, 0), 25000),  # three: the best two, over 26
        ((260001, 130000, 390000, 0), 25100),  # up to the next dollar
    ],
)
def test_the_average_weekly_wage(quarters, expected):
    assert average_weekly_wage(quarters) == expected


@pytest.mark.parametrize(
    ("average", "expected"),
    [(50000, 40000), (91400, 73120), (100000, 77437), (0, 0), (300000, 117064)],
)
def test_the_weekly_benefit(average, expected):
    assert weekly_benefit(average, 182913, 117064) == expected


def test_half_a_cent_goes_up():
    assert weekly_benefit(101, 100, 1000) == 66  # 40 and 25.5


def test_exactly_the_minimum_is_enough():
    assert of(157500, 157500, 157500, 157500).code == "FINANCIALLY_ELIGIBLE"
    assert of(157500, 157500, 157500, 157499).code == "UNDER_MINIMUM_EARNINGS"


def test_exactly_thirty_times_the_benefit_is_enough():
    """Wages of 13 and 11 weeks at 1,000 dollars: 24,000 dollars against a benefit of 800."""
    enough = of(1300000, 1100000, 0, 0, state_average_weekly_wage_cents=200000)
    assert (enough.weekly_benefit_cents, enough.code) == (80000, "FINANCIALLY_ELIGIBLE")
    assert of(1300000, 1099999, 0, 0, state_average_weekly_wage_cents=200000).code == "UNDER_30X"
