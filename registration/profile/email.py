"""An e-mail address of one's own, beside the one the employer holds."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal import language
from registration import changes
from registration.models import AccountEvent, Challenge, User
from registration.profile import late, proving
from registration.profile.forms import ChangeEmailForm
from registration.views.answers import PAGE_WITH_FORM, page, posted

TEMPLATE = "registration/profile/email.html"


def _change(user: User, challenge: Challenge, keep: str | None) -> None:
    changes.change_email(user, email=challenge.phone, keep=keep)


NEW_EMAIL = proving.Proving(
    Challenge.Purpose.NEW_EMAIL, "registration:change_email", "registration:new_email_code", _change
)


@require_http_methods(PAGE_WITH_FORM)
@late.sensitive_change("email")
def email(request: HttpRequest) -> HttpResponse:
    form = ChangeEmailForm(posted(request), initial=late.kept(request))
    context = {
        "title": _("Change your email"),
        "button": _("Send Code"),
        "back_url": reverse("registration:profile"),
        "trouble": "",
    }
    if language.asked(request):
        return language.same_page(request, TEMPLATE, {"form": form.unchecked(), **context})
    if request.method != "POST" or not form.is_valid():
        return page(request, TEMPLATE, form, **context)
    again = (TEMPLATE, form, context)
    return proving.send(request, NEW_EMAIL, form.cleaned_data["email"], AccountEvent.Channel.EMAIL, again=again)


@require_http_methods(PAGE_WITH_FORM)
@late.sensitive_change()
def code(request: HttpRequest) -> HttpResponse:
    return proving.ask(request, NEW_EMAIL)
