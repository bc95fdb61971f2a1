"""Every journey, by the code that drafts and addresses carry."""

from __future__ import annotations

from absences.journeys.engine import Journey
from absences.journeys.leave import ProtectedLeave
from absences.journeys.need import DAY_TO_DAY, LEAVE
from absences.journeys.time import ABSENCE_TIME, TimeOnCase
from absences.journeys.unplanned import DayToDay

JOURNEYS: dict[str, type[Journey]] = {DAY_TO_DAY: DayToDay, LEAVE: ProtectedLeave, ABSENCE_TIME: TimeOnCase}
