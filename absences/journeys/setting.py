"""What a step may know beside the answers: loaded once by the view, frozen, so that forms never query."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from zoneinfo import ZoneInfo

from absences.rules import MOST_MINUTES, DaySpan, Reported, Window
from absences.workdays import NOTHING_ON_FILE, OwnSchedule

INTERMITTENT = "intermittent"  # Case.Pattern's word


@dataclass(frozen=True)
class OnFile:
    """How the person is reached, as the profile or the roster has it. "" where nothing is known."""

    email: str = ""
    street: str = ""
    street_2: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    phone: str = ""  # E.164


@dataclass(frozen=True)
class LiaisonLine:
    """Whom to ask about pay: a row of the directory."""

    name: str
    phone: str  # E.164, "" where none is known
    email: str


class LeaveOnRecord(Protocol):
    """A leave that is asked for or granted and not over."""

    @property
    def case_number(self) -> str: ...
    @property
    def pattern(self) -> str: ...
    @property
    def first_day(self) -> dt.date | None: ...
    @property
    def last_day(self) -> dt.date | None: ...
    @property
    def opened_on(self) -> dt.date: ...


@dataclass(frozen=True)
class MoreQuestion:
    """A question of the agency's own, in the active language."""

    name: str  # of its form field
    answered_by: str  # "yes_no", "choice" or "words"
    question: str
    hint: str
    options: tuple[tuple[str, str], ...]  # of a choice: its code, the same in every language, and its words
    required: bool = True


@dataclass(frozen=True)
class Setting:
    """One person's circumstances at one moment of civil time."""

    now: dt.datetime  # aware, on the employer's wall clock
    window: Window  # the days that may be reported here
    daily_minutes: int  # the person's usual full day
    reported: tuple[Reported, ...]  # time already reported, near the window and in it
    served: Mapping[str, tuple[DaySpan, ...]]  # {journey: when the person's agency is live for it here}
    questions: frozenset[str]  # kinds of procedural questions in force
    tell_supervisor_until: dt.date | None  # last day of the dual notification period, while it runs (R29)
    phone: str  # of the administrator, as people read it
    admin_name: str = ""
    leave_window: Window | None = None  # the first days a continuous leave may have
    longest_leave_months: int = 12
    call_days: int = 2  # business days until who asks for leave is called
    schedule: OwnSchedule = NOTHING_ON_FILE
    open_leaves: tuple[LeaveOnRecord, ...] = ()
    more_questions: tuple[MoreQuestion, ...] = ()
    on_file: OnFile = OnFile()
    liaisons: tuple[LiaisonLine, ...] = ()

    @property
    def today(self) -> dt.date:
        return self.now.date()

    @property
    def days_ahead(self) -> int:
        return (self.window.latest - self.today).days

    @property
    def days_back(self) -> int:
        return (self.today - self.window.earliest).days

    @property
    def leave_days_back(self) -> int:
        assert self.leave_window is not None
        return (self.today - self.leave_window.earliest).days

    @property
    def zone(self) -> ZoneInfo:
        assert isinstance(self.now.tzinfo, ZoneInfo)
        return self.now.tzinfo

    @property
    def after_midnight(self) -> bool:
        """The hours in which a night shift that began yesterday is still on."""
        return self.now.hour < 5

    def day_minutes(self, day: dt.date) -> int:
        """The person's own full day on `day`: as scheduled, else the usual one."""
        scheduled = self.schedule.minutes_on(day, zone=self.zone)
        return min(scheduled, MOST_MINUTES) or self.daily_minutes

    @property
    def open_intermittent(self) -> tuple[LeaveOnRecord, ...]:
        """The open leaves that time can be reported on."""
        return tuple(leave for leave in self.open_leaves if leave.pattern == INTERMITTENT)

    def serves(self, journey: str, day: dt.date) -> bool:
        """Whether the person's agency is live for this kind of request on `day` (R19)."""
        return any(day in span for span in self.served.get(journey, ()))
