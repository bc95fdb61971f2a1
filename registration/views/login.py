"""Log in: username and password, then a code."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from portal import language
from registration import browsers, entering, session_store, sessions
from registration.forms import CodeForm, LoginCodeForm, LoginForm
from registration.models import AccountEvent, Challenge, User
from registration.verification import Outcome, TooManySends, issue
from registration.views import codes, waits
from registration.views.answers import PAGE_WITH_FORM, for_strangers, later, office_phone, page, posted

Channel = AccountEvent.Channel
TEMPLATE, CODE_TEMPLATE = "registration/login.html", "registration/login_code.html"


@sensitive_post_parameters()
@for_strangers
@require_http_methods(PAGE_WITH_FORM)
def login(request: HttpRequest) -> HttpResponse:
    form = LoginForm(posted(request))
    context = {
        "title": _("Log in to your account"),
        "button": _("Log in"),
        "next": request.POST.get("next", request.GET.get("next", "")),
        "timed_out": request.session.pop(sessions.TIMED_OUT, None),
        "elsewhere": request.session.pop(session_store.ELSEWHERE, False),
    }
    if language.asked(request):
        return language.same_page(request, TEMPLATE, {"form": form.unchecked(), **context})
    if request.method != "POST" or not form.is_valid():
        return page(request, TEMPLATE, form, **context)
    try:
        user = entering.check_password(request, form.cleaned_data["username"], form.cleaned_data["password"])
    except entering.TooManyTries as refusal:
        form.add_error(None, _throttled(refusal))
        return later(page(request, TEMPLATE, form, **context), refusal.retry_after)
    if user is None or not user.is_active:
        form.add_error(None, _("The username or password is not right") if user is None else _closed())
        return page(request, TEMPLATE, form, **context)
    return _after_password(request, user, next=str(context["next"]))


def _after_password(request: HttpRequest, user: User, *, next: str) -> HttpResponse:
    """The password was right: in at once where no code is needed, else send one and ask for it."""
    if entering.without_code(request, user):
        return _inside(request, user, next)
    if entering.phone_of(user) is None:
        return redirect("registration:login_call")
    entering.begin_second_step(request, user, next=next)
    half = entering.half_way(request)
    return _send(request, half) if half else redirect("registration:login")


@require_http_methods(PAGE_WITH_FORM)
def code(request: HttpRequest) -> HttpResponse:
    half = entering.half_way(request)
    if half is None:
        return redirect("registration:login")
    form = (LoginCodeForm if entering.asks_to_remember(half.user) else CodeForm)(posted(request))
    context = _code_context(request, half)
    if language.asked(request):
        return language.same_page(request, CODE_TEMPLATE, {"form": form.unchecked(), **context})
    if channel := codes.channel_asked(request):
        return _send(request, half, channel)
    if request.method != "POST" or not form.is_valid():
        return page(request, CODE_TEMPLATE, form, **context)
    verdict = codes.judged(request, half.challenge, form, Challenge.Purpose.LOGIN, phone=half.device.number)
    if verdict.outcome is not Outcome.RIGHT:
        return codes.refused(request, CODE_TEMPLATE, form, verdict, context)
    entering.enter(request, half.user, half.device)
    response = _inside(request, half.user, half.next)
    if entering.remembers(half.user, asked=form.cleaned_data.get("remember", False)):
        browsers.remember(response, half.user, half.device)
    return response


@require_safe
def call(request: HttpRequest) -> HttpResponse:
    """For who no longer has the phone: staff check who is calling and set up a new one."""
    return render(request, "registration/login_call.html", {"title": _("Call us to set up a new phone")})


def _send(request: HttpRequest, half: entering.HalfWay, channel: AccountEvent.Channel | None = None) -> HttpResponse:
    """Issue a code for the account's phone, over the way it was set up with when none is asked for."""
    try:
        challenge = issue(entering.code_request(request, half, channel or Channel(half.device.prefers)))
    except TooManySends as refusal:
        form = (LoginCodeForm if entering.asks_to_remember(half.user) else CodeForm)()
        return codes.not_sent(request, CODE_TEMPLATE, form, refusal, _code_context(request, half))
    if half.challenge:
        codes.say_sent(request)
    entering.keep_challenge(request, challenge.id)
    return redirect("registration:login_code")


def _code_context(request: HttpRequest, half: entering.HalfWay) -> dict[str, Any]:
    sent = codes.sent(request, half.challenge)
    return {
        "title": _("Enter your verification code"),
        "button": _("Verify Code"),
        "action": reverse("registration:login_code"),
        "ending": half.device.ending,
        "sent": sent,
        "trouble": codes.news(sent),
    }


def _inside(request: HttpRequest, user: User, next: str) -> HttpResponse:
    """Logged in: on to the page that was asked for, in the person's language."""
    response = HttpResponseRedirect(entering.local_or(request, next, entering.landing(user)))  # a path, never a name
    return language.remember(response, user.language)


def _throttled(refusal: entering.TooManyTries) -> str:
    if refusal.for_account:
        return waits.wrong_passwords(refusal.retry_after, phone=office_phone())
    return waits.misses_from_here(refusal.retry_after)


def _closed() -> str:
    return _("This account is closed. Call %(phone)s") % {"phone": office_phone()}
