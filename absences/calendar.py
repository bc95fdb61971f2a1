"""An absence as a calendar entry (RFC 5545) that says no more than that the person is out."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from cases.models.case import Absence
from portal.lib import clock


def out_of_work(absence: Absence) -> bytes:
    """One event: the day, or the stretch of time in the employer's zone. Private, without place or reason.

    `absence.case` is loaded. The same absence always has the same UID, so that a second import replaces the first.
    """
    event = Event()
    event.add("uid", f"{absence.pk}@{urlsplit(settings.PUBLIC_BASE_URL).hostname}")
    event.add("dtstamp", absence.case.opened_at)
    event.add("summary", _("Out of work"))
    event.add("description", _("Case %(case)s") % {"case": absence.case.number})
    event.add("class", "PRIVATE")
    if absence.span is None:
        event.add("dtstart", absence.date)
        event.add("dtend", absence.date + dt.timedelta(days=1))
    else:
        event.add("dtstart", clock.local(absence.span.lower))
        event.add("dtend", clock.local(absence.span.upper))
    calendar = Calendar()
    calendar.add("prodid", "-//Leave portal//EN")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    content: bytes = calendar.to_ical()
    return content
