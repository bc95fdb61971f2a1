"""A rolling year as the regulation words it, walking every day: slow, obvious, the measure of the engine's answers."""

import datetime as dt
from fractions import Fraction

from cases.policy.periods import anniv

ONE_DAY = dt.timedelta(days=1)


def rolling_left(uses, amount, first, last, months=12):
    """Weeks left on each day from first to last. `uses`: (date, weeks) pairs, any order.

    On every day all days of the year behind are looked at, and every later day of that day's year that has usage.
    """
    by_day = {}
    for day, weeks in uses:
        by_day[day] = by_day.get(day, Fraction(0)) + weeks
    ends = {day: anniv(day, months) for day in by_day}
    left = {}
    day = first
    while day <= last:
        left[day] = max(Fraction(0), min(_left(by_day, ends, amount, each) for each in _bounds(by_day, day, months)))
        day += ONE_DAY
    return left


def _left(by_day, ends, amount, day):
    used, use = Fraction(0), day
    for _ in range(367):
        if by_day.get(use) and day < ends[use]:
            used += by_day[use]
        use -= ONE_DAY
    return amount - used


def _bounds(by_day, day, months):
    """The day itself, and the later days with usage whose year reaches back to it."""
    yield day
    later, end = day + ONE_DAY, anniv(day, months)
    while later < end:
        if by_day.get(later):
            yield later
        later += ONE_DAY
