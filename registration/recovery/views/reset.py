"""Reset Password: the username, the code, the new password."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from portal import language
from portal.lib.forms import PortalForm
from registration import passwords
from registration.forms import CodeForm, NewPasswordForm
from registration.models import AccountEvent, Challenge
from registration.recovery import reset
from registration.recovery.forms import ResetForm
from registration.verification import Outcome, TooManySends
from registration.views import codes
from registration.views.answers import PAGE_WITH_FORM, for_strangers, page, posted, see_other

Channel = AccountEvent.Channel
TEMPLATE = "registration/recovery/reset.html"
CODE_TEMPLATE = "registration/recovery/reset_code.html"
PASSWORD_TEMPLATE = "registration/recovery/reset_password.html"  # noqa: S105 - a template


@for_strangers
@require_http_methods(PAGE_WITH_FORM)
def username(request: HttpRequest) -> HttpResponse:
    form = ResetForm(posted(request))
    context = {"title": _("Reset Password"), "back_url": reverse("registration:login"), "trouble": ""}
    if language.asked(request):
        return language.same_page(request, TEMPLATE, {"form": form.unchecked(), **context})
    if request.method != "POST" or not form.is_valid():
        return page(request, TEMPLATE, form, **context)
    account = reset.begin(request, form.cleaned_data["username"])
    return _send(request, account, codes.channel_asked(request) or Channel.SMS, TEMPLATE, form, context)


@for_strangers
@require_http_methods(PAGE_WITH_FORM)
def code(request: HttpRequest) -> HttpResponse:
    """It never says what became of the code: a message that cannot fail would tell that there is no phone."""
    under_way = reset.under_way(request)
    if under_way is None or under_way.challenge is None:
        return _begin_again(request)
    account, form = under_way.account, CodeForm(posted(request))
    context = _code_context(request, under_way)
    if language.asked(request):
        return language.same_page(request, CODE_TEMPLATE, {"form": form.unchecked(), **context})
    if channel := codes.channel_asked(request):
        return _send(request, account, channel, CODE_TEMPLATE, CodeForm(), context)
    if request.method != "POST" or not form.is_valid():
        return page(request, CODE_TEMPLATE, form, **context)
    verdict = codes.judged(request, under_way.challenge, form, Challenge.Purpose.RESET, phone=account.phone)
    if verdict.outcome is not Outcome.RIGHT or account.user is None:
        return codes.refused(request, CODE_TEMPLATE, form, verdict, context)
    reset.prove(request, account.user)
    return see_other("registration:reset_password")


@sensitive_post_parameters()
@for_strangers
@require_http_methods(PAGE_WITH_FORM)
def new_password(request: HttpRequest) -> HttpResponse:
    user = reset.proved_for(request)
    if user is None:
        return _begin_again(request)
    form = NewPasswordForm(posted(request), about=passwords.about_account(user), owner=user)
    context = {"title": _("Choose a new password"), "rules": passwords.rules(), "username": user.username}
    if language.asked(request):
        return language.same_page(request, PASSWORD_TEMPLATE, {"form": form.unchecked(), **context})
    if request.method != "POST" or not form.is_valid():
        return page(request, PASSWORD_TEMPLATE, form, **context)
    try:
        reset.finish(request, user, form.cleaned_data["password"])
    except reset.Spent:
        return _begin_again(request)
    messages.success(request, _("You changed your password. Log in."))
    return see_other("registration:login")


def _code_context(request: HttpRequest, under_way: reset.Reset) -> dict[str, Any]:
    return {
        "title": _("Enter your verification code"),
        "button": _("Verify Code"),
        "back_url": reverse("registration:reset"),
        "sent": codes.sent(request, under_way.challenge),
        "trouble": "",
    }


def _send(
    request: HttpRequest,
    account: reset.Account,
    channel: AccountEvent.Channel,
    template: str,
    form: PortalForm,
    context: dict[str, Any],
) -> HttpResponse:
    """On to the code page; refused, the page it was asked on says so."""
    try:
        reset.send_code(request, account, channel)
    except TooManySends as refusal:
        return codes.not_sent(request, template, form, refusal, context)
    if template == CODE_TEMPLATE:
        codes.say_sent(request)
    return see_other("registration:reset_code")


def _begin_again(request: HttpRequest) -> HttpResponse:
    """To the first page; who had begun learns why."""
    if reset.forget(request):
        messages.info(request, _("Too much time passed, or your password was changed. Enter your username again."))
    return see_other("registration:reset")
