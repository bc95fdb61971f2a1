"""Not errors: what cannot be asked for here, and who takes it instead. Answers given so far stay saved."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from absences.addresses import page_of, place_of
from absences.journeys.need import DAY_TO_DAY
from absences.views.opened import Opened, with_draft
from absences.views.signed_in import current_user
from portal.office.models import LeaveType, in_spanish
from registration.access import employee_required
from registration.models import Employee

BEFORE_A_DRAFT = {"other": "absences:type", "my-employee": "absences:who_for", "left": "home:home"}
FROM_A_DRAFT = frozenset({"other", "late", "late-leave"})
DAYS = {"late": "UNPLANNED_PAST_DAYS", "late-leave": "LEAVE_PAST_DAYS"}


@require_safe
@employee_required
def call_first(request: HttpRequest, why: str) -> HttpResponse:
    """Before anything is saved."""
    if why not in BEFORE_A_DRAFT:
        raise Http404
    return _call(request, why, back_url=reverse(BEFORE_A_DRAFT[why]), saved=False)


@require_safe
@with_draft
def call(request: HttpRequest, opened: Opened, why: str) -> HttpResponse:
    if why not in FROM_A_DRAFT:
        raise Http404
    return _call(request, why, back_url=_back_to_question(opened), saved=True)


def _call(request: HttpRequest, why: str, *, back_url: str, saved: bool) -> HttpResponse:
    context: dict[str, Any] = {
        "title": _("Call us to finish this request"),
        "why": why,
        "back_url": back_url,
        "saved": saved,
        "days": getattr(settings, DAYS[why]) if why in DAYS else 0,
        "leave_types": LeaveType.objects.filter(managed=False) if why == "other" else (),
    }
    return render(request, "absences/call.html", context)


@require_safe
@employee_required
def agency_first(request: HttpRequest, journey: str) -> HttpResponse:
    """Before anything is saved."""
    _user, employee = current_user(request)
    return _your_agency(request, employee, journey, back_url=reverse("absences:type"), saved=False)


@require_safe
@with_draft
def your_agency(request: HttpRequest, opened: Opened) -> HttpResponse:
    employee, journey = opened.draft.employee, opened.draft.journey
    return _your_agency(request, employee, journey, back_url=_back_to_question(opened), saved=True)


def _back_to_question(opened: Opened) -> str:
    """The question whose answer led here: going on with the draft would lead here again."""
    page = opened.walk.first_open
    return page_of(opened.draft, "check") if page is None else place_of(opened.draft, page).url


def _your_agency(request: HttpRequest, employee: Employee, journey: str, *, back_url: str, saved: bool) -> HttpResponse:
    agency = employee.agency
    leave = journey != DAY_TO_DAY
    context = {
        "title": _("Ask your agency for this leave") if leave else _("Tell your agency about this absence"),
        "leave": leave,
        "saved": saved,
        "agency": agency,
        "call_out": agency.call_out_es if in_spanish() else agency.call_out_en,
        "liaisons": agency.liaisons.all(),
        "back_url": back_url,
    }
    return render(request, "absences/your_agency.html", context)
