"""Whole sentences about cases and time missed, in the reader's language."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.models.case import Case
from cases.policy.schedules import end_day
from portal.lib.wording import clock, date_range, duration, long_date, short_date, short_day

NO_BREAK = "\N{NO-BREAK SPACE}"

STATUS = {
    Case.Status.PENDING: gettext_lazy("We are reviewing it."),
    Case.Status.INFO_NEEDED: gettext_lazy("We need something from you."),
    Case.Status.APPROVED: gettext_lazy("Your leave is approved for these dates."),
    Case.Status.DENIED: gettext_lazy("See your notice for why and how to ask for a review."),
    Case.Status.CANCELLED: gettext_lazy("You or your agency cancelled it."),
    Case.Status.CLOSED: gettext_lazy("This case has ended."),
}

PATTERN = {
    Case.Pattern.CONTINUOUS: gettext_lazy("One block of time"),
    Case.Pattern.INTERMITTENT: gettext_lazy("Time off now and then"),
}


def when(*, date: dt.date, minutes: int, start: dt.time | None, end: dt.time | None) -> str:
    """Like “Thursday, January 12, 2023, 8:00 AM to 11:30 AM (3 hours 30 minutes)”; without times, a full day."""
    words = {"date": long_date(date), "t": duration(minutes)}
    if start is None or end is None:
        return _("%(date)s, full day (%(t)s)") % words
    words |= {"start": clock(start), "end": clock(end)}
    last = end_day(date, start, end)
    if last == date:
        return _("%(date)s, %(start)s to %(end)s (%(t)s)") % words
    return _("%(date)s, %(start)s to %(end)s on %(end_date)s (%(t)s)") % {**words, "end_date": long_date(last)}


def hours(start: dt.time | None, end: dt.time | None) -> str:
    """Like “8:00 AM to 11:30 AM”; without times, the full day."""
    if start is None or end is None:
        return _("Full day")
    return _("%(start)s to %(end)s") % {"start": clock(start), "end": clock(end)}


def dates(first: dt.date | None, last: dt.date | None) -> str:
    """One day with its weekday, or a range. Cases may have no days yet."""
    if first is None or last is None:
        return _("Days not known yet")
    return long_date(first) if first == last else date_range(first, last)


def span_dates(first: dt.date, last: dt.date | None) -> str:
    """Like “Jan 12 to Jan 25, 2023”. Lines may end between the days, never within one."""
    words = date_range(first, last) if last else _("%(from)s, no end date yet") % {"from": short_date(first)}
    for day in (short_date(last or first), short_date(first), short_day(first)):
        words = words.replace(day, day.replace(" ", NO_BREAK))
    return words


def in_all(days: int, minutes: int) -> str:
    """Like “2 days, 15 hours in all”."""
    words = {"n": days, "t": duration(minutes)}
    return ngettext("%(n)s day, %(t)s in all", "%(n)s days, %(t)s in all", days) % words
