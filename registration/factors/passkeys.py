"""Passkeys: the browser signs what we ask it to. A second step after the password, never instead of it."""

from __future__ import annotations

import json
import time
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django_otp_webauthn.exceptions import OTPWebAuthnApiError
from django_otp_webauthn.helpers import WebAuthnHelper
from django_otp_webauthn.models import WebAuthnCredential
from django_otp_webauthn.settings import app_settings
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import UserVerificationRequirement

from registration.factors import changing
from registration.models import User

ASKED = "passkey_asked"  # session key: what the browser was asked to sign, and when
LONGEST = 20_000  # characters of an answer
# What the libraries raise over an answer that is not one; thousands of brackets end in a RecursionError.
UNREADABLE = (WebAuthnException, OTPWebAuthnApiError, ValueError, KeyError, TypeError, RecursionError)


class NotSigned(Exception):
    """The answer does not fit what was asked. Nothing is told about why."""


class Helper(WebAuthnHelper):  # type: ignore[misc]  # the library has no types
    """django-otp-webauthn's, which asks the device for a finger or a PIN either always or never."""

    def get_generate_authentication_options_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        options: dict[str, Any] = super().get_generate_authentication_options_kwargs(**kwargs)
        return {**options, "user_verification": UserVerificationRequirement.PREFERRED}


def ask_for_new(request: HttpRequest, user: User) -> dict[str, Any]:
    """What `navigator.credentials.create` takes."""
    options, state = Helper(request).register_begin(user)
    return _asked(request, options, state, "new")


def ask_to_sign(request: HttpRequest, user: User) -> dict[str, Any]:
    """What `navigator.credentials.get` takes."""
    options, state = Helper(request).authenticate_begin(user, require_user_verification=False)
    return _asked(request, options, state, "sign")


def keep_new(request: HttpRequest, user: User, answer: str, *, name: str) -> WebAuthnCredential:
    """The new passkey, saved. Raises NotSigned."""
    state = _what_was_asked(request, "new")
    try:
        with transaction.atomic():
            passkey = Helper(request).register_complete(user, state, _read(answer))
            passkey.name = name
            passkey.save(update_fields=["name"])
            changing.added(user, changing.PASSKEY, keep=request.session.session_key)
    except (*UNREADABLE, IntegrityError) as error:
        raise NotSigned from error
    return passkey


def check(request: HttpRequest, user: User, answer: str) -> WebAuthnCredential:
    """The passkey of `user` that signed. Raises NotSigned. What was asked is used up either way."""
    state = _what_was_asked(request, "sign")
    try:
        with transaction.atomic():
            passkey = Helper(request).authenticate_complete(user, state, _read(answer))
    except UNREADABLE as error:
        raise NotSigned from error
    if not passkey.confirmed:
        raise NotSigned
    return passkey


def _asked(request: HttpRequest, options: dict[str, Any], state: dict[str, Any], kind: str) -> dict[str, Any]:
    request.session[ASKED] = {"kind": kind, "state": state, "at": int(time.time())}
    return options


def _what_was_asked(request: HttpRequest, kind: str) -> dict[str, Any]:
    """Taken out of the session for good before anything is looked at: an answer works once."""
    asked = request.session.pop(ASKED, None)
    request.session.save()
    if asked is None or asked["kind"] != kind or time.time() - asked["at"] > app_settings.OTP_WEBAUTHN_TIMEOUT_SECONDS:
        raise NotSigned
    state: dict[str, Any] = asked["state"]
    return state


def _read(answer: str) -> dict[str, Any]:
    given = json.loads(answer)
    if not isinstance(given, dict):
        raise NotSigned
    return given
