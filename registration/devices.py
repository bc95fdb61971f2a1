"""All that an account has on people's desks: its sessions, its remembered browsers, its second steps."""

from __future__ import annotations

from django_otp_webauthn.models import WebAuthnCredential

from registration import browsers, session_store
from registration.models import AuthenticatorDevice, PhoneDevice, RecoverySheet, User


def end_everything(user: User) -> None:
    """Nobody stays logged in, and no browser is let in without a second step."""
    session_store.end_others(user, keep=None)
    browsers.forget_all(user)


def remove_methods(user: User) -> None:
    """Every phone, app, passkey and recovery code."""
    for method in (PhoneDevice, AuthenticatorDevice, RecoverySheet, WebAuthnCredential):
        method.objects.filter(user=user).delete()
