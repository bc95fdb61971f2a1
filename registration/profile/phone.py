"""Another phone for codes."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal import language
from portal.lib.phone import may_take_texts
from registration import changes, devices
from registration.access import STAFF, account_of, account_required, comes_back_to
from registration.forms import PhoneForm
from registration.models import AccountEvent, Challenge, User
from registration.profile import finishing, late, proving
from registration.views import codes
from registration.views.answers import PAGE_WITH_FORM, page, posted

TEMPLATE = "registration/profile/phone.html"
Channel = AccountEvent.Channel


def _change(user: User, challenge: Challenge, keep: str | None) -> None:
    channel = Channel(challenge.channel)
    changes.change_phone(user, number=challenge.phone, prefers=channel, keep=keep)


NEW_PHONE = proving.Proving(
    Challenge.Purpose.NEW_PHONE, "registration:change_phone", "registration:new_phone_code", _change
)


@require_http_methods(PAGE_WITH_FORM)
@late.sensitive_change("country", "phone")
def phone(request: HttpRequest) -> HttpResponse:
    initial = {"country": settings.PHONE_COUNTRIES[0], **late.kept(request)}
    form = PhoneForm(posted(request), initial=initial)
    context = {
        "title": _("Change your phone for codes"),
        "back_url": reverse("registration:profile"),
        "trouble": "",
        "hold_hours": settings.STAFF_PHONE_HOLD_HOURS if request.session[STAFF] else 0,
    }
    if language.asked(request):
        return language.same_page(request, TEMPLATE, {"form": form.unchecked(), **context})
    if request.method == "POST" and form.is_valid():
        number, channel = form.cleaned_data["phone"], codes.channel_asked(request) or Channel.SMS
        if channel == Channel.VOICE or may_take_texts(number):
            return proving.send(request, NEW_PHONE, number, channel, again=(TEMPLATE, form, context))
        form.add_error("phone", codes.not_delivered(Channel.SMS))
    return page(request, TEMPLATE, form, **context)


@require_http_methods(PAGE_WITH_FORM)
@late.sensitive_change()
def code(request: HttpRequest) -> HttpResponse:
    return proving.ask(request, NEW_PHONE)


@require_POST
@comes_back_to("registration:profile")
@account_required
def keep_old(request: HttpRequest) -> HttpResponse:
    """Give up a new phone that is still held. It takes nothing from the person, so no proof is asked."""
    devices.drop_held_phone(account_of(request))
    return finishing.say_saved(request)
