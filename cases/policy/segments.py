"""The status of every day of a request, and the runs of one status that tile it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from cases.policy.balance import half_up
from cases.policy.determination import DayFinding, Segment, Status
from cases.policy.schedules import Minutes


def statuses(
    every_day: Sequence[dt.date],
    unreached: Mapping[dt.date, Status],
    charged: Mapping[dt.date, Status],
    *,
    anything_left: bool,
) -> dict[dt.date, Status]:
    """Days that cost nothing go with the day before, leading ones with the first that costs something.

    Where nothing is charged at all, what is left on the first day decides.
    """
    current = _leading(charged, anything_left=anything_left)
    by_day: dict[dt.date, Status] = {}
    for day in every_day:
        if day in unreached:
            by_day[day] = unreached[day]
        elif day in charged:
            by_day[day] = charged[day]
            current = "EXHAUSTED" if charged[day] == "PARTIAL" else charged[day]
        else:
            by_day[day] = current
    return by_day


def _leading(charged: Mapping[dt.date, Status], *, anything_left: bool) -> Status:
    first = next(iter(charged.values()), None)
    if first is None:
        return "APPROVABLE" if anything_left else "EXHAUSTED"
    return "APPROVABLE" if first == "PARTIAL" else first


def segments(by_day: Mapping[dt.date, Status], days: Sequence[DayFinding]) -> tuple[Segment, ...]:
    """Runs of one status; a day covered in part stands alone."""
    approved: dict[dt.date, Minutes] = {day.date: day.approved_minutes for day in days}
    runs: list[tuple[dt.date, dt.date, Status, Minutes]] = []
    for day, status in by_day.items():
        minutes = approved.get(day, 0)
        if runs and runs[-1][2] == status and status != "PARTIAL":
            first, _, _, so_far = runs[-1]
            runs[-1] = (first, day, status, so_far + minutes)
        else:
            runs.append((day, day, status, minutes))
    return tuple(Segment(first, last, status, half_up(minutes)) for first, last, status, minutes in runs)
