"""Authenticator apps: six digits of the time and a secret, RFC 6238."""

from __future__ import annotations

import base64
import datetime as dt
import secrets
from urllib.parse import quote, urlencode

import segno
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django_otp.oath import TOTP

from portal.lib.crypto import keyed_hash
from registration.factors import changing
from registration.models import AuthenticatorDevice, User
from registration.verification import Outcome, Verdict

SETUP = "authenticator_setup"  # session key: what the secret of the app being set up is derived from
SECRET_BYTES = 20
STEP_SECONDS, DIGITS, TOLERANCE = 30, 6, 1  # steps a clock may be off


def secret_in_setup(request: HttpRequest) -> str:
    """40 hex digits, the same until the set-up is finished. Stored nowhere before: derived under our own key."""
    nonce = request.session.setdefault(SETUP, secrets.token_urlsafe(32))
    return keyed_hash("authenticator", f"{request.user.pk} {nonce}")[: 2 * SECRET_BYTES]


def spelled(secret: str) -> str:
    """The key as apps take it by hand: base32 in groups of four."""
    text = base64.b32encode(bytes.fromhex(secret)).decode()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def address(secret: str, username: str, *, issuer: str) -> str:
    """otpauth://, as the QR code holds it."""
    label = quote(f"{issuer}:{username}", safe="")
    return f"otpauth://totp/{label}?" + urlencode(
        {
            "secret": spelled(secret).replace(" ", ""),
            "issuer": issuer,
            "algorithm": "SHA1",
            "digits": DIGITS,
            "period": STEP_SECONDS,
        },
        quote_via=quote,
    )


def picture(text: str) -> SafeString:
    """A QR code as inline SVG, drawn with attributes alone: the page's policy allows no inline style."""
    code = segno.make(text, error="m", micro=False)
    return mark_safe(code.svg_inline(scale=4, border=4, dark="#000", light="#fff", omitsize=True))  # noqa: S308 - segno draws squares only


class WrongCode(Exception):
    """The app that is being set up does not show this code now."""


def keep(request: HttpRequest, user: User, code: str) -> AuthenticatorDevice:
    """The app, confirmed, in place of the one before it. Raises WrongCode, or changing.TooNew when that must stay."""
    secret = secret_in_setup(request)
    step = _step_of(secret, code, after=-1, now=timezone.now())
    if step is None:
        raise WrongCode
    with transaction.atomic():
        for before in AuthenticatorDevice.objects.filter(user=user, confirmed=True):
            changing.may_go(user, before)
        AuthenticatorDevice.objects.filter(user=user).delete()
        device: AuthenticatorDevice = AuthenticatorDevice.objects.create(
            user=user, name="app", secret=secret, last_step=step
        )
        changing.added(user, changing.AUTHENTICATOR, keep=request.session.session_key)
    del request.session[SETUP]
    return device


def check(user: User, code: str, *, now: dt.datetime) -> tuple[Verdict, AuthenticatorDevice | None]:
    """Judge a typed code. Each time step works once, and after a miss the next look waits 1, 2, 4, … seconds."""
    with transaction.atomic():
        rows = AuthenticatorDevice.objects.select_for_update().filter(user=user, confirmed=True)
        device = rows.order_by("-created_at").first()
        if device is None:
            return Verdict(Outcome.OLD), None
        allowed, why = device.verify_is_allowed()
        if not allowed:
            return Verdict(Outcome.LOCKED, max(1, int((why["locked_until"] - now).total_seconds()) + 1)), None
        step = _step_of(device.secret, code, after=device.last_step, now=now)
        if step is None:
            device.throttle_increment()
            return Verdict(Outcome.WRONG), None
        device.last_step = step
        device.throttle_reset(commit=False)
        device.save()
    return Verdict(Outcome.RIGHT), device


def _step_of(secret: str, code: str, *, after: int, now: dt.datetime) -> int | None:
    """The time step that `code` belongs to, later than `after`; None when there is none about now."""
    totp = TOTP(bytes.fromhex(secret), step=STEP_SECONDS, digits=DIGITS)
    totp.time = now.timestamp()
    return totp.t() if totp.verify(int(code), tolerance=TOLERANCE, min_t=after + 1) else None
