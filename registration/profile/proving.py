"""A new phone or e-mail address proves itself before it is used: a code goes there and comes back.

Which code is open stands in the session; where it went stands, sealed, with the code.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from portal import language
from portal.lib.forms import PortalForm
from portal.limits.address import client_address
from registration import proof, verification
from registration.access import account_of
from registration.forms import CodeForm
from registration.models import AccountEvent, Challenge, User
from registration.profile import finishing, late
from registration.verification import Outcome
from registration.views import codes
from registration.views.answers import page, posted, see_other

TEMPLATE = "registration/profile/code.html"
Channel = AccountEvent.Channel
Again = tuple[str, PortalForm, dict[str, Any]]  # template, form, context


@dataclass(frozen=True)
class Proving:
    """One kind of address: its code's purpose, its two pages, and what happens when the code was right."""

    purpose: Challenge.Purpose
    page: str  # URL name: where the address is typed
    code_page: str
    change: Callable[[User, Challenge, str | None], object]  # the person, the code that came back, the session to keep

    @property
    def session_key(self) -> str:
        return f"open_{self.purpose}"


def send(
    request: HttpRequest,
    proving: Proving,
    to: str,
    channel: AccountEvent.Channel,
    *,
    again: Again,
) -> HttpResponse:
    """Send a code to the new address and ask for it. `again`: the page to show if none can be sent."""
    user = account_of(request)
    wanted = verification.Request(
        purpose=proving.purpose,
        session_key=request.session.session_key or "",
        subject=f"user {user.pk}",
        phone=to,
        channel=channel,
        language=user.language,
        address=client_address(request),
        employee=user.employee,
    )
    template, form, context = again
    try:
        challenge = verification.issue(wanted)
    except verification.TooManySends as refusal:
        return codes.not_sent(request, template, form, refusal, context)
    if proving.session_key in request.session:
        codes.say_sent(request)
    request.session[proving.session_key] = str(challenge.id)
    return see_other(proving.code_page)


def ask(request: HttpRequest, proving: Proving) -> HttpResponse:
    """The page that asks for the code; the right one makes the change."""
    challenge = codes.sent(request, request.session.get(proving.session_key))
    if challenge is None:
        return see_other(proving.page)
    form, context = CodeForm(posted(request)), _context(proving, challenge)
    if language.asked(request):
        return language.same_page(request, TEMPLATE, {"form": form.unchecked(), **context})
    if channel := _channel_asked(request, challenge):
        return send(request, proving, challenge.phone, channel, again=(TEMPLATE, CodeForm(), context))
    late.kept(request)
    if request.method != "POST" or not form.is_valid():
        return page(request, TEMPLATE, form, **context)
    verdict = codes.judged(request, str(challenge.id), form, proving.purpose, phone=challenge.phone)
    if verdict.outcome is not Outcome.RIGHT:
        return codes.refused(request, TEMPLATE, form, verdict, context)
    user = account_of(request)
    with proof.one_change(request):
        proving.change(user, challenge, request.session.session_key)
    del request.session[proving.session_key]
    return finishing.saved(request, user)


def _channel_asked(request: HttpRequest, challenge: Challenge) -> AccountEvent.Channel | None:
    """How to send another code. An e-mail address takes e-mails alone."""
    if challenge.channel == Channel.EMAIL:
        return Channel.EMAIL if "send" in request.POST else None
    return codes.channel_asked(request)


def _context(proving: Proving, challenge: Challenge) -> dict[str, Any]:
    by_email = challenge.channel == Channel.EMAIL
    return {
        "title": _("Enter your verification code"),
        "button": _("Verify Code"),
        "back_url": reverse(proving.page),
        "sent": challenge,
        "by_email": by_email,
        "trouble": "" if by_email else codes.news(challenge),
    }
