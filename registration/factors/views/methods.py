"""The methods of an account: what there is, and taking one away."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_otp.models import Device
from django_otp_webauthn.models import WebAuthnCredential

from portal import language
from portal.lib.forms import PortalForm
from registration import proof
from registration.access import account_required
from registration.factors import changing
from registration.factors.methods import devices_of, methods_of, passkeys_of, stay_verified
from registration.factors.views import sentences
from registration.models import PhoneDevice, User
from registration.views.answers import PAGE_WITH_FORM


@require_safe
@account_required
def methods(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    owned, passkeys = methods_of(request.user), list(passkeys_of(request.user))
    count = sum([owned.phone is not None, owned.authenticator is not None, len(passkeys)])
    context = {
        "title": _("Two-step authentication"),
        "methods": owned,
        "passkeys": passkeys,
        "removable": count > 1,
        "few_codes": sentences.few_codes(owned.recovery_left) if owned.recovery_runs_out else "",
    }
    return render(request, "registration/factors/methods.html", context)


@require_http_methods(PAGE_WITH_FORM)
@account_required
def remove(request: HttpRequest, key: str) -> HttpResponse:
    """Asks first. `key`: the device's own random name; another person's is not found, before anything is asked."""
    assert isinstance(request.user, User)
    device = next((device for device in devices_of(request.user) if _key(device) == key), None)
    if device is None:
        raise Http404
    return _asked_first(request, device)


@proof.proof_required
def _asked_first(request: HttpRequest, device: Device) -> HttpResponse:
    if response := language.switched(request):
        return response
    if request.method == "POST":
        return _removed(request, device)
    context = {
        "form": PortalForm(),
        "title": _("Remove this from your account?"),
        "what": _what(device),
        "button": _("Yes, remove it"),
        "back_url": reverse("registration:methods"),
    }
    return render(request, "registration/factors/remove_method.html", context)


def _removed(request: HttpRequest, device: Device) -> HttpResponse:
    user = request.user
    assert isinstance(user, User)
    try:
        with proof.one_change(request):
            changing.remove(user, device, keep=request.session.session_key)
    except changing.TheLastOne:
        messages.error(request, _("This is the only one you have. Add another one first."))
        return redirect("registration:methods")
    except changing.TooNew:
        messages.error(request, sentences.too_new())
        return redirect("registration:methods")
    finish_change(request, user)
    messages.success(request, _("We removed it from your account."))
    return redirect("registration:methods")


def finish_change(request: HttpRequest, user: User) -> None:
    """After `proof.one_change`: the session gets a new key, and something that can still vouch for it."""
    request.session.cycle_key()
    stay_verified(request, user)


def _key(device: Device) -> str:
    return device.credential_id_sha256 if isinstance(device, WebAuthnCredential) else str(device.pk)


def _what(device: Device) -> str:
    if isinstance(device, PhoneDevice):
        return _("The phone for codes with the number ending in %(xx)s") % {"xx": device.ending}
    if isinstance(device, WebAuthnCredential):
        return _("The passkey %(name)s") % {"name": device.name}
    return _("Your authenticator app")
