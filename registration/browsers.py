"""Browsers whose owner asked not to be asked for a code again: a signed cookie, and a row that can be deleted."""

from __future__ import annotations

import datetime as dt
import secrets

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django_otp.models import Device

from portal.lib.crypto import keyed_hash
from registration.browser_names import label_of
from registration.models import AccountEvent, PhoneDevice, RememberedBrowser, User
from registration.telling import addresses_of, tell
from registration.usernames import username_key

SIGNER = signing.TimestampSigner(salt="registration.browsers")


def cookie_name() -> str:
    """With the `__Host-` prefix wherever cookies are Secure, which is everywhere but in the demo."""
    return "__Host-browser" if settings.SESSION_COOKIE_SECURE else "browser"


def remember(request: HttpRequest, response: HttpResponse, user: User, device: Device) -> None:
    """Set the cookie for REMEMBER_DAYS, and tell the owner. It replaces this browser's earlier one.

    `device` is what passed the second step: when it is gone, so is the browser.
    """
    life = dt.timedelta(days=settings.REMEMBER_DAYS)
    secret = secrets.token_urlsafe(32)
    is_phone = isinstance(device, PhoneDevice)
    before = _row(request)
    with transaction.atomic():
        if before is not None:
            before.delete()
        row = RememberedBrowser.objects.create(
            user=user,
            device=device if is_phone else None,
            persistent_id="" if is_phone else device.persistent_id,
            label=label_of(request.headers.get("User-Agent", "")),
            secret_hash=keyed_hash("browser", secret),
            expires_at=timezone.now() + life,
        )
        tell(user, AccountEvent.Kind.BROWSER_REMEMBERED, to=addresses_of(user), payload={"label": row.label})
    response.set_cookie(
        cookie_name(),
        SIGNER.sign(f"{row.id}.{secret}"),
        max_age=life,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def remembered(request: HttpRequest, user: User) -> RememberedBrowser | None:
    """The row of this browser, if it is still remembered for `user` and what it was remembered with."""
    row = _row(request)
    return row if row is not None and row.user_id == user.pk and device_of(row) is not None else None


def device_of(row: RememberedBrowser) -> Device | None:
    """What passed the second step when this browser was remembered; None when it is gone."""
    device = row.device or Device.from_persistent_id(row.persistent_id)
    return device if device is not None and device.confirmed and device.user_id == row.user_id else None


def known_for(request: HttpRequest, username: str) -> RememberedBrowser | None:
    """The row of this browser, if it is remembered for whoever has this username."""
    row = _row(request)
    return row if row is not None and row.user.username_key == username_key(username) else None


def _row(request: HttpRequest) -> RememberedBrowser | None:
    try:
        signed = SIGNER.unsign(
            request.COOKIES.get(cookie_name(), ""), max_age=dt.timedelta(days=settings.REMEMBER_DAYS)
        )
    except signing.BadSignature:
        return None
    row_id, _dot, secret = signed.partition(".")
    rows = RememberedBrowser.objects.select_related("user", "device")
    row = rows.filter(id=row_id, expires_at__gt=timezone.now()).first()
    return row if row is not None and constant_time_compare(row.secret_hash, keyed_hash("browser", secret)) else None


def forget_all(user: User) -> int:
    """Every browser of this account is asked for a second step again. Returns how many."""
    return RememberedBrowser.objects.filter(user=user).delete()[0]


def purge() -> int:
    """Delete the rows whose time is over. Returns how many."""
    return RememberedBrowser.objects.filter(expires_at__lt=timezone.now()).delete()[0]
