import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.office.business_days import add_business_days, is_business_day

THANKSGIVING = dt.date(2026, 11, 26)
MONDAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("start", "count", "holidays", "expected"),
    [
        (MONDAY, 1, (), dt.date(2026, 11, 24)),
        (MONDAY, 5, (), dt.date(2026, 11, 30)),
        (MONDAY, 5, {THANKSGIVING}, dt.date(2026, 12, 1)),
        (dt.date(2026, 11, 20), 2, (), dt.date(2026, 11, 24)),  # Friday
        (dt.date(2026, 11, 21), 1, (), MONDAY),  # Saturday
        (dt.date(2026, 11, 22), 1, (), MONDAY),  # Sunday
        (THANKSGIVING, 1, {THANKSGIVING}, dt.date(2026, 11, 27)),
        (dt.date(2026, 12, 31), 1, {dt.date(2027, 1, 1)}, dt.date(2027, 1, 4)),
        (dt.date(2028, 2, 28), 1, (), dt.date(2028, 2, 29)),
    ],
)
def test_counting(start, count, holidays, expected):
    assert add_business_days(start, count, holidays=holidays) == expected


@pytest.mark.parametrize("count", [0, -1])
def test_there_is_no_counting_backward(count):
    with pytest.raises(ValueError, match="1 or more"):
        add_business_days(MONDAY, count, holidays=())


days = st.dates(dt.date(2022, 1, 1), dt.date(2032, 12, 31))


@given(start=days, count=st.integers(1, 40), holidays=st.frozensets(days, max_size=30))
def test_the_answer_is_a_business_day_with_the_others_between(start, count, holidays):
    end = add_business_days(start, count, holidays=holidays)
    between = [start + dt.timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert sum(is_business_day(day, holidays=holidays) for day in between) == count
    assert is_business_day(end, holidays=holidays)
