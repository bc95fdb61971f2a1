"""What the two pages that ask for a code have in common: registering and logging in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from registration import verification
from registration.forms import CodeForm
from registration.models import AccountEvent, Challenge
from registration.verification import Locked, Outcome, TooManySends, Verdict
from registration.views import waits
from registration.views.answers import later, office_phone, page

Channel, Delivery = AccountEvent.Channel, Challenge.Delivery


def channel_asked(request: HttpRequest) -> AccountEvent.Channel | None:
    """Which of the buttons that send a code was pressed; None when it was another."""
    asked = request.POST.get("send")
    return Channel(asked) if asked in (Channel.SMS, Channel.VOICE) else None


def judged(
    request: HttpRequest, challenge: str | None, form: CodeForm, purpose: Challenge.Purpose, *, phone: str
) -> Verdict:
    """The verdict on the typed code, for this session's challenge and the phone it would prove alone."""
    return verification.check(
        challenge,
        form.cleaned_data["code"],
        purpose=purpose,
        session_key=request.session.session_key or "",
        phone=phone,
    )


def refused(
    request: HttpRequest, template: str, form: CodeForm, verdict: Verdict, context: dict[str, Any]
) -> HttpResponse:
    """The page again: 422 for a code that was judged, 429 for one that was not looked at."""
    form.add_error("code", _sentence(verdict))
    response = page(request, template, form, **context)
    return later(response, verdict.retry_after) if verdict.retry_after else response


def not_sent(
    request: HttpRequest, template: str, form: Any, refusal: TooManySends, context: dict[str, Any]
) -> HttpResponse:
    """The page again, 429: this phone, address or day has had its codes."""
    if isinstance(refusal, Locked):
        text = waits.wrong_codes(refusal.retry_after)
    else:
        text = waits.codes_sent(refusal.retry_after, phone=office_phone())
    return later(render(request, template, {**context, "form": form, "trouble": text}), refusal.retry_after)


def say_sent(request: HttpRequest) -> None:
    messages.success(request, _("We sent a new code."))


def sent(request: HttpRequest, challenge: str | None) -> Challenge | None:
    """This session's code."""
    return verification.of_session(challenge, session_key=request.session.session_key or "")


def news(challenge: Challenge | None, *, of_account: bool = False) -> str:
    """What the provider said, when the code could not be delivered and was not replaced.

    `of_account`: it went to the phone of an account, and no other one can be given here.
    """
    if challenge is None:
        return ""
    if challenge.delivery == Delivery.NO_ANSWER:
        return _("We called and nobody answered. Send a new code, or choose text")
    if challenge.delivery == Delivery.NOT_SENT:
        return _("We could not send the code. Send a new code")
    if challenge.delivery != Delivery.FAILED:
        return ""
    return _account_not_reached(challenge.channel) if of_account else not_delivered(challenge.channel)


def _account_not_reached(channel: str) -> str:
    if channel == Channel.VOICE:
        return _("We cannot call this number. Choose text, or another way")
    return _("We cannot text this number. Choose a call, or another way")


def not_delivered(channel: str) -> str:
    """Where another number can be typed."""
    if channel == Channel.VOICE:
        return _("We cannot call this number. Use a different number")
    return _("We cannot text this number. Choose “Call Me” or use a different number")


def _sentence(verdict: Verdict) -> str:
    outcome = verdict.outcome
    if outcome is Outcome.WRONG:
        return _("That code is not right. Check it, or send a new code")
    if outcome is Outcome.OLD:
        return _("That code is too old. Send a new code")
    if outcome is Outcome.ENDED:
        return _("Too many wrong codes. Send a new code")
    return waits.wrong_codes(verdict.retry_after)
