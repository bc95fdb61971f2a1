"""Counting business days. Pure: the holidays are passed in (`Holiday.objects.days()`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

SATURDAY = 5
ONE_DAY = dt.timedelta(days=1)


def is_business_day(day: dt.date, *, holidays: Collection[dt.date]) -> bool:
    return day.weekday() < SATURDAY and day not in holidays


def add_business_days(start: dt.date, count: int, *, holidays: Collection[dt.date]) -> dt.date:
    """The business day `count` business days after `start`, which itself never counts.

    Something promised “within 2 business days” on a Friday falls on Tuesday. Raises ValueError when `count` is under 1.
    """
    if count < 1:
        raise ValueError("count must be 1 or more")
    day = start
    while count:
        day += ONE_DAY
        count -= is_business_day(day, holidays=holidays)
    return day
