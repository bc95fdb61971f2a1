"""Time away as a calendar file (RFC 5545) that says no more than that the person is out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from cases.models.case import Absence, Case
from portal.lib import clock


def out_of_work(case: Case, absences: Iterable[Absence]) -> bytes:
    """A continuous leave as one stretch of days, anything else as one event for each of its `absences`.

    Private, without place or reason. The same time away always has the same UID, so that a second import replaces the
    first.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Leave portal//EN")
    calendar.add("version", "2.0")
    for event in _events(case, absences):
        calendar.add_component(event)
    calendar.add_missing_timezones()
    content: bytes = calendar.to_ical()
    return content


def has_days(case: Case, absences: Iterable[Absence]) -> bool:
    """Whether there is anything to put into a calendar."""
    return case.pattern == Case.Pattern.CONTINUOUS or any(_counts(absence) for absence in absences)


def _counts(absence: Absence) -> bool:
    return absence.status == Absence.Status.REPORTED


def _events(case: Case, absences: Iterable[Absence]) -> list[Event]:
    if case.pattern == Case.Pattern.CONTINUOUS:
        assert case.first_day is not None
        assert case.last_day is not None
        return [_all_day(case, case.pk, case.first_day, case.last_day)]
    return [_absence(case, absence) for absence in absences if _counts(absence)]


def _absence(case: Case, absence: Absence) -> Event:
    if absence.span is None:
        return _all_day(case, absence.pk, absence.date, absence.date)
    return _event(case, absence.pk, clock.local(absence.span.lower), clock.local(absence.span.upper))


def _all_day(case: Case, key: UUID, first: dt.date, last: dt.date) -> Event:
    return _event(case, key, first, last + dt.timedelta(days=1))


def _event(case: Case, key: UUID, start: Any, end: Any) -> Event:
    """`end` is the moment, or the day, after the last one."""
    event = Event()
    event.add("uid", f"{key}@{urlsplit(settings.PUBLIC_BASE_URL).hostname}")
    event.add("dtstamp", case.opened_at)
    event.add("summary", _("Out of work"))
    event.add("description", _("Case %(case)s") % {"case": case.number})
    event.add("class", "PRIVATE")
    event.add("dtstart", start)
    event.add("dtend", end)
    return event
