"""Page 3 of registering: username and password."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from portal import language
from registration import enrolment, passwords
from registration.forms import AccountForm
from registration.models import PendingRegistration
from registration.views import ceremony
from registration.views.answers import PAGE_WITH_FORM, page, posted
from registration.views.finish import finish

TEMPLATE = "registration/account.html"


@sensitive_post_parameters()
@require_http_methods(PAGE_WITH_FORM)
@ceremony.matched
def account(request: HttpRequest, pending: PendingRegistration) -> HttpResponse:
    form = AccountForm(posted(request), initial={"username": pending.username}, about=passwords.about(pending.employee))
    context = {
        "rules": passwords.rules(),
        **ceremony.step(3, _("Create your username and password")),
    }
    if language.asked(request):
        return language.same_page(request, TEMPLATE, {"form": form.unchecked(), **context})
    if request.method == "POST" and form.is_valid():
        username, password = form.cleaned_data["username"], form.cleaned_data["password"]
        if not enrolment.is_taken(username):
            enrolment.set_credentials(pending, username=username, password=password)
            return finish(request, pending) if pending.phone_confirmed else redirect("registration:two_step")
        form.add_error("username", _("That username is taken. Choose a different one"))
    return page(request, TEMPLATE, form, **context)
