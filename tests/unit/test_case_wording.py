"""How the days of a case are put into words."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation

from cases.wording import in_all, span_dates

NEW_YEAR, TWELFTH = dt.date(2023, 1, 1), dt.date(2023, 1, 12)


@pytest.mark.parametrize(
    ("language", "first", "last", "lines"),
    [
        ("en", NEW_YEAR, TWELFTH, ["Jan_1", "to", "Jan_12,_2023"]),
        ("en", dt.date(2022, 1, 12), TWELFTH, ["Jan_12,_2022", "to", "Jan_12,_2023"]),
        ("en", TWELFTH, TWELFTH, ["Jan_12,_2023"]),
        ("en", TWELFTH, None, ["Jan_12,_2023,", "no", "end", "date", "yet"]),
        ("es", NEW_YEAR, TWELFTH, ["del", "1_ene", "al", "12_ene_2023"]),
    ],
)
def test_a_line_ends_between_the_days_of_a_range_and_never_within_one(language, first, last, lines):
    with translation.override(language):
        assert span_dates(first, last).replace("\N{NO-BREAK SPACE}", "_").split(" ") == lines


def test_a_sum():
    assert [in_all(1, 60), in_all(2, 90)] == ["1 day, 1 hour in all", "2 days, 1 hour 30 minutes in all"]
