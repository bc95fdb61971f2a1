"""Whom the person must tell: one sentence for one request on one day, so that nobody has to weigh two rules."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from absences.journeys.need import LEAVE
from portal.lib.wording import long_date


def whom_to_tell(journey: str, *, until: dt.date | None, today: dt.date, reached: bool) -> str:
    """In the active language.

    `until`: the last day on which the person's agency wants both told, for this kind of request (R28); None: it
    never did, or no longer does. `reached`: the roster says how to tell the supervisor.
    """
    if not reached:
        return _("Tell your supervisor yourself.")
    if until is None or today > until:
        return _("You do not need to tell your supervisor. We do that for you.")
    if journey != LEAVE:
        both = _("Until %(date)s, also tell your supervisor yourself when you will be out.")
    else:
        both = _("Until %(date)s, also tell your supervisor yourself when you ask for leave.")
    return both % {"date": long_date(until)}
