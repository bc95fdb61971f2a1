"""From "Request an absence from work" to the first question of a journey, or to who takes the report instead."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from absences import drafts
from absences.addresses import page_of
from absences.forms import GO_ON, MYSELF, InProgressForm, WhoForForm
from absences.journeys.need import DAY_TO_DAY, Need, journey_of
from absences.journeys.setting import Setting
from absences.loading import setting_for
from absences.models import Draft
from absences.views.answers import leave_for, onward, posted_to, question, see_other
from absences.views.signed_in import current_user, while_employed
from portal import language
from portal.lib import clock
from portal.lib.wording import long_date
from portal.office.models import ContactRecord
from registration.access import employee_required
from registration.models import Employee

PAGE_WITH_FORM = ["GET", "HEAD", "POST"]


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
    return see_other("call_first", why="my-employee")


@require_http_methods(PAGE_WITH_FORM)
@employee_required
@while_employed
def type_of_request(request: HttpRequest) -> HttpResponse:
    """The first step of every journey, asked before there is a draft."""
    _user, employee = current_user(request)
    contact = ContactRecord.objects.get(pk=1)
    setting = setting_for(DAY_TO_DAY, employee, contact, now=clock.now())
    form = Need.form_class(posted_to(request), facts={}, setting=setting)
    context = {
        "form": form,
        "title": Need.question,
        "contact": contact,
        "setting": setting,
        "back_url": reverse("absences:who_for"),
        "version": "",
        "cancel_url": "",
    }
    if language.asked(request):
        return language.same_page(request, Need.template_name, {**context, "form": form.unchecked()})
    if not form.is_valid():
        return question(request, Need.template_name, context)
    return begin(request, form.cleaned_data["need"], setting)


@require_POST
@employee_required
@while_employed
def new(request: HttpRequest) -> HttpResponse:
    """The short way to a day-to-day report: home's button, and "Submit another absence"."""
    return begin(request, DAY_TO_DAY)


def begin(request: HttpRequest, need: str, setting: Setting | None = None) -> HttpResponse:
    """Into the journey for this need, or to who takes it instead. One request of a kind at a time."""
    user, employee = current_user(request)
    now, journey = clock.now(), journey_of(need)
    setting = setting or setting_for(journey, employee, ContactRecord.objects.get(pk=1), now=now)
    if way_out := Need.way_out({"need": need}, setting):
        return leave_for(way_out, journey=journey)
    if _in_progress(employee, journey):
        return see_other("in_progress", journey=journey)
    answers = {Need.slug: {"need": [need]}}
    draft = drafts.start(employee=employee, journey=journey, by=user, answers=answers, now=now)
    return onward(page_of(draft, "resume"))


def begin_again(request: HttpRequest, journey: str) -> HttpResponse:
    """After the draft was deleted: a leave is chosen anew, a day-to-day report needs no choice."""
    return begin(request, DAY_TO_DAY) if journey == DAY_TO_DAY else see_other("type")


def _in_progress(employee: Employee, journey: str) -> Draft | None:
    return Draft.objects.of(employee).filter(journey=journey).unsent().exclude(expires_at__lte=clock.now()).first()


@require_http_methods(PAGE_WITH_FORM)
@employee_required
@while_employed
def in_progress(request: HttpRequest, journey: str) -> HttpResponse:
    """One request of a kind at a time: continue the one there is, or delete it first."""
    _user, employee = current_user(request)
    draft = _in_progress(employee, journey)
    if draft is None or draft.case_id:  # time on an open case begins at the case
        return see_other("type")
    form = InProgressForm(posted_to(request))
    started = long_date(clock.local(draft.created_at).date())
    form.offer(started)
    context = {
        "form": form,
        "title": _("You have a request in progress"),
        "journey": journey,
        "saved_at": clock.local(draft.updated_at),
        "until": clock.local(draft.expires_at),
        "back_url": reverse("home:home"),
    }
    if language.asked(request):
        return language.same_page(request, "absences/in_progress.html", {**context, "form": form.unchecked()})
    if not form.is_valid():
        return question(request, "absences/in_progress.html", context)
    return onward(page_of(draft, "resume" if form.cleaned_data["choice"] == GO_ON else "start_over"))
