"""Who asks for leave, what is asked, what was used: the engine's inputs as frozen data.

Quantities are minutes unless a name says otherwise; weeks are exact fractions. Arrays of a week run Sunday to
Saturday. Dates are civil dates of the employer, ranges are inclusive at both ends. A trailing underscore only keeps a
name apart from Python's own; stored data does not have it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

DAYS_IN_WEEK = 7

Week = tuple[int, ...]
Mode = Literal["continuous", "reduced", "intermittent"]


# --- who asks -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Weekly:
    """The same minutes every week."""

    kind: Literal["weekly"]
    from_: dt.date
    week: Week
    to: dt.date | None = None


@dataclass(frozen=True)
class Shift:
    """Wall-clock times; an end at or before the start is the next day's. `break_` is unpaid minutes inside."""

    start: dt.time
    end: dt.time
    break_: int = 0


@dataclass(frozen=True)
class Shifts:
    """One shift or none for each weekday. A shift's minutes belong to the date on which it starts."""

    kind: Literal["shifts"]
    from_: dt.date
    week: tuple[Shift | None, ...]
    to: dt.date | None = None


@dataclass(frozen=True)
class Rotating:
    """Several weeks in turn, the first of them beginning on `anchor`."""

    kind: Literal["rotating"]
    from_: dt.date
    anchor: dt.date
    weeks: tuple[Week, ...]
    to: dt.date | None = None


@dataclass(frozen=True)
class WeeksWorked:
    """`weeks` consecutive weeks of `minutes` each, the first beginning on `from_`."""

    from_: dt.date
    weeks: int
    minutes: int


@dataclass(frozen=True)
class Variable:
    """Hours that vary so much that only their average can be used (29 CFR 825.205(b)(3))."""

    kind: Literal["variable"]
    from_: dt.date
    history: tuple[WeeksWorked, ...]
    to: dt.date | None = None


Schedule = Weekly | Shifts | Rotating | Variable


@dataclass(frozen=True)
class Employment:
    """`bridge`: the break before this period does not drop earlier service (military service, written agreement)."""

    start: dt.date
    end: dt.date | None = None
    bridge: bool = False


@dataclass(frozen=True)
class WorkLog:
    """Minutes worked on each weekday from `from_` to `to`."""

    from_: dt.date
    to: dt.date
    week: Week


@dataclass(frozen=True)
class BenefitYear:
    """A benefit year as the state's department fixed it; 364 days."""

    start: dt.date


@dataclass(frozen=True)
class Employee:
    """What is known about the person on the day of asking. None is unknown, which is never the same as no."""

    group: str
    employment: tuple[Employment, ...] = ()
    hours_worked_12mo_minutes: int | None = None
    work_log: tuple[WorkLog, ...] = ()
    userra_credit_minutes: int = 0
    hours_presumed: bool = False
    worksite_headcount_75mi: int | None = None
    probation_end: dt.date | None = None
    full_time: bool = True
    facts: Mapping[str, bool | None] = field(default_factory=dict)
    balances: Mapping[str, int] = field(default_factory=dict)
    pfml_benefit_years: tuple[BenefitYear, ...] = ()
    spouse_same_employer_eligible: bool = False
    works_holidays: bool = False
    schedules: tuple[Schedule, ...] = ()

    def flag(self, name: str) -> bool:
        """Whether the attribute or fact of this name is true; unknown is not."""
        return getattr(self, name, None) is True or self.facts.get(name) is True


@dataclass(frozen=True)
class LedgerEntry:
    """Minutes of one policy used on one date. `week_minutes` is the divisor, frozen when the charge was made.

    A correction is an entry of negative minutes, never an edit.
    """

    policy: str
    date: dt.date
    minutes: int | Fraction
    week_minutes: int | Fraction
    status: Literal["approved", "reserved", "pending", "denied"]
    person: Literal["self", "partner"] = "self"
    reason: str | None = None
    relationship: str | None = None
    condition_id: str | None = None
    event_id: str | None = None
    servicemember_id: str | None = None


@dataclass(frozen=True)
class Calendar:
    """`workweek_start`: 0 is Sunday."""

    tz: str = "America/New_York"
    workweek_start: int = 0
    holidays: tuple[dt.date, ...] = ()
    closures: tuple[dt.date, ...] = ()


# --- what is asked --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class AbsenceTime:
    """One absence of an intermittent leave: the whole shift, minutes, or two wall-clock times."""

    date: dt.date
    full_day: bool = False
    minutes: int | None = None
    start: dt.time | None = None
    end: dt.time | None = None
    ot: Literal["mandatory", "voluntary"] | None = None


@dataclass(frozen=True)
class Event:
    """A birth or placement; `date` may still be unknown."""

    id: str | None = None
    type: Literal["birth", "adoption", "foster"] | None = None
    date: dt.date | None = None
    children: int = 1


@dataclass(frozen=True)
class Exigency:
    type: str | None = None
    anchor: dt.date | None = None


@dataclass(frozen=True)
class Request:
    """`reduced_week`: minutes still worked on each weekday."""

    reason: str
    relationship: str
    mode: Mode
    start: dt.date
    end: dt.date
    reduced_week: Week | None = None
    absences: tuple[AbsenceTime, ...] = ()
    condition_id: str | None = None
    event: Event | None = None
    servicemember_id: str | None = None
    exigency: Exigency | None = None
    employer_agrees_intermittent: bool | None = None
    is_extension: bool = False
