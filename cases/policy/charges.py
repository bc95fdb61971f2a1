"""What a leave costs on each day: minutes missed and the week they are measured by (29 CFR 825.200(h), 825.205).

Only days that the policy reaches are charged, and only they leave a note.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from cases.policy.policies import Policy
from cases.policy.reach import days
from cases.policy.schedules import Minutes, Roster
from cases.policy.types import DAYS_IN_WEEK, AbsenceTime, Calendar, Employee, Request


@dataclass(frozen=True)
class Charge:
    """Minutes missed over the minutes of the actual workweek."""

    minutes: Minutes
    divisor: Minutes


@dataclass(frozen=True)
class Missed:
    """Minutes before what is charged already is taken off, and the most that the day can cost (None: no bound)."""

    minutes: Minutes
    cap: Minutes | None


class DaysOff:
    """Holidays and closures, as one employee meets them."""

    def __init__(self, calendar: Calendar, employee: Employee) -> None:
        works = employee.works_holidays
        self.holidays = frozenset() if works else frozenset(calendar.holidays)
        self.closures = frozenset() if works else frozenset(calendar.closures)

    def kind(self, day: dt.date) -> str | None:
        if day in self.holidays:
            return "HOLIDAY"
        return "CLOSURE" if day in self.closures else None


class Charges:
    """The charges of one policy for one request. `unreached` says which days cost nothing, and may still grow."""

    def __init__(
        self, policy: Policy, request: Request, roster: Roster, off: DaysOff, unreached: Mapping[dt.date, object]
    ) -> None:
        self._policy = policy
        self._request = request
        self._roster = roster
        self._off = off
        self._unreached = unreached
        self._overtime = _overtime(request, roster)
        self.notes: set[str] = set()

    def net(self, held: Mapping[dt.date, Minutes], covered: Mapping[dt.date, Minutes]) -> dict[dt.date, Charge]:
        """Charges above zero by date, ascending.

        `held`: what the ledger was charged for that policy and date already; a minute is charged once. `covered`:
        minutes that policies which come first cover of a day.
        """
        charges = {}
        for day, missed in self._gross().items():
            minutes = missed.minutes - covered.get(day, 0)
            room = minutes if missed.cap is None else missed.cap - held.get(day, 0)
            if minutes > room:
                minutes = room
                self.notes.add("OVERLAP_ALREADY_CHARGED")
            if minutes > 0:
                charges[day] = Charge(minutes, self._divisor(day))
        return charges

    def _divisor(self, day: dt.date) -> Minutes:
        """Mandatory overtime that was missed is part of the week (29 CFR 825.205(c))."""
        extra: Minutes = 0
        if self._overtime:
            extra = sum(self._overtime.get(each, 0) for each in self._roster.week(day))
        return self._roster.divisor(day) + extra

    def _gross(self) -> dict[dt.date, Missed]:
        self.notes.clear()
        if self._request.mode == "intermittent":
            return self._intermittent()
        missed = self._continuous if self._request.mode == "continuous" else self._reduced
        by_day = {
            day: (missed(day), self._roster.minutes(day))
            for day in days(self._request.start, self._request.end)
            if day not in self._unreached
        }
        return {day: Missed(minutes, cap) for day, (minutes, cap) in by_day.items() if minutes}

    # --- continuous -------------------------------------------------------------------------------------------------

    def _continuous(self, day: dt.date) -> Minutes:
        scheduled = self._roster.minutes(day)
        kind = self._off.kind(day)
        if not scheduled or not kind:
            return scheduled
        if self._policy.unit == "weeks" and self._shut(day):
            self.notes.add("CLOSURE_WEEK_NOT_COUNTED")
            return 0
        if self._policy.unit == "weeks" and self._whole_week(day):
            self.notes.add(f"{kind}_CHARGED")
            return scheduled
        self.notes.add(f"{kind}_NOT_CHARGED")
        return 0

    def _scheduled_week(self, day: dt.date) -> list[dt.date]:
        return [each for each in self._roster.week(day) if self._roster.minutes(each)]

    def _shut(self, day: dt.date) -> bool:
        """Nobody was to work that week: every scheduled day is off, and not for holidays alone."""
        week = self._scheduled_week(day)
        return all(self._off.kind(each) for each in week) and any(each in self._off.closures for each in week)

    def _whole_week(self, day: dt.date) -> bool:
        """Every scheduled day of the workweek lies in the leave and is reached."""
        first, last = self._request.start, self._request.end
        return all(first <= each <= last and each not in self._unreached for each in self._scheduled_week(day))

    # --- reduced ----------------------------------------------------------------------------------------------------

    def _reduced(self, day: dt.date) -> Minutes:
        scheduled = self._roster.minutes(day)
        worked = (self._request.reduced_week or (0,) * DAYS_IN_WEEK)[day.isoweekday() % DAYS_IN_WEEK]
        missed = max(scheduled - worked, 0)
        kind = self._off.kind(day)
        if missed and kind:
            self.notes.add(f"{kind}_NOT_CHARGED")
            return 0
        return missed if missed == scheduled else min(self._rounded(missed), scheduled)

    # --- intermittent -----------------------------------------------------------------------------------------------

    def _intermittent(self) -> dict[dt.date, Missed]:
        pieces: dict[dt.date, Minutes] = {}
        for absence in self._request.absences:
            for day, minutes in self._pieces(absence):
                if self._request.start <= day <= self._request.end and day not in self._unreached:
                    pieces[day] = pieces.get(day, 0) + self._piece(absence, day, minutes)
        return {day: self._capped(day, pieces[day]) for day in sorted(pieces) if pieces[day]}

    def _capped(self, day: dt.date, minutes: Minutes) -> Missed:
        if self._roster.varies(day):
            return Missed(minutes, None)
        cap = self._roster.minutes(day) + self._overtime.get(day, 0)
        if minutes > cap:
            self.notes.add("CAPPED_AT_SCHEDULE")
        return Missed(min(minutes, cap), cap)

    def _pieces(self, absence: AbsenceTime) -> list[tuple[dt.date, Minutes]]:
        """What an absence takes of which date. Clock times are cut by the shifts they overlap."""
        day = absence.date
        if absence.full_day:
            return [(day, self._roster.minutes(day))]
        if absence.start is None or absence.end is None:
            return [(day, absence.minutes or 0)]
        if absence.ot or not self._roster.knows_shifts(day):
            return [(day, self._roster.span(day, absence.start, absence.end).minutes)]
        return self._cut(day, absence.start, absence.end) or [(day, 0)]

    def _cut(self, day: dt.date, start: dt.time, end: dt.time) -> list[tuple[dt.date, Minutes]]:
        away = self._roster.span(day, start, end)
        pieces: list[tuple[dt.date, Minutes]] = []
        for each in days(day - dt.timedelta(days=1), day + dt.timedelta(days=1)):
            shift = self._roster.shift(each)
            if shift and shift.overlaps(away):
                common = min(shift.end, away.end) - max(shift.start, away.start)
                pieces.append((each, min(int(common.total_seconds()) // 60, self._roster.minutes(each))))
        return pieces

    def _piece(self, absence: AbsenceTime, day: dt.date, minutes: Minutes) -> Minutes:
        """What one absence costs of a date, before the absences of that date are added up."""
        scheduled = self._roster.minutes(day)
        kind = self._off.kind(day)
        if absence.ot == "voluntary":
            self.notes.add("VOLUNTARY_OT_NOT_CHARGED")
        elif absence.ot != "mandatory" and not (scheduled and minutes):
            self.notes.add("NOT_SCHEDULED")
        elif kind:
            self.notes.add(f"{kind}_NOT_CHARGED")
        elif absence.ot == "mandatory":
            self.notes.add("MANDATORY_OT_CHARGED")
            return self._rounded(minutes)
        else:
            return self._ordinary(day, minutes, scheduled)
        return 0

    def _ordinary(self, day: dt.date, minutes: Minutes, scheduled: Minutes) -> Minutes:
        """The whole shift, or part of it in increments."""
        if minutes < scheduled or self._roster.varies(day):
            return self._rounded(minutes)
        if minutes > scheduled:
            self.notes.add("CAPPED_AT_SCHEDULE")
        return scheduled

    def _rounded(self, minutes: Minutes) -> Minutes:
        """Down to the increment, never more than taken (29 CFR 825.205(a)(1)); then up to the smallest charge."""
        rounded = minutes // self._policy.increment_minutes * self._policy.increment_minutes
        if rounded < minutes:
            self.notes.add("ROUNDED_DOWN")
        if minutes and rounded < self._policy.minimum_charge_minutes:
            self.notes.add("RAISED_TO_MINIMUM")
            return self._policy.minimum_charge_minutes
        return rounded


def _overtime(request: Request, roster: Roster) -> dict[dt.date, Minutes]:
    """Mandatory overtime missed, by date."""
    minutes: dict[dt.date, Minutes] = {}
    for absence in request.absences:
        if absence.ot == "mandatory":
            missed = absence.minutes or 0
            if absence.start is not None and absence.end is not None:
                missed = roster.span(absence.date, absence.start, absence.end).minutes
            minutes[absence.date] = minutes.get(absence.date, 0) + missed
    return minutes
