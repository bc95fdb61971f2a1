"""The usage ledger: which entries count for a limit, and how much they add up to between two dates.

Amounts are whole numbers of a unit so small that every charge of a determination is one (see Scale), so that sums are
exact and fast.
"""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

from cases.policy.policies import Limit, Unit
from cases.policy.types import LedgerEntry, Request

COUNTED = ("approved", "reserved")

Number = int | Fraction
Row = tuple[int, LedgerEntry]


@dataclass(frozen=True)
class Scale:
    """How many whole parts a week (or, for policies in minutes, a minute) is cut into."""

    unit: Unit
    parts: int

    @classmethod
    def fitting(cls, unit: Unit, quantities: Iterable[tuple[Number, Number]], amounts: Iterable[Fraction]) -> Scale:
        """The coarsest scale on which all minutes, given with their divisors, and all amounts are whole."""
        if unit == "weeks":
            sizes = {d.numerator * m.denominator for m, d in set(quantities)}
        else:
            sizes = {m.denominator for m, _ in set(quantities)}
        return cls(unit, math.lcm(*sizes, *(a.denominator for a in amounts)))

    def charge(self, minutes: Number, divisor: Number) -> int:
        """Minutes missed, over the person's own week where the policy counts weeks."""
        if self.unit == "weeks":
            parts = minutes.numerator * divisor.denominator * self.parts
            return parts // (minutes.denominator * divisor.numerator)
        return minutes.numerator * self.parts // minutes.denominator

    def amount(self, amount: Number) -> int:
        return amount.numerator * self.parts // amount.denominator

    def exact(self, parts: int) -> Fraction:
        return Fraction(parts, self.parts)


@dataclass(frozen=True)
class Ledger:
    """What counts at all: approved and reserved use. Rows keep their position in the ledger as it was given."""

    rows: tuple[Row, ...]

    @classmethod
    def of(cls, entries: Sequence[LedgerEntry]) -> Ledger:
        return cls(tuple(row for row in enumerate(entries) if row[1].status in COUNTED))

    def own(self, codes: Sequence[str]) -> list[Row]:
        """The person's own use of these policies."""
        return [row for row in self.rows if row[1].person == "self" and row[1].policy in codes]

    def counted_by(self, limit: Limit, request: Request) -> list[Row]:
        """What the limit counts towards this request."""
        rows = [row for row in self.rows if row[1].policy in limit.counts]
        if not limit.include_partner:
            rows = [row for row in rows if row[1].person == "self"]
        if limit.reasons:
            rows = [row for row in rows if confined(limit, row[1].reason, row[1].relationship)]
        if limit.period.method == "per_event":
            event = request.event.id if request.event else None
            rows = [row for row in rows if row[1].event_id == event]
        if limit.period.method == "per_condition":
            rows = [row for row in rows if row[1].condition_id == request.condition_id]
        return rows

    def minutes_on(self, code: str) -> dict[dt.date, Number]:
        """Minutes of the policy that the person was already charged, by date."""
        minutes: dict[dt.date, Number] = {}
        for _, entry in self.own((code,)):
            minutes[entry.date] = minutes.get(entry.date, 0) + entry.minutes
        return minutes


def confined(limit: Limit, reason: str | None, relationship: str | None) -> bool:
    """Whether a limit speaks to this reason and relationship."""
    return not limit.reasons or any(r == reason and w in (None, relationship) for r, w in limit.reasons)


def days_used(rows: Iterable[Row]) -> list[dt.date]:
    """The dates, ascending, on which something was used once corrections are taken off."""
    minutes: dict[dt.date, Number] = {}
    for _, entry in rows:
        minutes[entry.date] = minutes.get(entry.date, 0) + entry.minutes
    return sorted(date for date, used in minutes.items() if used > 0)


class Usage:
    """Amounts by date, ascending, with running sums: what lies between two dates is one subtraction."""

    def __init__(self, rows: Sequence[Row], scale: Scale) -> None:
        parts: dict[dt.date, int] = {}
        for _, entry in rows:
            charge = scale.charge(entry.minutes, entry.week_minutes)
            parts[entry.date] = parts.get(entry.date, 0) + charge
        self.days = sorted(day for day in parts if parts[day])
        self.parts = [parts[day] for day in self.days]
        self._sums = [0, *accumulate(self.parts)]

    @property
    def total(self) -> int:
        return self._sums[-1]

    def between(self, first: dt.date, last: dt.date) -> int:
        """Inclusive at both ends."""
        return self._sums[bisect_right(self.days, last)] - self._sums[bisect_left(self.days, first)]

    def add(self, day: dt.date, parts: int) -> None:
        """A further amount, on a day after all others."""
        self.days.append(day)
        self.parts.append(parts)
        self._sums.append(self._sums[-1] + parts)
