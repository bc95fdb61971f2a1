"""What a journey's steps may know, read once a request: three queries, however long the person's history is."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from absences.journeys.setting import Setting
from absences.models import Journey, ProceduralQuestion
from absences.rules import DaySpan, Window
from cases.history import reported_days
from portal.lib import clock
from portal.office.models import ContactRecord
from registration.models import AgencyService, Employee, Service


def unplanned_setting(employee: Employee, contact: ContactRecord, *, now: dt.datetime) -> Setting:
    """The circumstances of a day-to-day report. `now` is civil time."""
    wall = clock.local(now)
    window = Window.around(wall.date(), past=settings.UNPLANNED_PAST_DAYS, future=settings.UNPLANNED_FUTURE_DAYS)
    services = _services(employee)
    asked = ProceduralQuestion.objects.asked(journey=Journey.DAY_TO_DAY, agency_id=employee.agency_id, on=wall.date())
    return Setting(
        now=wall,
        window=window,
        daily_minutes=employee.daily_minutes,
        reported=tuple(reported_days(employee, since=window.clash_since)),
        served=tuple(DaySpan(row.starts_on, row.ends_on) for row in services),
        questions=frozenset(asked.values_list("kind", flat=True)),
        tell_supervisor_until=_dual_notice(services, wall.date()),
        phone=contact.phone,
    )


def tell_supervisor_until(employee: Employee, today: dt.date) -> dt.date | None:
    """The last day on which the person must also tell the supervisor, while that period runs (R28, R29)."""
    return _dual_notice(_services(employee), today)


def _services(employee: Employee) -> list[AgencyService]:
    return list(AgencyService.objects.filter(agency=employee.agency_id, service=Service.DAY_TO_DAY))


def _dual_notice(services: list[AgencyService], today: dt.date) -> dt.date | None:
    running = [row for row in services if today in DaySpan(row.starts_on, row.ends_on)]
    return next((row.dual_notice_until for row in running if today <= row.dual_notice_until), None)
