"""One account for each limit of a policy: what is left on a day, as a request is charged day by day.

Amounts are whole parts of a scale. `left` may be below zero where more was used than allowed. Accounts are asked with
days that never go back.
"""

from __future__ import annotations

import datetime as dt
from bisect import insort
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from cases.policy.determination import Span
from cases.policy.ledger import Row, Scale, Usage
from cases.policy.periods import ONE_DAY, Chain, anniv, months_from, window_start
from cases.policy.policies import Limit


@dataclass(frozen=True)
class Terms:
    """What every account starts from. `own`: whether the limit counts what this request is charged."""

    limit: Limit
    rows: list[Row]
    amount: int
    scale: Scale
    own: bool

    @property
    def months(self) -> int:
        return self.limit.period.months


class Account:
    """Counts everything the limit counts, whenever: per event or condition, once in a lifetime, a balance."""

    turns = False  # whether a new period may open during the leave
    joins = False  # whether use counts only from its own day on

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.usage = Usage(terms.rows, terms.scale)
        self.spent = Usage((), terms.scale)

    def left(self, day: dt.date) -> int:
        return self.terms.amount - self.used(day)

    def used(self, day: dt.date) -> int:
        return self.usage.total + self.spent.total

    def later_left(self, day: dt.date) -> int | None:
        """What leave already approved for later leaves, where the limit looks ahead and there is such leave."""
        return None

    def spend(self, day: dt.date, parts: int) -> None:
        """Charge the request itself."""
        if self.terms.own and parts:
            self.spent.add(day, parts)

    def period(self, day: dt.date) -> Span | None:
        return None

    def ended(self, day: dt.date) -> bool:
        """Whether the only period there is has passed."""
        return False

    def counted(self, day: dt.date, until: dt.date) -> tuple[int, ...]:
        """Positions in the ledger of what counts on the day, and of what joins it by `until`."""
        period = self.period(day)
        last = until if self.joins else dt.date.min
        return tuple(
            at for at, e in self.terms.rows if period is None or period.from_ <= e.date <= max(period.to, last)
        )

    def joining(self, day: dt.date, until: dt.date) -> int:
        """What the ledger adds after the day, `until` included, where use counts only from its own day on."""
        return self.usage.between(day + ONE_DAY, until) if self.joins else 0


class RollingAccount(Account):
    """Usage on u counts on d while u <= d < anniv(u), asked anew every day (29 CFR 825.200(b)(4), (c)).

    Leave already approved for a later day v must stay covered: for all v < anniv(d) the usage on v bounds what is
    left on d. Days only go forward, so the window and the largest later usage both slide, and no day of usage is
    looked at twice.
    """

    joins = True

    def __init__(self, terms: Terms) -> None:
        super().__init__(terms)
        self._months = terms.months
        self._ends = [anniv(day, self._months) for day in self.usage.days]
        self._used_on = self._used_by_ledger()
        self._came = self._went = self._ledger = 0
        self._own_ends: deque[tuple[dt.date, int]] = deque()
        self._own = 0
        self._ahead = 0
        self._ahead_opens: dt.date | None = None
        self._later: deque[tuple[dt.date, int]] = deque()

    def _used_by_ledger(self) -> list[int]:
        """On each day of usage, what the ledger alone has used within its window."""
        used, went, on = 0, 0, []
        for day, parts in zip(self.usage.days, self.usage.parts, strict=True):
            used += parts
            while self._ends[went] <= day:
                used -= self.usage.parts[went]
                went += 1
            on.append(used)
        return on

    def left(self, day: dt.date) -> int:
        left = self.terms.amount - self.used(day)
        later = self.later_left(day)
        return left if later is None or left < later else later

    def used(self, day: dt.date) -> int:
        days, parts = self.usage.days, self.usage.parts
        while self._came < len(days) and days[self._came] <= day:
            self._ledger += parts[self._came]
            self._came += 1
        while self._went < self._came and self._ends[self._went] <= day:
            self._ledger -= parts[self._went]
            self._went += 1
        while self._own_ends and self._own_ends[0][0] <= day:
            self._own -= self._own_ends.popleft()[1]
        return self._ledger + self._own

    def spend(self, day: dt.date, parts: int) -> None:
        super().spend(day, parts)
        if self.terms.own and parts:
            self._own += parts
            self._own_ends.append((anniv(day, self._months), parts))

    def later_left(self, day: dt.date) -> int | None:
        """By sliding maximum. What the request itself used before a later window opens is known when it opens."""
        while self._opens_by(day):
            self._look_ahead()
        while self._later and self._later[0][0] <= day:
            self._later.popleft()
        return self.terms.amount - self._later[0][1] - self.spent.total if self._later else None

    def _opens_by(self, day: dt.date) -> bool:
        """Whether the window of the next day of usage reaches back to `day`."""
        if self._ahead_opens is None and self._ahead < len(self.usage.days):
            self._ahead_opens = window_start(self.usage.days[self._ahead], self._months)
        return self._ahead_opens is not None and self._ahead_opens <= day

    def _look_ahead(self) -> None:
        opens = self._ahead_opens
        assert opens is not None
        used = self._used_on[self._ahead] - self.spent.between(dt.date.min, opens - ONE_DAY)
        while self._later and self._later[-1][1] <= used:
            self._later.pop()
        self._later.append((self.usage.days[self._ahead], used))
        self._ahead += 1
        self._ahead_opens = None

    def period(self, day: dt.date) -> Span:
        return Span(window_start(day, self._months), day)


class AtStartAccount(Account):
    """Measured back once, from the start of the leave: nothing comes back during it."""

    joins = True

    def __init__(self, terms: Terms, *, start: dt.date) -> None:
        super().__init__(terms)
        self._from = window_start(start, terms.months)

    def used(self, day: dt.date) -> int:
        return self.usage.between(self._from, day) + self.spent.total

    def period(self, day: dt.date) -> Span:
        return Span(self._from, day)


class YearAccount(Account):
    """Periods in which all usage counts, future included; `year` says which one holds a day."""

    def __init__(self, terms: Terms, *, year: Callable[[dt.date], Span]) -> None:
        super().__init__(terms)
        self._year = year
        self._summed: Span | None = None
        self._sum = 0

    def used(self, day: dt.date) -> int:
        period = self.period(day)
        if period != self._summed:
            self._summed, self._sum = period, self.usage.between(period.from_, period.to)
        return self._sum + self.spent.between(period.from_, period.to)

    def period(self, day: dt.date) -> Span:
        return self._year(day)


class OpenedAccount(YearAccount):
    """Periods opened by use: rolling forward, benefit years. A day not yet used is taken as used to see its period.

    `opens`: whether use of this very policy opens one.
    """

    turns = True

    def __init__(self, terms: Terms, *, chain: Chain, uses: list[dt.date], opens: bool) -> None:
        super().__init__(terms, year=lambda day: chain.holding(day, uses))
        self._uses = uses
        self._opens = opens

    def spend(self, day: dt.date, parts: int) -> None:
        super().spend(day, parts)
        if self._opens and parts:
            insort(self._uses, day)


class SingleAccount(YearAccount):
    """12 months from the first use for one servicemember; what is unused then is forfeited (29 CFR 825.127(e)(1))."""

    def __init__(self, terms: Terms, *, firsts: list[dt.date]) -> None:
        super().__init__(terms, year=self._single)
        self._firsts = firsts

    def _single(self, day: dt.date) -> Span:
        return months_from(min([day, *self._firsts, *self.spent.days[:1]]), self.terms.months)

    def left(self, day: dt.date) -> int:
        return 0 if self.ended(day) else super().left(day)

    def ended(self, day: dt.date) -> bool:
        return day > self.period(day).to


class CombinedAccount(Account):
    """All usage in any caregiver year that holds the day; the fullest one binds (29 CFR 825.127(e)(3)).

    `others` are the first uses for other servicemembers. `firsts` is None where the request's own use opens no year,
    else the first use for its servicemember, if there was any.
    """

    def __init__(self, terms: Terms, *, others: list[dt.date], firsts: list[dt.date] | None) -> None:
        super().__init__(terms)
        self._others = others
        self._firsts = firsts
        self._sums: dict[Span, int] = {}

    def used(self, day: dt.date) -> int:
        return max((self._between(year) for year in self._holding(day)), default=0)

    def period(self, day: dt.date) -> Span | None:
        return max(self._holding(day), key=self._between, default=None)

    def counted(self, day: dt.date, until: dt.date) -> tuple[int, ...]:
        return super().counted(day, until) if self.period(day) else ()

    def _holding(self, day: dt.date) -> list[Span]:
        firsts = self._others
        if self._firsts is not None:
            firsts = [*firsts, min([day, *self._firsts, *self.spent.days[:1]])]
        if not firsts:
            return []
        years = [months_from(first, self.terms.months) for first in firsts if first <= day]
        return [year for year in years if day <= year.to]

    def _between(self, year: Span) -> int:
        if year not in self._sums:
            self._sums[year] = self.usage.between(year.from_, year.to)
        return self._sums[year] + self.spent.between(year.from_, year.to)
