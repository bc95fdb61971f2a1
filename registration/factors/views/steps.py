"""The second step, one method a page. The same pages stand before logging in and before a change to the account."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_otp.models import Device

from portal import language
from registration import browsers, changes, entering, proof, verification
from registration.access import passed_second_step, to_login
from registration.factors import asking, authenticator, passkeys, recovery
from registration.factors.asking import CONFIRM, LOGIN, Asked, Door
from registration.factors.forms import CodeStepForm, PasskeyStepForm, RecoveryStepForm, StepForm
from registration.factors.methods import methods_of
from registration.factors.views import sentences
from registration.models import AccountEvent, PhoneDevice, User
from registration.verification import Outcome, TooManySends, Verdict
from registration.views import codes
from registration.views.answers import PAGE_WITH_FORM, later, page, posted

Channel = AccountEvent.Channel
StepView = Callable[[HttpRequest, Door, Asked], HttpResponse]
CODE_TEMPLATE = "registration/login_code.html"


def ask(request: HttpRequest, door: Door, user: User, *, next: str) -> HttpResponse:
    """The password was right: on to the account's safest method. A text or call is under way when that is a phone."""
    methods = methods_of(user)
    if not methods.pages:
        return redirect("registration:login_call")
    somebody, first = asking.begin(request, door, user, methods=methods, next=next), methods.pages[0]
    return send(request, door, somebody) if first == "code" else HttpResponseRedirect(door.url(first))


def step(name: str) -> Callable[[StepView], Callable[[HttpRequest, Door], HttpResponse]]:
    """A page for who is half way, and has this method. Others begin again, or get the method they have."""

    def decorate(view: StepView) -> Callable[[HttpRequest, Door], HttpResponse]:
        @functools.wraps(view)
        @require_http_methods(PAGE_WITH_FORM)
        def guarded(request: HttpRequest, door: Door) -> HttpResponse:
            if door is CONFIRM and not passed_second_step(request):
                return to_login(request, back=door.start)
            somebody = asking.asked(request, door)
            if somebody is None or (door is CONFIRM and somebody.user != request.user):
                return HttpResponseRedirect(door.start)
            pages = somebody.methods.pages
            if name not in pages:
                return HttpResponseRedirect(door.url(pages[0]) if pages else door.start)
            return view(request, door, somebody)

        return guarded

    return decorate


@step("code")
def code(request: HttpRequest, door: Door, somebody: Asked) -> HttpResponse:
    form = _form(CodeStepForm, request, door, somebody)
    context = _code_context(request, door, somebody)
    phone = somebody.methods.phone
    assert phone is not None, "who has no phone does not get here"
    if language.asked(request):
        return language.same_page(request, CODE_TEMPLATE, {"form": form.unchecked(), **context})
    if channel := codes.channel_asked(request):
        return send(request, door, somebody, channel)
    if request.method != "POST" or not form.is_valid():
        return page(request, CODE_TEMPLATE, form, **context)
    verdict = verification.check(
        somebody.challenge,
        form.cleaned_data["code"],
        purpose=door.purpose,
        session_key=request.session.session_key or "",
        phone=phone.number,
    )
    if verdict.outcome is not Outcome.RIGHT:
        return codes.refused(request, CODE_TEMPLATE, form, verdict, context)
    return _through(request, door, somebody, phone, form)


@step("app")
def app(request: HttpRequest, door: Door, somebody: Asked) -> HttpResponse:
    form = _form(CodeStepForm, request, door, somebody)
    context = {
        "title": _("Enter the code from your authenticator app"),
        "button": _("Verify Code"),
        **_ways(door, somebody, "app"),
    }
    return _judge(
        request,
        door,
        somebody,
        "registration/factors/app.html",
        form,
        context,
        authenticator.check,
        sentences.about_app,
    )


@step("recovery")
def recovery_code(request: HttpRequest, door: Door, somebody: Asked) -> HttpResponse:
    form = _form(RecoveryStepForm, request, door, somebody)
    context = {
        "title": _("Enter a recovery code"),
        "button": _("Verify Code"),
        **_ways(door, somebody, "recovery"),
    }
    return _judge(
        request,
        door,
        somebody,
        "registration/factors/recovery_code.html",
        form,
        context,
        recovery.check,
        sentences.about_recovery,
    )


@step("passkey")
def passkey(request: HttpRequest, door: Door, somebody: Asked) -> HttpResponse:
    """Every answer but the right one asks anew: what a browser was asked to sign is used up."""
    template = "registration/factors/passkey.html"
    form = _form(PasskeyStepForm, request, door, somebody)
    if request.method == "POST" and not language.asked(request) and form.is_valid():
        try:
            device = passkeys.check(request, somebody.user, form.cleaned_data["credential"])
        except passkeys.NotSigned:
            form.add_error(None, _("We could not check your passkey. Try again, or choose another way"))
        else:
            return _through(request, door, somebody, device, form)
    context = {
        "title": _("Use your passkey"),
        "options": json.dumps(passkeys.ask_to_sign(request, somebody.user)),
        **_ways(door, somebody, "passkey"),
    }
    if language.asked(request):
        return language.same_page(request, template, {"form": form.unchecked(), **context})
    return page(request, template, form, **context)


def send(
    request: HttpRequest, door: Door, somebody: Asked, channel: AccountEvent.Channel | None = None
) -> HttpResponse:
    """Issue a code for the account's phone; the page that asks for it comes next."""
    try:
        challenge = verification.issue(asking.code_request(request, door, somebody, channel))
    except TooManySends as refusal:
        form = CodeStepForm(remembers=_may_remember(door, somebody))
        return codes.not_sent(request, CODE_TEMPLATE, form, refusal, _code_context(request, door, somebody))
    if somebody.challenge:
        codes.say_sent(request)
    asking.keep_challenge(request, door, challenge.id)
    return HttpResponseRedirect(door.url("code"))


def _judge(
    request: HttpRequest,
    door: Door,
    somebody: Asked,
    template: str,
    form: StepForm,
    context: dict[str, Any],
    check: Callable[..., tuple[Verdict, Any]],
    sentence: Callable[[Verdict], str],
) -> HttpResponse:
    """A page with a code that was not sent by us."""
    if language.asked(request):
        return language.same_page(request, template, {"form": form.unchecked(), **context})
    if request.method != "POST" or not form.is_valid():
        return page(request, template, form, **context)
    typed = form.cleaned_data["code"]
    verdict, device = asking.judged(door, somebody.user, lambda: check(somebody.user, typed, now=timezone.now()))
    if device is not None:
        return _through(request, door, somebody, device, form)
    form.add_error("code", sentence(verdict))
    response = page(request, template, form, **context)
    return later(response, verdict.retry_after) if verdict.retry_after else response


def _form(kind: type[StepForm], request: HttpRequest, door: Door, somebody: Asked) -> Any:
    return kind(posted(request), remembers=_may_remember(door, somebody))


def _may_remember(door: Door, somebody: Asked) -> bool:
    return door is LOGIN and entering.asks_to_remember(somebody.user)


def _code_context(request: HttpRequest, door: Door, somebody: Asked) -> dict[str, Any]:
    sent = codes.sent(request, somebody.challenge)
    return {
        "title": _("Enter your verification code"),
        "button": _("Verify Code"),
        "action": door.url("code"),
        "sent": sent,
        "trouble": codes.news(sent, of_account=True),
        **_ways(door, somebody, "code"),
    }


def _ways(door: Door, somebody: Asked, here: str) -> dict[str, Any]:
    """What the page offers beside itself, and the phone by its ending."""
    phone = somebody.methods.phone
    return {
        "ending": phone.ending if phone else "",
        "code_url": door.url("code"),
        "ways": {other: door.url(other) for other in somebody.methods.pages if other not in (here, "code")},
        "has_phone": phone is not None,
    }


def _through(request: HttpRequest, door: Door, somebody: Asked, device: Device, form: StepForm) -> HttpResponse:
    """The second step was right."""
    request.session.pop(door.kept, None)
    if door is CONFIRM:
        proof.grant(request)
        return HttpResponseRedirect(somebody.next, status=303)
    taken = changes.take_held_phone(somebody.user, now=timezone.now())
    if taken and isinstance(device, PhoneDevice):  # the phone that passed is gone
        device = taken
    entering.enter(request, somebody.user, device)
    methods = methods_of(somebody.user)
    if methods.recovery_runs_out:
        messages.warning(request, sentences.few_codes(methods.recovery_left))
    response = inside(request, somebody.user, somebody.next)
    if entering.remembers(somebody.user, asked=form.cleaned_data.get("remember", False)):
        browsers.remember(request, response, somebody.user, device)
    return response


def inside(request: HttpRequest, user: User, next: str) -> HttpResponse:
    """Logged in: on to the page that was asked for, in the person's language."""
    response = HttpResponseRedirect(entering.local_or(request, next, entering.landing(user)))  # a path, never a name
    return language.remember(response, user.language)
