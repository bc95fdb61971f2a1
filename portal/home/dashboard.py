"""What stands on the dashboard, loaded once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from absences.models import Draft
from cases.models.case import Case
from documents.status import Awaited, awaited_of
from portal.lib.wording import long_date
from registration.models import AgencyService, Employee, Service, User

LATEST = 3  # cases shown


@dataclass(frozen=True)
class Dashboard:
    drafts: list[Draft]
    awaited: list[Awaited]  # papers that staff asked for
    cases: list[Case]
    takes_time: list[Case]  # open leaves on which more time can be reported
    reports_days: bool  # the agency takes day-to-day absences through this portal
    tell_supervisor_until: list[str]  # sentences, while the first ten weeks of a service run


def dashboard(user: User, employee: Employee, *, now: dt.datetime, today: dt.date) -> Dashboard:
    """Five queries, for any number of cases. `now` and `today` are civil."""
    services = list(AgencyService.objects.filter(agency=employee.agency_id).in_force(today))
    own = Case.objects.visible_to(user).newest_first()
    leaves = list(own.open_leaves())
    return Dashboard(
        drafts=open_drafts(employee, now=now),
        awaited=awaited_of(leaves, owner=user, today=today),
        cases=list(own[:LATEST]),
        takes_time=[case for case in leaves if case.takes_time],
        reports_days=any(row.service == Service.DAY_TO_DAY for row in services),
        tell_supervisor_until=dual_notices(services, today=today),
    )


def dual_notices(services: list[AgencyService], *, today: dt.date) -> list[str]:
    """Until when the supervisor must be told as well (R28, R29): one sentence when it is the same day for all."""
    until = {row.service: row.dual_notice_until for row in services if today <= row.dual_notice_until}
    dates = {service: long_date(day) for service, day in until.items()}
    if len(until) == len(Service) and len(set(until.values())) == 1:
        day = dates[Service.LEAVE]
        return [_("Until %(date)s, also tell your supervisor when you will be out.") % {"date": day}]
    sentences = {
        Service.LEAVE: _("Until %(date)s, also tell your supervisor when you ask for leave."),
        Service.DAY_TO_DAY: _("Until %(date)s, also tell your supervisor about each day-to-day absence."),
    }
    return [sentences[Service(service)] % {"date": day} for service, day in sorted(dates.items())]


def open_drafts(employee: Employee, *, now: dt.datetime) -> list[Draft]:
    """The person's own requests that are not sent yet; a draft that staff hold on the phone is not theirs to see.

    The case that time is for comes along.
    """
    mine = Draft.objects.of(employee).unsent().filter(expires_at__gt=now)
    return list(mine.order_by("created_at").select_related("case").defer("answers", "unchecked"))
