"""Set up a new phone by the link that staff had sent: the password, a phone, and the code that went to it.

Where staff removed the password too, nobody can be asked for it: a new one is chosen after the code.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from portal import language
from portal.lib.forms import PortalForm
from portal.lib.phone import may_take_texts
from portal.limits.address import client_address
from registration import changes, entering, passwords, setting_up, verification
from registration.forms import CodeForm, LoginForm, NewPasswordForm, PhoneForm
from registration.models import AccountEvent, Challenge, User
from registration.verification import Outcome
from registration.views import codes, login
from registration.views.answers import PAGE_WITH_FORM, later, page, posted

# session key: {"user", "at", once one was asked for "phone", "channel", "challenge", and "proved" after its code}
SETTING_UP = "setting_up"
LIFE = 30 * 60  # seconds from the first page to the last
GONE = 410
START_OVER, PASSWORD = "registration/staff/start_over.html", "registration/recovery/reset_password.html"
START, PHONE, CODE = "registration/staff/set_up.html", "registration/phone.html", "registration/profile/code.html"
Channel = AccountEvent.Channel
View = Callable[..., HttpResponse]


def by_link(view: View) -> View:
    """Hands the view the account whose link it is."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, token: str) -> HttpResponse:
        user = setting_up.opened(token)
        if user is None:
            title = _("This link no longer works")
            return render(request, "registration/staff/link_over.html", {"title": title}, status=GONE)
        return view(request, token, user)

    return guarded


def with_password(view: View) -> View:
    """Only after the first page was passed in this session, a moment ago: with the password, where there is one."""

    @by_link
    @functools.wraps(view)
    def guarded(request: HttpRequest, token: str, user: User) -> HttpResponse:
        kept = request.session.get(SETTING_UP)
        if kept is None or kept["user"] != user.pk or time.time() - kept["at"] > LIFE:
            return redirect("registration:set_up", token=token)
        return view(request, token, user)

    return guarded


@sensitive_post_parameters()
@require_http_methods(PAGE_WITH_FORM)
@by_link
def password(request: HttpRequest, token: str, user: User) -> HttpResponse:
    """Tries count as any log-in's do."""
    if setting_up.asks_new_password(user):
        return _begin(request, token, user)
    form = LoginForm(posted(request))
    context = {"title": _("Set up a new phone"), "button": _("Next")}
    if language.asked(request):
        return language.same_page(request, START, {"form": form.unchecked(), **context})
    if request.method != "POST" or not form.is_valid():
        return page(request, START, form, **context)
    try:
        found = entering.check_password(request, form.cleaned_data["username"], form.cleaned_data["password"])
    except entering.TooManyTries as refusal:
        form.add_error(None, login.throttled(refusal))
        return later(page(request, START, form, **context), refusal.retry_after)
    if found is None or found.pk != user.pk:
        form.add_error(None, _("The username or password is not right"))
        return page(request, START, form, **context)
    return _to_phone(request, token, user)


def _begin(request: HttpRequest, token: str, user: User) -> HttpResponse:
    """What will be asked, and a button: mail programs open links."""
    form, context = PortalForm(posted(request)), {"title": _("Set up a new phone and a new password")}
    if language.asked(request):
        return language.same_page(request, START_OVER, {"form": form.unchecked(), **context})
    if request.method == "POST":
        return _to_phone(request, token, user)
    return page(request, START_OVER, form, **context)


def _to_phone(request: HttpRequest, token: str, user: User) -> HttpResponse:
    request.session.cycle_key()
    request.session[SETTING_UP] = {"user": user.pk, "at": int(time.time())}
    return redirect("registration:set_up_phone", token=token)


@require_http_methods(PAGE_WITH_FORM)
@with_password
def phone(request: HttpRequest, token: str, user: User) -> HttpResponse:
    form = PhoneForm(posted(request), initial={"country": settings.PHONE_COUNTRIES[0]})
    context = {"title": _("Set up your phone"), "back_url": "", "trouble": ""}
    if language.asked(request):
        return language.same_page(request, PHONE, {"form": form.unchecked(), **context})
    if request.method == "POST" and form.is_valid():
        number, channel = form.cleaned_data["phone"], codes.channel_asked(request) or Channel.SMS
        if channel == Channel.VOICE or may_take_texts(number):
            return _send(request, token, user, number, channel, again=(PHONE, form, context))
        form.add_error("phone", codes.not_delivered(Channel.SMS))
    return page(request, PHONE, form, **context)


@require_http_methods(PAGE_WITH_FORM)
@with_password
def code(request: HttpRequest, token: str, user: User) -> HttpResponse:
    kept = request.session[SETTING_UP]
    if "challenge" not in kept:
        return redirect("registration:set_up_phone", token=token)
    form, sent = CodeForm(posted(request)), codes.sent(request, kept["challenge"])
    context = {
        "title": _("Enter your verification code"),
        "button": _("Verify Code"),
        "back_url": reverse("registration:set_up_phone", args=[token]),
        "sent": sent,
        "by_email": False,
        "trouble": codes.news(sent),
    }
    if language.asked(request):
        return language.same_page(request, CODE, {"form": form.unchecked(), **context})
    if channel := codes.channel_asked(request):
        return _send(request, token, user, kept["phone"], channel, again=(CODE, form, context))
    if request.method != "POST" or not form.is_valid():
        return page(request, CODE, form, **context)
    verdict = codes.judged(request, kept["challenge"], form, Challenge.Purpose.SETUP, phone=kept["phone"])
    if verdict.outcome is not Outcome.RIGHT:
        return codes.refused(request, CODE, form, verdict, context)
    if setting_up.asks_new_password(user):
        request.session[SETTING_UP] = {**kept, "proved": True}
        return redirect("registration:set_up_password", token=token)
    return _finish(request, user, kept)


@sensitive_post_parameters()
@require_http_methods(PAGE_WITH_FORM)
@with_password
def new_password(request: HttpRequest, token: str, user: User) -> HttpResponse:
    """After the new phone's code, where staff removed the password."""
    kept = request.session[SETTING_UP]
    if "proved" not in kept or not setting_up.asks_new_password(user):
        return redirect("registration:set_up_code", token=token)
    form = NewPasswordForm(posted(request), about=passwords.about_account(user))
    context = {
        "title": _("Choose a new password"),
        "button": _("Save"),
        "rules": passwords.rules(),
        "username": user.username,
    }
    if language.asked(request):
        return language.same_page(request, PASSWORD, {"form": form.unchecked(), **context})
    if request.method != "POST" or not form.is_valid():
        return page(request, PASSWORD, form, **context)
    return _finish(request, user, kept, password=form.cleaned_data["password"])


def _send(
    request: HttpRequest,
    token: str,
    user: User,
    number: str,
    channel: AccountEvent.Channel,
    *,
    again: tuple[str, Any, dict[str, Any]],
) -> HttpResponse:
    """To the code page; or the page at hand `again`, where this phone has had its codes."""
    wanted = verification.Request(
        purpose=Challenge.Purpose.SETUP,
        session_key=request.session.session_key or "",
        subject=f"user {user.pk}",
        phone=number,
        channel=channel,
        language=user.language,
        address=client_address(request),
        employee=user.employee,
    )
    try:
        challenge = verification.issue(wanted)
    except verification.TooManySends as refusal:
        template, form, context = again
        return codes.not_sent(request, template, form, refusal, context)
    kept = request.session[SETTING_UP]
    if "challenge" in kept:
        codes.say_sent(request)
    asked = {"phone": number, "channel": channel, "challenge": str(challenge.id)}
    request.session[SETTING_UP] = {"user": kept["user"], "at": kept["at"], **asked}  # nothing of it is proved yet
    return redirect("registration:set_up_code", token=token)


def _finish(request: HttpRequest, user: User, kept: dict[str, Any], *, password: str = "") -> HttpResponse:
    """The phone is theirs, with it the new password, and they are in; the link works no more."""
    del request.session[SETTING_UP]
    number, prefers = kept["phone"], Channel(kept["channel"])
    if password:
        device = changes.start_over(user, password=password, number=number, prefers=prefers)
    else:
        device = changes.change_phone(user, number=number, prefers=prefers, keep=None)
    entering.enter(request, user, device)
    return HttpResponseRedirect(entering.landing(user), status=303)
