"""Civil time: what the employer's calendar and clock on the wall say.

Rules never read a clock; views and services read this one and pass the answer on. Leases, retries,
code life and sessions use the real clock (the database's), never this one.
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings


def zone() -> ZoneInfo:
    """The employer's time zone. Every date of an absence is a date in it."""
    return ZoneInfo(settings.TIME_ZONE)


def now() -> dt.datetime:
    """The civil moment, aware, in UTC. `CIVIL_TIME_OFFSET` is zero except in the demo."""
    return dt.datetime.now(tz=dt.UTC) + settings.CIVIL_TIME_OFFSET


def civil(moment: dt.datetime) -> dt.datetime:
    """A moment of the real clock, as a database row has it, on the calendar that the pages show."""
    return moment + settings.CIVIL_TIME_OFFSET


def local(moment: dt.datetime) -> dt.datetime:
    """The same moment on the employer's wall clock."""
    return moment.astimezone(zone())


def today() -> dt.date:
    """The employer's civil date."""
    return local(now()).date()
