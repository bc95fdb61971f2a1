"""Pages 1 and 2 of registering: five facts, judged together."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal import language
from portal.lib import clock
from portal.limits.address import client_address
from registration import enrolment, session_store
from registration.forms import NumberForm, RegisterForm
from registration.matching import Facts
from registration.models import AccountEvent, User
from registration.views import ceremony, waits
from registration.views.answers import PAGE_WITH_FORM, for_strangers, later, page, posted


@for_strangers
@require_http_methods(PAGE_WITH_FORM)
def register(request: HttpRequest) -> HttpResponse:
    """Typed facts wait in the session, unjudged, for the employee number."""
    typed = request.session.get(ceremony.FACTS)
    form = RegisterForm(posted(request), initial=_from_session(typed), today=clock.today())
    context = {"button": _("Agree"), **ceremony.step(1, _("Register"))}
    if language.asked(request):
        return language.same_page(request, "registration/register.html", {"form": form.unchecked(), **context})
    if request.method == "POST" and form.is_valid():
        request.session[ceremony.FACTS] = _for_session(form.cleaned_data)
        return redirect("registration:number")
    return page(request, "registration/register.html", form, **context)


@for_strangers
@require_http_methods(PAGE_WITH_FORM)
def number(request: HttpRequest) -> HttpResponse:
    typed = request.session.get(ceremony.FACTS)
    if typed is None:
        is_second_tap = session_store.REPLACED in request.session  # the first one matched
        return redirect("registration:account" if is_second_tap else "registration:register")
    form = NumberForm(posted(request))
    context = {
        "back_url": reverse("registration:register"),
        **ceremony.step(2, _("Enter your employee number")),
    }
    if language.asked(request):
        return language.same_page(request, "registration/number.html", {"form": form.unchecked(), **context})
    if request.method == "POST" and form.is_valid():
        return _judge(request, typed, form.cleaned_data["employee_number"])
    return page(request, "registration/number.html", form, **context)


def _judge(request: HttpRequest, typed: dict[str, Any], employee_number: str) -> HttpResponse:
    facts = Facts(**_from_session(typed), employee_number=employee_number)
    try:
        employee = enrolment.identify(facts, address=client_address(request))
    except enrolment.TooManyTries as refusal:
        return _too_many_tries(request, refusal.retry_after)
    if employee is None:
        return redirect("registration:no_match")
    holder = User.objects.filter(employee=employee).first()
    if holder is not None:
        return already_registered(request, holder)
    pending = enrolment.begin(employee, terms_version=typed["terms"], language=get_language() or "en")
    request.session.cycle_key()
    ceremony.forget(request)
    request.session[ceremony.PENDING] = str(pending.id)
    return redirect("registration:account")


def _too_many_tries(request: HttpRequest, seconds: int) -> HttpResponse:
    wait = {"minutes": waits.minutes(seconds)} if seconds < waits.HOUR else {"hours": waits.hours(seconds)}
    context = {"title": _("Too many tries"), **wait}
    return later(render(request, "registration/too_many_tries.html", context), seconds)


def already_registered(request: HttpRequest, holder: User) -> HttpResponse:
    """Only someone who knows all five facts comes here; the holder is told."""
    enrolment.tell_holder(holder, kind=AccountEvent.Kind.ALREADY_REGISTERED)
    ceremony.forget(request)
    return redirect("registration:exists")


@require_safe
def no_match(request: HttpRequest) -> HttpResponse:
    return render(request, "registration/no_match.html", {"title": _("We could not match your information")})


@require_safe
def exists(request: HttpRequest) -> HttpResponse:
    return render(request, "registration/exists.html", {"title": _("You already have an account")})


@require_safe
def done(request: HttpRequest) -> HttpResponse:
    if not request.session.get(ceremony.DONE):
        return redirect("registration:register")
    return render(request, "registration/done.html", {"title": _("Registration complete")})


def _for_session(cleaned: dict[str, Any]) -> dict[str, str]:
    terms = enrolment.terms_in_force(clock.today())
    return {**cleaned, "birthdate": cleaned["birthdate"].isoformat(), "terms": terms}


def _from_session(typed: dict[str, str] | None) -> dict[str, Any]:
    if typed is None:
        return {}
    facts = {**typed, "birthdate": dt.date.fromisoformat(typed["birthdate"])}
    return {name: value for name, value in facts.items() if name != "terms"}
