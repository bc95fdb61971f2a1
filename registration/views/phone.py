"""Pages 4 and 5 of registering: the two steps explained, a phone, and the code that went to it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal import language
from portal.lib.forms import PortalForm
from portal.lib.phone import may_take_texts
from portal.limits.address import client_address
from registration import verification
from registration.forms import CodeForm, PhoneForm
from registration.models import AccountEvent, Challenge, PendingRegistration
from registration.verification import Outcome
from registration.views import ceremony, codes
from registration.views.answers import PAGE_WITH_FORM, page, posted
from registration.views.finish import finish

Channel = AccountEvent.Channel


@require_http_methods(PAGE_WITH_FORM)
@ceremony.with_username
def two_step(request: HttpRequest, pending: PendingRegistration) -> HttpResponse:
    """The guide's introduction. Its button is a POST like every page's, and leads on."""
    if response := language.switched(request):
        return response
    if request.method == "POST":
        return redirect("registration:phone")
    context = {
        "form": PortalForm(),
        "back_url": reverse("registration:account"),
        **ceremony.step(4, _("Two-step authentication")),
    }
    return render(request, "registration/two_step.html", context)


@require_http_methods(PAGE_WITH_FORM)
@ceremony.with_username
def phone(request: HttpRequest, pending: PendingRegistration) -> HttpResponse:
    initial = {"country": settings.PHONE_COUNTRIES[0], "phone": pending.phone or ""}
    form = PhoneForm(posted(request), initial=initial)
    context = {
        "back_url": reverse("registration:two_step"),
        "trouble": "",
        **ceremony.step(5, _("Set up your phone")),
    }
    if language.asked(request):
        return language.same_page(request, "registration/phone.html", {"form": form.unchecked(), **context})
    if request.method == "POST" and form.is_valid():
        channel = codes.channel_asked(request) or Channel.SMS
        if channel == Channel.VOICE or may_take_texts(form.cleaned_data["phone"]):
            pending.phone, pending.channel, pending.phone_confirmed = form.cleaned_data["phone"], channel, False
            return _send(request, pending, form, "registration/phone.html", context)
        form.add_error("phone", codes.not_delivered(Channel.SMS))
    return page(request, "registration/phone.html", form, **context)


@require_http_methods(PAGE_WITH_FORM)
@ceremony.with_username
def code(request: HttpRequest, pending: PendingRegistration) -> HttpResponse:
    challenge = request.session.get(ceremony.CHALLENGE)
    if challenge is None or not pending.phone:
        return redirect("registration:phone")
    form = CodeForm(posted(request))
    context = _code_context(request, pending, challenge)
    if language.asked(request):
        return language.same_page(request, "registration/code.html", {"form": form.unchecked(), **context})
    if channel := codes.channel_asked(request):
        pending.channel, pending.phone_confirmed = channel, False
        return _send(request, pending, CodeForm(), "registration/code.html", context)
    if request.method != "POST" or not form.is_valid():
        return page(request, "registration/code.html", form, **context)
    verdict = codes.judged(request, challenge, form, Challenge.Purpose.REGISTER, phone=pending.phone)
    if verdict.outcome is not Outcome.RIGHT:
        return codes.refused(request, "registration/code.html", form, verdict, context)
    pending.phone_confirmed = True
    pending.save(update_fields=["phone", "phone_confirmed"])  # together: another tab may have changed the number
    return finish(request, pending)


def _code_context(request: HttpRequest, pending: PendingRegistration, challenge: str) -> dict[str, Any]:
    sent = codes.sent(request, challenge)
    return {
        "button": _("Verify Code"),
        "number": pending.phone,
        "sent": sent,
        "trouble": codes.news(sent),
        **ceremony.step(5, _("Enter your verification code")),
    }


def _send(
    request: HttpRequest,
    pending: PendingRegistration,
    form: PhoneForm | CodeForm,
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """Issue a code for the phone in `pending`, which is saved once one is under way.

    Refused, the page it was asked on says so, and the phone before it keeps its code.
    """
    wanted = verification.Request(
        purpose=Challenge.Purpose.REGISTER,
        session_key=request.session.session_key or "",
        subject=f"employee {pending.employee_id}",
        phone=pending.phone or "",
        channel=Channel(pending.channel),
        language=get_language() or "en",
        address=client_address(request),
        employee=pending.employee,
    )
    try:
        challenge = verification.issue(wanted)
    except verification.TooManySends as refusal:
        return codes.not_sent(request, template, form, refusal, context)
    pending.save(update_fields=["phone", "channel", "phone_confirmed"])
    if ceremony.CHALLENGE in request.session:
        codes.say_sent(request)
    request.session[ceremony.CHALLENGE] = str(challenge.id)
    return redirect("registration:code")
