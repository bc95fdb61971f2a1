"""Log in: username and password. The second step is `registration.factors`'."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from portal import language
from registration import entering, session_store, sessions
from registration.factors.asking import LOGIN
from registration.factors.views import steps
from registration.forms import LoginForm
from registration.models import User
from registration.views import waits
from registration.views.answers import PAGE_WITH_FORM, for_strangers, later, office_phone, page, posted

TEMPLATE = "registration/login.html"


@sensitive_post_parameters()
@for_strangers
@require_http_methods(PAGE_WITH_FORM)
def login(request: HttpRequest) -> HttpResponse:
    form = LoginForm(posted(request))
    saved = request.session.pop(session_store.SAVED, False)
    context = {
        "title": _("Log in to your account"),
        "button": _("Log in"),
        "next": request.POST.get("next", reverse("registration:profile") if saved else request.GET.get("next", "")),
        "saved": saved,
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
        form.add_error(None, throttled(refusal))
        return later(page(request, TEMPLATE, form, **context), refusal.retry_after)
    if user is None or not user.is_active:
        form.add_error(None, _("The username or password is not right") if user is None else _closed())
        return page(request, TEMPLATE, form, **context)
    return _after_password(request, user, next=str(context["next"]))


def _after_password(request: HttpRequest, user: User, *, next: str) -> HttpResponse:
    """The password was right: in at once where no second step is needed, else on to it."""
    if entering.without_code(request, user):
        return steps.inside(request, user, next)
    return steps.ask(request, LOGIN, user, next=next)


@require_safe
def call(request: HttpRequest) -> HttpResponse:
    """For who no longer has the phone: staff check who is calling and set up a new one."""
    return render(request, "registration/login_call.html", {"title": _("Call us to set up a new phone")})


def throttled(refusal: entering.TooManyTries) -> str:
    """Why a password was not looked at."""
    if refusal.for_account:
        return waits.wrong_passwords(refusal.retry_after)
    return waits.misses_from_here(refusal.retry_after)


def _closed() -> str:
    return _("This account is closed. Call %(phone)s") % {"phone": office_phone()}
