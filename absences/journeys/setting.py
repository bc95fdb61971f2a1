"""What a step may know beside the answers: loaded once by the view, frozen, so that forms never query."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from zoneinfo import ZoneInfo

from absences.rules import DaySpan, Reported, Window


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
    options: tuple[str, ...]  # of a choice


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
    day_lengths: Mapping[int, int] | None = None  # {weekday, Monday 0: scheduled minutes}; None: no schedule on file
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
    def zone(self) -> ZoneInfo:
        assert isinstance(self.now.tzinfo, ZoneInfo)
        return self.now.tzinfo

    @property
    def after_midnight(self) -> bool:
        """The hours in which a night shift that began yesterday is still on."""
        return self.now.hour < 5

    def day_minutes(self, day: dt.date) -> int:
        """The person's own full day on `day`: as scheduled, else the usual one."""
        return (self.day_lengths or {}).get(day.weekday(), 0) or self.daily_minutes

    def serves(self, journey: str, day: dt.date) -> bool:
        """Whether the person's agency is live for this kind of request on `day` (R19)."""
        return any(day in span for span in self.served.get(journey, ()))
