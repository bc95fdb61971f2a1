"""Once more the password and a second step, before a change to the account."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from portal import language
from registration import entering
from registration.access import account_required
from registration.factors.asking import CONFIRM
from registration.factors.forms import PasswordAgainForm
from registration.factors.views import steps
from registration.models import User
from registration.views.answers import PAGE_WITH_FORM, later, page, posted
from registration.views.login import throttled

TEMPLATE = "registration/factors/confirm.html"


@sensitive_post_parameters()
@require_http_methods(PAGE_WITH_FORM)
@account_required
def confirm(request: HttpRequest) -> HttpResponse:
    """Leads back to `next`, a path of this site, with a fresh proof in the session."""
    assert isinstance(request.user, User)
    form = PasswordAgainForm(posted(request))
    asked_for = request.POST.get("next", request.GET.get("next", ""))
    next = entering.local_or(request, asked_for, reverse("registration:methods"))
    context = {"title": _("Confirm it is you"), "button": _("Next"), "next": next}
    if language.asked(request):
        return language.same_page(request, TEMPLATE, {"form": form.unchecked(), **context})
    if request.method != "POST" or not form.is_valid():
        return page(request, TEMPLATE, form, **context)
    try:
        user = entering.check_password(request, request.user.username, form.cleaned_data["password"])
    except entering.TooManyTries as refusal:
        form.add_error(None, throttled(refusal))
        return later(page(request, TEMPLATE, form, **context), refusal.retry_after)
    if user is None:
        form.add_error("password", _("The password is not right"))
        return page(request, TEMPLATE, form, **context)
    return steps.ask(request, CONFIRM, user, next=next)
