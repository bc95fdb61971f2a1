"""Forgot User ID?: one page, and one answer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal import language
from portal.lib import clock
from portal.limits.address import client_address
from registration.enrolment import TooManyTries
from registration.matching import Facts
from registration.recovery import reminder
from registration.recovery.forms import ForgotIdForm
from registration.views import waits
from registration.views.answers import PAGE_WITH_FORM, for_strangers, later, page, posted, see_other

TEMPLATE = "registration/recovery/forgot_id.html"


@for_strangers
@require_http_methods(PAGE_WITH_FORM)
def forgot_id(request: HttpRequest) -> HttpResponse:
    form = ForgotIdForm(posted(request), today=clock.today())
    context = {"title": _("Forgot User ID?"), "back_url": reverse("registration:login")}
    if language.asked(request):
        return language.same_page(request, TEMPLATE, {"form": form.unchecked(), **context})
    if request.method != "POST" or not form.is_valid():
        return page(request, TEMPLATE, form, **context)
    try:
        reminder.remind(Facts(**form.cleaned_data), address=client_address(request))
    except TooManyTries as refusal:
        return _too_many_tries(request, refusal.retry_after)
    return see_other("registration:forgot_id_sent")


def _too_many_tries(request: HttpRequest, seconds: int) -> HttpResponse:
    wait = {"minutes": waits.minutes(seconds)} if seconds < waits.HOUR else {"hours": waits.hours(seconds)}
    context = {"title": _("Too many tries"), **wait}
    return later(render(request, "registration/too_many_tries.html", context), seconds)


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """The same for everybody, whoever asks."""
    return render(request, "registration/recovery/forgot_id_sent.html", {"title": _("Forgot User ID?")})
