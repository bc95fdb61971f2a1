"""Second steps of an account, and browsers that are half way or have just proved who is sitting there."""

from __future__ import annotations

import time
from typing import Any

from django.test import Client
from django_otp.oath import TOTP
from django_otp_webauthn.models import WebAuthnCredential

from portal.lib.crypto import keyed_hash
from registration.factors.recovery import ALPHABET
from registration.models import AuthenticatorDevice, RecoveryCode, RecoverySheet, User
from registration.proof import PROVED

SECRET = "3132333435363738393031323334353637383930"  # RFC 6238's own


def make_app(user: User, **fields: Any) -> AuthenticatorDevice:
    return AuthenticatorDevice.objects.create(user=user, name="app", **{"secret": SECRET, **fields})


def app_code(secret: str = SECRET, *, steps: int = 0) -> str:
    """What the app shows now; `steps` of 30 seconds later."""
    totp = TOTP(bytes.fromhex(secret))
    totp.time = time.time() + 30 * steps
    return f"{totp.token():06}"


def make_codes(user: User, *, count: int = 10) -> list[str]:
    """A sheet of recovery codes."""
    sheet = RecoverySheet.objects.create(user=user, name="recovery")
    codes = [ALPHABET[number] * 10 for number in range(count)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(sheet=sheet, code_hash=keyed_hash("recovery", f"{sheet.id} {code}")) for code in codes
    )
    return codes


def make_passkey(user: User, name: str = "Xqzpasskey") -> WebAuthnCredential:
    """One that cannot sign: for pages that only name it."""
    return WebAuthnCredential.objects.create(
        user=user, name=name, credential_id=f"{user.pk} {name}".encode(), public_key=b"-", aaguid="-"
    )


def prove(client: Client) -> None:
    """As after the password and a second step, just now."""
    session = client.session
    session[PROVED] = int(time.time())
    session.save()
