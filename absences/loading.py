"""What a journey's steps may know, read once a request: as many queries however long the person's history is."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings

from absences.journeys.setting import LiaisonLine, MoreQuestion, OnFile, Setting
from absences.models import Journey, ProceduralQuestion
from absences.rules import DaySpan, Window
from absences.workdays import OwnSchedule, ScheduleRow
from cases.history import open_leaves, reported_days
from portal.lib import clock
from portal.office.models import ContactRecord, in_spanish
from registration.models import AgencyService, Employee, PhoneDevice, User, WorkSchedule

LEAVE_PARTS = (Journey.LEAVE, Journey.ABSENCE_TIME)


def setting_for(journey: str, employee: Employee, contact: ContactRecord, *, now: dt.datetime) -> Setting:
    """The circumstances of a request of this kind. `now` is civil time."""
    wall = clock.local(now)
    today = wall.date()
    window = days_that_may_be_reported(journey, today)
    services = _services(employee)
    return Setting(
        now=wall,
        window=window,
        leave_window=Window.around(today, past=settings.LEAVE_PAST_DAYS, future=settings.LEAVE_FUTURE_DAYS),
        longest_leave_months=settings.LEAVE_MAX_MONTHS,
        call_days=settings.CALL_BUSINESS_DAYS,
        daily_minutes=employee.daily_minutes,
        reported=tuple(reported_days(employee, since=window.clash_since)),
        served=_served(services),
        tell_supervisor_until=_dual_notice(services, journey, today),
        phone=contact.phone,
        admin_name=contact.admin_name,
        schedule=_schedule(employee, until=window.latest),
        open_leaves=tuple(open_leaves(employee)),
        **_questions(journey, employee, today),
        **(_for_leave(employee) if journey in LEAVE_PARTS else {}),
    )


def days_that_may_be_reported(journey: str, today: dt.date) -> Window:
    if journey == Journey.DAY_TO_DAY:
        return Window.around(today, past=settings.UNPLANNED_PAST_DAYS, future=settings.UNPLANNED_FUTURE_DAYS)
    return Window.around(today, past=settings.TIME_PAST_DAYS, future=settings.TIME_FUTURE_DAYS)


def tell_supervisor_until(journey: str, employee: Employee, today: dt.date) -> dt.date | None:
    """The last day on which the person must also tell the supervisor, while that period runs (R28, R29)."""
    return _dual_notice(_services(employee), journey, today)


def _questions(journey: str, employee: Employee, today: dt.date) -> dict[str, Any]:
    asked = ProceduralQuestion.objects.asked(journey=journey, agency_id=employee.agency_id, on=today)
    return {
        "questions": frozenset(row.kind for row in asked if not row.own),
        "more_questions": tuple(_in_own_words(row) for row in asked if row.own),
    }


def _in_own_words(row: ProceduralQuestion) -> MoreQuestion:
    """In the reader's language; a choice's codes are its English options, whatever stands between them later."""
    spanish = in_spanish()
    return MoreQuestion(
        name=row.field_name,
        answered_by=row.kind,
        question=row.question_es if spanish else row.question_en,
        hint=row.hint_es if spanish else row.hint_en,
        options=tuple(zip(row.options_en, row.options_es if spanish else row.options_en, strict=True)),
        required=row.required,
    )


def _for_leave(employee: Employee) -> dict[str, Any]:
    agency_liaisons = employee.agency.liaisons.all()
    return {
        "on_file": _on_file(employee),
        "liaisons": tuple(LiaisonLine(row.name, row.phone, row.email) for row in agency_liaisons),
    }


def _on_file(employee: Employee) -> OnFile:
    """As the account has it, else the roster. The phone is the second step’s, where one is confirmed."""
    confirmed = PhoneDevice.objects.filter(user__employee=employee, confirmed=True).select_related("user")
    device = confirmed.order_by("-created_at").first()
    account = device.user if device else User.objects.filter(employee=employee).first()
    return OnFile(
        email=(account.email if account else "") or employee.work_email,
        street=employee.street,
        street_2=employee.street_2,
        city=employee.city,
        state=employee.state,
        zip=employee.home_zip,
        phone=device.number if device else employee.work_phone,
    )


def _schedule(employee: Employee, *, until: dt.date) -> OwnSchedule:
    rows = WorkSchedule.objects.filter(employee=employee, starts_on__lte=until).order_by("starts_on")
    return OwnSchedule(tuple(ScheduleRow(*row) for row in rows.values_list("starts_on", "kind", "pattern")))


def _services(employee: Employee) -> list[AgencyService]:
    return list(AgencyService.objects.filter(agency=employee.agency_id))


def _served(services: list[AgencyService]) -> dict[str, tuple[DaySpan, ...]]:
    """{journey: days}. A journey is named after the service it needs."""
    kinds = {row.service for row in services}
    return {
        kind: tuple(DaySpan(row.starts_on, row.ends_on) for row in services if row.service == kind) for kind in kinds
    }


def _dual_notice(services: list[AgencyService], journey: str, today: dt.date) -> dt.date | None:
    service = Journey.LEAVE if journey in LEAVE_PARTS else journey
    running = [row for row in services if row.service == service and today in DaySpan(row.starts_on, row.ends_on)]
    return next((row.dual_notice_until for row in running if today <= row.dual_notice_until), None)
