"""When notices, papers and answers are due (29 CFR 825.300-.313; 458 CMR 2.08).

A business day is Monday to Friday and no holiday; counting starts on the day after. A deadline in calendar days that
binds the employee moves on to the next business day, which is kinder than the rule.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Set
from dataclasses import dataclass, field

from cases.policy.periods import ONE_DAY, anniv

LAST_WORKDAY = 5  # Friday, by isoweekday

NOTICE_BUSINESS_DAYS = 5  # 29 CFR 825.300(b), (c), (d); 825.305(b)
CERTIFICATION_DAYS = 15  # 29 CFR 825.305(b)
CURE_DAYS = 7  # 29 CFR 825.305(c)
FORESEEABLE_DAYS = 30  # 29 CFR 825.302(a), 825.304(b)
RECERTIFY_DAYS = 30  # 29 CFR 825.308(a)
RECERTIFY_MONTHS = 6  # 29 CFR 825.308(b)
DFML_BUSINESS_DAYS = 10  # employer's answer to the department
DFML_DAYS_BEFORE = 60  # 458 CMR 2.08(1)
DFML_DAYS_AFTER = 90


@dataclass(frozen=True)
class Occasion:
    """What has happened so far. `recert_exception`: extended, changed or doubted, so at once."""

    notice_date: dt.date | None = None
    leave_start: dt.date | None = None
    unforeseeable: bool = False
    certification_requested: dt.date | None = None
    deficiency_notice: dt.date | None = None
    sufficient_information: dt.date | None = None
    last_certification: dt.date | None = None
    certified_minimum_days: int | None = None
    recert_exception: bool = False
    recertification_requested: dt.date | None = None
    dfml_application_notice: dt.date | None = None
    pfml: bool = False
    holidays: tuple[dt.date, ...] = field(default=())


@dataclass(frozen=True)
class Deadlines:
    """Dates by name; None where nothing that has happened calls for one."""

    eligibility_notice_due: dt.date | None = None
    rights_notice_due: dt.date | None = None
    certification_request_due: dt.date | None = None
    notice_30_days_met: bool | None = None
    earliest_start_if_delayed: dt.date | None = None
    certification_due: dt.date | None = None
    cure_due: dt.date | None = None
    designation_notice_due: dt.date | None = None
    recertification_earliest: dt.date | None = None
    recertification_due: dt.date | None = None
    dfml_employer_response_due: dt.date | None = None
    pfml_earliest_application: dt.date | None = None
    pfml_latest_application: dt.date | None = None


def is_business_day(day: dt.date, holidays: Set[dt.date]) -> bool:
    return day.isoweekday() <= LAST_WORKDAY and day not in holidays


def after_business_days(day: dt.date, count: int, holidays: Set[dt.date]) -> dt.date:
    """The count-th business day after `day`."""
    while count:
        day += ONE_DAY
        count -= is_business_day(day, holidays)
    return day


def rolled_forward(day: dt.date, holidays: Set[dt.date]) -> dt.date:
    """The day itself, or the next business day."""
    while not is_business_day(day, holidays):
        day += ONE_DAY
    return day


def deadlines(occasion: Occasion) -> Deadlines:
    """Every deadline that follows from what has happened."""
    holidays = frozenset(occasion.holidays)
    notice, start = occasion.notice_date, occasion.leave_start
    eligibility = _business(notice, NOTICE_BUSINESS_DAYS, holidays)
    asked_by = max(notice, start) if notice and start and occasion.unforeseeable else notice
    foreseen = notice if start and not occasion.unforeseeable else None
    applies = start if occasion.pfml else None
    return Deadlines(
        eligibility_notice_due=eligibility,
        rights_notice_due=eligibility,
        certification_request_due=_business(asked_by, NOTICE_BUSINESS_DAYS, holidays),
        notice_30_days_met=(start - foreseen).days >= FORESEEABLE_DAYS if start and foreseen else None,
        earliest_start_if_delayed=_calendar(foreseen, FORESEEABLE_DAYS),
        certification_due=_employee(occasion.certification_requested, CERTIFICATION_DAYS, holidays),
        cure_due=_employee(occasion.deficiency_notice, CURE_DAYS, holidays),
        designation_notice_due=_business(occasion.sufficient_information, NOTICE_BUSINESS_DAYS, holidays),
        recertification_earliest=_recertify(occasion),
        recertification_due=_employee(occasion.recertification_requested, CERTIFICATION_DAYS, holidays),
        dfml_employer_response_due=_business(occasion.dfml_application_notice, DFML_BUSINESS_DAYS, holidays),
        pfml_earliest_application=_calendar(applies, -DFML_DAYS_BEFORE),
        pfml_latest_application=_calendar(applies, DFML_DAYS_AFTER),
    )


def _business(day: dt.date | None, count: int, holidays: Set[dt.date]) -> dt.date | None:
    return after_business_days(day, count, holidays) if day else None


def _calendar(day: dt.date | None, count: int) -> dt.date | None:
    return day + dt.timedelta(days=count) if day else None


def _employee(day: dt.date | None, count: int, holidays: Set[dt.date]) -> dt.date | None:
    return rolled_forward(day + dt.timedelta(days=count), holidays) if day else None


def _recertify(occasion: Occasion) -> dt.date | None:
    """Not within 30 days; a longer stated minimum is waited out, but never more than six months."""
    last = occasion.last_certification
    if last is None or occasion.recert_exception:
        return last
    minimum = occasion.certified_minimum_days or 0
    if minimum <= RECERTIFY_DAYS:
        return last + dt.timedelta(days=RECERTIFY_DAYS)
    return min(last + dt.timedelta(days=minimum), anniv(last, RECERTIFY_MONTHS))
