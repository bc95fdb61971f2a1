"""A new password."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from portal import language
from registration import changes, passwords, proof
from registration.access import account_of
from registration.forms import NewPasswordForm
from registration.profile import finishing, late
from registration.views.answers import PAGE_WITH_FORM, page, posted

TEMPLATE = "registration/profile/password.html"


@sensitive_post_parameters()
@require_http_methods(PAGE_WITH_FORM)
@late.sensitive_change()
def password(request: HttpRequest) -> HttpResponse:
    user = account_of(request)
    form = NewPasswordForm(posted(request), about=passwords.about_account(user), owner=user)
    context = {
        "title": _("Choose a new password"),
        "button": _("Save"),
        "back_url": reverse("registration:profile"),
        "rules": passwords.rules(),
    }
    if language.asked(request):
        return language.same_page(request, TEMPLATE, {"form": form.unchecked(), **context})
    late.kept(request)
    if request.method != "POST" or not form.is_valid():
        return page(request, TEMPLATE, form, **context)
    with proof.one_change(request):
        changes.change_password(user, password=form.cleaned_data["password"], keep=request.session.session_key)
    return finishing.saved(request, user)
