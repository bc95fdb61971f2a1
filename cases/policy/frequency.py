"""Which days of a leave taken now and then go over how often and how long it was certified.

An episode is time on days that follow each other without a gap. Episodes are counted back from the day on which one
begins, over the certified number of days, never by the calendar month.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from cases.policy.periods import ONE_DAY


@dataclass(frozen=True)
class Frequency:
    """Up to `episodes` in any `period_days`, each of up to `episode_minutes`, for those that begin in these days."""

    from_: dt.date
    to: dt.date
    episodes: int
    period_days: int
    episode_minutes: int

    def holds(self, day: dt.date) -> bool:
        return self.from_ <= day <= self.to


def over(minutes: Mapping[dt.date, int], certified: Sequence[Frequency]) -> frozenset[dt.date]:
    """The days that go over it, of `minutes` missed by day. Days of which nothing is certified never do."""
    found = episodes(minutes)
    starts = [episode[0] for episode in found]
    days: set[dt.date] = set()
    for at, episode in enumerate(found):
        frequency = next((each for each in certified if each.holds(episode[0])), None)
        if frequency is None:
            continue
        since = episode[0] - dt.timedelta(days=frequency.period_days)
        before = sum(since < start and frequency.holds(start) for start in starts[:at])
        if before >= frequency.episodes:
            days.update(episode)
        else:
            taken = accumulate(minutes[day] for day in episode)
            days.update(day for day, sum_ in zip(episode, taken, strict=True) if sum_ > frequency.episode_minutes)
    return frozenset(days)


def episodes(minutes: Mapping[dt.date, int]) -> list[list[dt.date]]:
    """The days with time, ascending, in runs without a gap."""
    runs: list[list[dt.date]] = []
    for day in sorted(day for day, missed in minutes.items() if missed > 0):
        if runs and day - runs[-1][-1] == ONE_DAY:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs
