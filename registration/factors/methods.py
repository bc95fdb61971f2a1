"""What an account can pass the second step with."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django_otp import login as otp_login
from django_otp.models import Device
from django_otp_webauthn.models import WebAuthnCredential

from registration.models import AuthenticatorDevice, PhoneDevice, RecoveryCode, User

FEW = 3  # recovery codes: with fewer left, their owner is told to make new ones


@dataclass(frozen=True)
class Methods:
    """What is there to choose from."""

    phone: PhoneDevice | None
    authenticator: AuthenticatorDevice | None
    passkeys: bool
    recovery_left: int  # codes of the sheet that were not used
    recovery_made: int = 0  # all of them; 0 without a sheet

    @property
    def pages(self) -> list[str]:
        """The pages that can ask, the safest method first."""
        owned = {
            "passkey": self.passkeys,
            "app": self.authenticator is not None,
            "code": self.phone is not None,
            "recovery": self.recovery_left > 0,
        }
        return [page for page, has in owned.items() if has]

    @property
    def recovery_runs_out(self) -> bool:
        return self.recovery_made > 0 and self.recovery_left < FEW


def methods_of(user: User) -> Methods:
    """Confirmed devices only."""
    sheet = RecoveryCode.objects.filter(sheet__user=user, sheet__confirmed=True)
    codes = sheet.aggregate(made=Count("pk"), left=Count("pk", filter=Q(used_at=None)))
    return Methods(
        phone=PhoneDevice.objects.filter(user=user, confirmed=True).order_by("-created_at").first(),
        authenticator=AuthenticatorDevice.objects.filter(user=user, confirmed=True).order_by("-created_at").first(),
        passkeys=passkeys_of(user).exists(),
        recovery_left=codes["left"],
        recovery_made=codes["made"],
    )


def passkeys_of(user: User) -> QuerySet[WebAuthnCredential]:
    passkeys: QuerySet[WebAuthnCredential] = WebAuthnCredential.objects.filter(user=user, confirmed=True)
    return passkeys.order_by("created_at")


def devices_of(user: User) -> list[Device]:
    """Everything that passes the second step again and again: recovery codes, which run out, do not count."""
    methods = methods_of(user)
    return [device for device in (methods.phone, methods.authenticator) if device] + list(passkeys_of(user))


def stay_verified(request: HttpRequest, user: User) -> None:
    """Let another device vouch for this session, when the one that did is gone."""
    devices = devices_of(user)
    vouches = getattr(request.user, "otp_device", None)
    if devices and (vouches is None or vouches.persistent_id not in {device.persistent_id for device in devices}):
        otp_login(request, devices[0])
