"""What stands on the dashboard, loaded once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from absences.models import Draft
from cases.models.case import Case
from registration.models import AgencyService, Employee, Service, User

LATEST = 3  # cases shown


@dataclass(frozen=True)
class Dashboard:
    drafts: list[Draft]
    cases: list[Case]
    reports_days: bool  # the agency takes day-to-day absences through this portal
    tell_supervisor_until: dict[str, dt.date]  # by Service: its first ten weeks still run


def dashboard(user: User, employee: Employee, *, now: dt.datetime, today: dt.date) -> Dashboard:
    """Three queries, for any number of cases. `now` and `today` are civil."""
    services = list(AgencyService.objects.filter(agency=employee.agency_id).in_force(today))
    return Dashboard(
        drafts=open_drafts(employee, now=now),
        cases=list(Case.objects.visible_to(user).newest_first()[:LATEST]),
        reports_days=any(row.service == Service.DAY_TO_DAY for row in services),
        tell_supervisor_until={
            row.service: row.dual_notice_until for row in services if today <= row.dual_notice_until
        },
    )


def open_drafts(employee: Employee, *, now: dt.datetime) -> list[Draft]:
    """The person's own requests that are not sent yet. A draft that staff hold on the phone is not theirs to see."""
    mine = Draft.objects.filter(employee=employee, channel=Case.Channel.ONLINE, submitted_case=None)
    return list(mine.filter(expires_at__gt=now).order_by("created_at").defer("answers", "unchecked"))
