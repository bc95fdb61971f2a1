"""Cases as people open them: through the product's own service."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from cases.models.case import Case
from cases.models.determination import Determination, DeterminationSpan
from cases.services.open_case import ContactWish, ReportedAbsence, RequestedLeave, open_day_to_day, open_leave
from registration.models import Employee, User
from tests.factories.people import make_employee, make_user

NOW = dt.datetime(2023, 1, 12, 13, 30, tzinfo=dt.UTC)  # Thursday, 8:30 AM in Boston
TODAY = dt.date(2023, 1, 12)
CONTACT = ContactWish(
    by_email=True, email="me@example.com", address={}, phone="+14135550123", voicemail=True, best_time="10"
)


def full_day(date: dt.date = TODAY, **fields: Any) -> ReportedAbsence:
    return ReportedAbsence(**{"date": date, "minutes": 480, "full_day": True, "start": None, "end": None, **fields})


def part_day(start: str, end: str, minutes: int, date: dt.date = TODAY) -> ReportedAbsence:
    """Times as "08:00"."""
    began, ended = dt.time.fromisoformat(start), dt.time.fromisoformat(end)
    return ReportedAbsence(date=date, minutes=minutes, full_day=False, start=began, end=ended)


def open_case(employee: Employee | None = None, *, by: User | None = None, **given: Any) -> Case:
    """A day-to-day case of `employee`, or of a new one. `given` overrides what open_day_to_day is told."""
    employee = employee or make_employee()
    told: dict[str, Any] = {
        "submission_key": uuid.uuid4(),
        "absence": full_day(),
        "reason": "Doctor’s visit",
        "facts": {"category": "employee_sick", "who": "myself"},
        "submission": {"language": "en", "rows": [["Who is this absence for?", "Myself"]], "journey": "day_to_day"},
        "channel": Case.Channel.ONLINE,
        "now": NOW,
    }
    return open_day_to_day(employee=employee, by=by or account_of(employee), **{**told, **given})


def one_block(first_day: dt.date = TODAY, last_day: dt.date = TODAY + dt.timedelta(days=13)) -> RequestedLeave:
    """A continuous leave of two weeks."""
    return RequestedLeave(pattern=Case.Pattern.CONTINUOUS, first_day=first_day, last_day=last_day, absences=())


def now_and_then(*absences: ReportedAbsence) -> RequestedLeave:
    """An intermittent leave with the days known so far."""
    return RequestedLeave(pattern=Case.Pattern.INTERMITTENT, first_day=None, last_day=None, absences=absences)


def open_leave_case(employee: Employee | None = None, *, by: User | None = None, **given: Any) -> Case:
    """A leave of `employee`, or of a new one: one block for own health. `given` overrides what open_leave is told."""
    employee = employee or make_employee()
    told: dict[str, Any] = {
        "submission_key": uuid.uuid4(),
        "leave": one_block(),
        "reasons": ["Back surgery"],
        "facts": {"category": "own_health", "relationship": "", "pay": "unpaid", "work_related": False, "more": []},
        "contact": CONTACT,
        "submission": {"language": "en", "rows": [["What do you need?", "I am ill or injured"]], "journey": "leave"},
        "channel": Case.Channel.ONLINE,
        "now": NOW,
    }
    return open_leave(employee=employee, by=by or account_of(employee), **{**told, **given})


def make_eligible(**fields: Any) -> Employee:
    """Two years in a bargaining unit, full time, 40 hours a week, with everything on file that policies ask for."""
    known = {
        "employee_group": "unit 1",
        "hire_date": TODAY.replace(year=TODAY.year - 2),
        "hours_worked_12_months": 1800,
        "worksite_headcount": 500,
        "pfml_eligible": True,
        "balances": {"sick": 2400},
    }
    return make_employee(**{**known, **fields})


def approve(case: Case, *codes: str) -> None:
    """As a specialist decides: what these policies cover is approved, the rest denied."""
    mine = Determination.objects.current().filter(case=case, policy__code__in=codes)
    spans = DeterminationSpan.objects.filter(determination__in=mine)
    spans.filter(proposal__in=["APPROVABLE", "PARTIAL"]).update(status=Case.Status.APPROVED, proposal_when_decided="")
    spans.exclude(proposal__in=["APPROVABLE", "PARTIAL"]).update(status=Case.Status.DENIED, proposal_when_decided="")
    mine.update(status=Case.Status.APPROVED)


def account_of(employee: Employee) -> User:
    return User.objects.filter(employee=employee).first() or make_user(employee)
