"""Dates, times, lengths and numbers as sentences show them, in the active language.

"Thursday, January 12, 2023", "Jan 12, 2023", "8:00 AM", "7 hours 30 minutes", "413-555-0123"; in Spanish
"jueves, 12 de enero de 2023", "12 ene 2023", "8:00 a. m.". No date is shown as numbers alone: the weekday catches a
swapped day and month. Each result is kept per language, so a long table costs no translation.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from portal.lib.clock import local
from portal.lib.phone import readable

__all__ = ["clock", "date_range", "duration", "long_date", "phone", "short_date", "short_day", "weekday"]

phone = readable


def _kept_by_language(word: Callable[..., str]) -> Callable[..., str]:
    @lru_cache(maxsize=4096)
    def kept(_language: str | None, *values: Any) -> str:
        return word(*values)

    @wraps(word)
    def in_active_language(*values: Any) -> str:
        return kept(get_language(), *values)

    return in_active_language


def _day(moment: dt.date) -> dt.date:
    return local(moment).date() if isinstance(moment, dt.datetime) else moment


def _parts(day: dt.date) -> dict[str, Any]:
    return {"weekday": WEEKDAYS[day.weekday()], "month": MONTHS[day.month], "day": day.day, "year": day.year}


def _short_parts(day: dt.date) -> dict[str, Any]:
    return {**_parts(day), "month": str(MONTHS[day.month])[:3]}  # the usual short form in both languages


@_kept_by_language
def long_date(day: dt.date) -> str:
    """Thursday, January 12, 2023. An aware moment is shown as its day in the employer's time zone."""
    # Translators: Thursday, January 12, 2023
    return _("%(weekday)s, %(month)s %(day)s, %(year)s") % _parts(_day(day))


@_kept_by_language
def short_date(day: dt.date) -> str:
    """Jan 12, 2023. An aware moment is shown as its day in the employer's time zone."""
    # Translators: Jan 12, 2023
    return _("%(month)s %(day)s, %(year)s") % _short_parts(_day(day))


@_kept_by_language
def weekday(day: dt.date) -> str:
    """Thursday; in Spanish jueves."""
    return str(WEEKDAYS[day.weekday()])


@_kept_by_language
def short_day(day: dt.date) -> str:
    """Jan 12, where the year is said elsewhere."""
    # Translators: Jan 12, as the first day of a range within one year
    return _("%(month)s %(day)s") % _short_parts(day)


@_kept_by_language
def date_range(first: dt.date, last: dt.date) -> str:
    """Sep 2 to Sep 16, 2022. One day is shown once, and both years when they differ."""
    if first == last:
        return short_date(first)
    begins = short_day(first) if first.year == last.year else short_date(first)
    # Translators: Sep 2 to Sep 16, 2022
    return _("%(first)s to %(last)s") % {"first": begins, "last": short_date(last)}


def clock(moment: dt.time | dt.datetime) -> str:
    """8:00 AM. An aware moment is shown on the employer's clock."""
    return _clock(local(moment).time() if isinstance(moment, dt.datetime) else moment)


@_kept_by_language
def _clock(moment: dt.time) -> str:
    digits = {"clock": f"{moment.hour % 12 or 12}:{moment:%M}"}
    # Translators: 8:00 AM and 8:00 PM
    return _("%(clock)s AM") % digits if moment.hour < 12 else _("%(clock)s PM") % digits


@_kept_by_language
def duration(minutes: int) -> str:
    """7 hours 30 minutes, for 450. A part that is zero is left out."""
    hours, rest = divmod(minutes, 60)
    in_hours = ngettext("%(h)s hour", "%(h)s hours", hours) % {"h": hours}
    in_minutes = ngettext("%(m)s minute", "%(m)s minutes", rest) % {"m": rest}
    if hours and rest:
        # Translators: 7 hours 30 minutes
        return _("%(hours)s %(minutes)s") % {"hours": in_hours, "minutes": in_minutes}
    return in_hours if hours else in_minutes
