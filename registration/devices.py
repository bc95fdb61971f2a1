"""All that an account has on people's desks: its sessions, its remembered browsers, its second steps."""

from __future__ import annotations

from django_otp_webauthn.models import WebAuthnCredential

from registration import browsers, session_store
from registration.models import AuthenticatorDevice, PhoneDevice, RecoverySheet, User


def end_everything(user: User) -> None:
    """Nobody stays logged in, no browser is let in without a second step, and no phone waits to take the codes."""
    session_store.end_others(user, keep=None)
    browsers.forget_all(user)
    drop_held_phone(user)


def drop_held_phone(user: User) -> None:
    """The phone before it goes on."""
    PhoneDevice.objects.filter(user=user, confirmed=False, held_until__isnull=False).delete()


def remove_methods(user: User) -> None:
    """Every phone, app, passkey and recovery code."""
    for method in (PhoneDevice, AuthenticatorDevice, RecoverySheet, WebAuthnCredential):
        method.objects.filter(user=user).delete()
