"""What the administrator promises who asks for leave: a call, then a notice of rights, each by a business day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings

from portal.office.business_days import add_business_days
from portal.office.models import Holiday


@dataclass(frozen=True)
class Promises:
    call_by: dt.date
    call_days: int  # business days, as the next
    notice_by: dt.date
    notice_days: int


def promises(opened_on: dt.date) -> Promises:
    """For a leave asked for on this civil date, which itself does not count. One query."""
    holidays = Holiday.objects.filter(on__gt=opened_on).days()
    call, notice = settings.CALL_BUSINESS_DAYS, settings.NOTICE_BUSINESS_DAYS
    return Promises(
        call_by=add_business_days(opened_on, call, holidays=holidays),
        call_days=call,
        notice_by=add_business_days(opened_on, notice, holidays=holidays),
        notice_days=notice,
    )
