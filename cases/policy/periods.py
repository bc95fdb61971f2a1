"""Date arithmetic of measuring periods (29 CFR 825.200(b)): months, years of several kinds, benefit years."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cases.policy.determination import Span
from cases.policy.types import DAYS_IN_WEEK, BenefitYear, Employment

MONTHS_IN_YEAR = 12
WEEKS_IN_YEAR = 52
BENEFIT_YEAR_DAYS = WEEKS_IN_YEAR * DAYS_IN_WEEK
BREAK_MONTHS = 7 * MONTHS_IN_YEAR

ONE_DAY = dt.timedelta(days=1)
STILL_OPEN = dt.date.max - ONE_DAY  # there is a day after it


def anniv(day: dt.date, months: int) -> dt.date:
    """The first day after the period of `months` that begins on `day`.

    The same day of the month; where the month has no such day, the first of the next: 29 February 2024 and 12 months
    give 1 March 2025.
    """
    year, month = _month_after(day, months)
    try:
        return dt.date(year, month, day.day)
    except ValueError:
        year, month = _month_after(dt.date(year, month, 1), 1)
        return dt.date(year, month, 1)


def _month_after(day: dt.date, months: int) -> tuple[int, int]:
    year, month = divmod(day.year * MONTHS_IN_YEAR + day.month - 1 + months, MONTHS_IN_YEAR)
    return year, month + 1


def window_start(day: dt.date, months: int) -> dt.date:
    """The earliest day that lies within the `months` ending on `day`: the smallest u with day < anniv(u, months)."""
    year, month = _month_after(day, -months)
    start = dt.date(year, month, 1) + dt.timedelta(days=day.day - 1)
    if start.month != month:
        return dt.date(start.year, start.month, 1)  # the day does not exist there: the month's last day, and one
    return start + ONE_DAY


def sunday(day: dt.date) -> dt.date:
    """The Sunday on or before."""
    return day - dt.timedelta(days=day.isoweekday() % DAYS_IN_WEEK)


def week_of(day: dt.date, starts_on: int) -> tuple[dt.date, ...]:
    """The seven days of the workweek that holds `day`; `starts_on` 0 is Sunday."""
    first = day - dt.timedelta(days=(day.isoweekday() - starts_on) % DAYS_IN_WEEK)
    return tuple(first + dt.timedelta(days=n) for n in range(DAYS_IN_WEEK))


def calendar_year(day: dt.date) -> Span:
    return fixed_year(day, 1, 1)


def fixed_year(day: dt.date, month: int, day_of_month: int) -> Span:
    """The year from that month and day; 29 February is 1 March where there is none."""
    first = _in_year(day.year, month, day_of_month)
    if first > day:
        return Span(_in_year(day.year - 1, month, day_of_month), first - ONE_DAY)
    return Span(first, _in_year(day.year + 1, month, day_of_month) - ONE_DAY)


def _in_year(year: int, month: int, day: int) -> dt.date:
    return anniv(dt.date(2000, month, day), (year - 2000) * MONTHS_IN_YEAR)


def service_year(day: dt.date, hired: dt.date) -> Span:
    """The year of service that holds `day`."""
    years = day.year - hired.year
    if anniv(hired, years * MONTHS_IN_YEAR) > day:
        years -= 1
    return Span(
        anniv(hired, years * MONTHS_IN_YEAR),
        anniv(hired, (years + 1) * MONTHS_IN_YEAR) - ONE_DAY,
    )


def months_from(day: dt.date, months: int) -> Span:
    return Span(day, anniv(day, months) - ONE_DAY)


def benefit_year(first_use: dt.date) -> Span:
    """52 weeks from the Sunday on or before; leap years do not count (458 CMR 2.02)."""
    return weeks_from(sunday(first_use))


def weeks_from(first: dt.date) -> Span:
    return Span(first, first + dt.timedelta(days=BENEFIT_YEAR_DAYS - 1))


@dataclass(frozen=True)
class Chain:
    """Periods that use opens: the first use opens one, the first use after its end the next, and so on.

    `known` periods stand as they are; what use opens lies around them.
    """

    opens: Callable[[dt.date], Span]
    known: tuple[Span, ...] = ()

    def holding(self, day: dt.date, uses: Sequence[dt.date]) -> Span:
        """The period that holds `day` if it were used too. `uses` ascend."""
        known = _holding(self.known, day)
        if known:
            return known
        reached = dt.date.min
        while True:
            use = min(day, _first_from(uses, reached) or day)
            period = _holding(self.known, use) or self._opened(use, reached)
            if period.from_ <= day <= period.to:
                return period
            reached = period.to + ONE_DAY

    def _opened(self, use: dt.date, reached: dt.date) -> Span:
        """What the use opens, cut off where a known period, or the one before, has the days."""
        period = self.opens(use)
        last = min([period.to, *(k.from_ - ONE_DAY for k in self.known if k.from_ > use)])
        return Span(max(period.from_, reached), last)


def _holding(periods: Sequence[Span], day: dt.date) -> Span | None:
    return next((p for p in periods if p.from_ <= day <= p.to), None)


def _first_from(days: Sequence[dt.date], day: dt.date) -> dt.date | None:
    at = bisect_left(days, day)
    return days[at] if at < len(days) else None


def benefit_years(known: Sequence[BenefitYear]) -> Chain:
    """Benefit years; those the department fixed win over those that use would open."""
    return Chain(benefit_year, tuple(sorted((weeks_from(y.start) for y in known), key=lambda s: s.from_)))


# --- service --------------------------------------------------------------------------------------------------------


def service(employment: Sequence[Employment]) -> tuple[Span, ...]:
    """Periods of service that count, ascending; one still open ends on the last day there is.

    Periods that meet are one. Those before a break of seven years are dropped, unless it is bridged
    (29 CFR 825.110(b)(1), (2)).
    """
    counted: list[Span] = []
    for period in sorted(employment, key=lambda e: e.start):
        last = period.end or STILL_OPEN
        if counted and period.start <= counted[-1].to + ONE_DAY:
            counted[-1] = Span(counted[-1].from_, max(last, counted[-1].to))
            continue
        if counted and not period.bridge and period.start >= anniv(counted[-1].to + ONE_DAY, BREAK_MONTHS):
            counted.clear()
        counted.append(Span(period.start, last))
    return tuple(counted)


def day_after_weeks(periods: Sequence[Span], weeks: int) -> dt.date | None:
    """The first day before which `weeks` distinct Sunday weeks hold a day of service; None if there never are."""
    seen: set[dt.date] = set()
    for period in periods:
        day = period.from_
        while day <= period.to:
            seen.add(sunday(day))
            if len(seen) == weeks:
                return day + ONE_DAY
            day = sunday(day) + dt.timedelta(days=DAYS_IN_WEEK)
    return None
