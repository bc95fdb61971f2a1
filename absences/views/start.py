"""From "Request an absence from work" to the first question of a journey, or to who takes the report instead."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from absences import drafts
from absences.forms import GO_ON, MYSELF, InProgressForm, WhoForForm
from absences.journeys.unplanned import DAY_TO_DAY, Need
from absences.loading import unplanned_setting
from absences.models import Draft
from absences.views.answers import leave_for, posted_to, question, see_other
from absences.views.signed_in import current_user, while_employed
from portal import language
from portal.lib import clock
from portal.lib.wording import long_date
from portal.office.models import ContactRecord, LeaveType, in_spanish
from registration.access import employee_required

PAGE_WITH_FORM = ["GET", "HEAD", "POST"]
CALL_REASONS = frozenset({"other", "my-employee", "leave", "late", "left"})
FIRST_ANSWERS = {Need.slug: {"need": [DAY_TO_DAY]}}


@require_safe
@employee_required
@while_employed
def before(request: HttpRequest) -> HttpResponse:
    return render(request, "absences/before.html", {"title": _("Before you start")})


@require_http_methods(PAGE_WITH_FORM)
@employee_required
@while_employed
def who_for(request: HttpRequest) -> HttpResponse:
    form = WhoForForm(posted_to(request))
    context = {"form": form, "title": form.fields["who_for"].label, "back_url": reverse("absences:before")}
    if language.asked(request):
        return language.same_page(request, "question.html", {**context, "form": form.unchecked()})
    if not form.is_valid():
        return question(request, "question.html", context)
    if form.cleaned_data["who_for"] == MYSELF:
        return see_other("type")
    return see_other("call", why="my-employee")


@require_http_methods(PAGE_WITH_FORM)
@employee_required
@while_employed
def type_of_request(request: HttpRequest) -> HttpResponse:
    """The first step of every journey, asked before there is a draft."""
    _user, employee = current_user(request)
    contact = ContactRecord.objects.get(pk=1)
    setting = unplanned_setting(employee, contact, now=clock.now())
    form = Need.form_class(posted_to(request), facts={}, setting=setting)
    context = {
        "form": form,
        "title": Need.question,
        "contact": contact,
        "back_url": reverse("absences:who_for"),
        "version": "",
    }
    if language.asked(request):
        return language.same_page(request, Need.template_name, {**context, "form": form.unchecked()})
    if not form.is_valid():
        return question(request, Need.template_name, context)
    if way_out := Need.way_out(form.cleaned_data, setting):
        return leave_for(way_out)
    return _begin(request)


@require_POST
@employee_required
@while_employed
def new(request: HttpRequest) -> HttpResponse:
    """The short way to a day-to-day report: home's button, and "Submit another absence"."""
    _user, employee = current_user(request)
    setting = unplanned_setting(employee, ContactRecord.objects.get(pk=1), now=clock.now())
    if way_out := Need.way_out({"need": DAY_TO_DAY}, setting):
        return leave_for(way_out)
    return _begin(request)


def _begin(request: HttpRequest) -> HttpResponse:
    user, employee = current_user(request)
    now = clock.now()
    if Draft.objects.of(employee).unsent().exclude(expires_at__lte=now).exists():
        return see_other("in_progress")
    draft = drafts.start(employee=employee, by=user, answers=FIRST_ANSWERS, now=now)
    return see_other("resume", draft=draft.pk)


@require_http_methods(PAGE_WITH_FORM)
@employee_required
@while_employed
def in_progress(request: HttpRequest) -> HttpResponse:
    """One request of a kind at a time: continue the one there is, or delete it first."""
    _user, employee = current_user(request)
    draft = Draft.objects.of(employee).unsent().exclude(expires_at__lte=clock.now()).first()
    if draft is None:
        return see_other("type")
    form = InProgressForm(posted_to(request))
    started = long_date(clock.local(draft.created_at).date())
    form.offer(started)
    context = {
        "form": form,
        "title": _("You have a request in progress"),
        "saved_at": clock.local(draft.updated_at),
        "until": clock.local(draft.expires_at),
        "back_url": reverse("home:home"),
    }
    if language.asked(request):
        return language.same_page(request, "absences/in_progress.html", {**context, "form": form.unchecked()})
    if not form.is_valid():
        return question(request, "absences/in_progress.html", context)
    if form.cleaned_data["choice"] == GO_ON:
        return see_other("resume", draft=draft.pk)
    return see_other("start_over", draft=draft.pk)


@require_safe
@employee_required
def call(request: HttpRequest, why: str) -> HttpResponse:
    """Not an error: what cannot be done here is done by telephone."""
    if why not in CALL_REASONS:
        raise Http404
    _user, employee = current_user(request)
    context: dict[str, Any] = {"title": _("Call us to finish this request"), "why": why}
    if why == "other":
        context["leave_types"] = LeaveType.objects.filter(managed=False)
    if why == "late":
        context["days"] = settings.UNPLANNED_PAST_DAYS
        context["draft"] = Draft.objects.of(employee).unsent().exclude(expires_at__lte=clock.now()).first()
    return render(request, "absences/call.html", context)


@require_safe
@employee_required
def your_agency(request: HttpRequest) -> HttpResponse:
    _user, employee = current_user(request)
    agency = employee.agency
    context = {
        "title": _("Tell your agency about this absence"),
        "agency": agency,
        "call_out": agency.call_out_es if in_spanish() else agency.call_out_en,
        "liaisons": agency.liaisons.all(),
    }
    return render(request, "absences/your_agency.html", context)
