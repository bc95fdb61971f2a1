"""What a step may know beside the answers: loaded once by the view, frozen, so that forms never query."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from absences.rules import DaySpan, Reported, Window


@dataclass(frozen=True)
class Setting:
    """One person's circumstances at one moment of civil time."""

    now: dt.datetime  # aware, on the employer's wall clock
    window: Window  # the days that may be reported here
    daily_minutes: int  # the person's own full day
    reported: tuple[Reported, ...]  # time already reported, near the window and in it
    served: tuple[DaySpan, ...]  # when the person's agency takes day-to-day reports here
    questions: frozenset[str]  # kinds of procedural questions in force
    tell_supervisor_until: dt.date | None  # last day of the dual notification period, while it runs (R29)
    phone: str  # of the administrator, as people read it

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

    def serves(self, day: dt.date) -> bool:
        """Whether the person's agency is live for day-to-day reports on `day` (R19)."""
        return any(day in span for span in self.served)
