"""Adding a method: an authenticator app, a passkey, recovery codes. Each after a fresh proof, which it spends."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal import language
from portal.lib.forms import PortalForm
from portal.office.models import ContactRecord
from registration import proof
from registration.browser_names import label_of
from registration.factors import authenticator, changing, passkeys, recovery
from registration.factors.forms import AppForm, PasskeyForm
from registration.factors.methods import methods_of
from registration.factors.views import sentences
from registration.factors.views.methods import finish_change
from registration.models import User
from registration.views.answers import PAGE_WITH_FORM, page, posted


@require_http_methods(PAGE_WITH_FORM)
@proof.proof_required
def app(request: HttpRequest) -> HttpResponse:
    """A picture to scan and a code to type; nothing is set up before the code is right."""
    user = request.user
    assert isinstance(user, User)
    template, form = "registration/factors/new_app.html", AppForm(posted(request))
    secret = authenticator.secret_in_setup(request)
    issuer = ContactRecord.objects.get(pk=1).portal_name
    address = authenticator.address(secret, user.username, issuer=issuer)
    context = {
        "title": _("Set up an authenticator app"),
        "button": _("Verify Code"),
        "back_url": reverse("registration:methods"),
        "picture": authenticator.picture(address),
        "address": address,
        "key": authenticator.spelled(secret),
    }
    if language.asked(request):
        return language.same_page(request, template, {"form": form.unchecked(), **context})
    if request.method != "POST" or not form.is_valid():
        return page(request, template, form, **context)
    try:
        with proof.one_change(request):
            authenticator.keep(request, user, form.cleaned_data["code"])
    except changing.TooNew:
        form.add_error(None, sentences.too_new())
        return page(request, template, form, **context)
    except authenticator.WrongCode:
        form.add_error("code", _("That code is not right. Enter the code that your app shows now"))
        return page(request, template, form, **context)
    return _added(request, user, _("You can now log in with your authenticator app."))


@require_http_methods(PAGE_WITH_FORM)
@proof.proof_required
def passkey(request: HttpRequest) -> HttpResponse:
    """The browser makes it, by a script; every answer but a right one is asked for anew."""
    user = request.user
    assert isinstance(user, User)
    template = "registration/factors/new_passkey.html"
    form = PasskeyForm(posted(request), initial={"name": label_of(request.headers.get("User-Agent", ""))})
    switching = language.asked(request)
    if request.method == "POST" and not switching and form.is_valid():
        try:
            with proof.one_change(request):
                passkeys.keep_new(request, user, form.cleaned_data["credential"], name=form.cleaned_data["name"])
        except passkeys.NotSigned:
            form.add_error(None, _("No passkey was made. Try again"))
        else:
            return _added(request, user, _("You can now log in with your passkey."))
    context = {
        "title": _("Add a passkey"),
        "back_url": reverse("registration:methods"),
        "options": json.dumps(passkeys.ask_for_new(request, user)),
    }
    if switching:
        return language.same_page(request, template, {"form": form.unchecked(), **context})
    return page(request, template, form, **context)


@require_http_methods(PAGE_WITH_FORM)
@proof.proof_required
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Ten codes, which work once their owner says they are saved."""
    user = request.user
    assert isinstance(user, User)
    if response := language.switched(request):
        return response
    if request.method == "POST":
        with proof.one_change(request):
            recovery.keep(request, user)
        return _added(request, user, _("Your recovery codes work now."))
    context = {
        "form": PortalForm(),
        "title": _("Save your recovery codes"),
        "button": _("I have saved these codes"),
        "back_url": reverse("registration:methods"),
        "codes": [recovery.grouped(code) for code in recovery.codes_in_setup(request)],
        "replaces": methods_of(user).recovery_made > 0,
    }
    return render(request, "registration/factors/new_recovery.html", context)


def _added(request: HttpRequest, user: User, news: str) -> HttpResponse:
    finish_change(request, user)
    messages.success(request, news)
    return redirect("registration:methods")
