"""Addresses of the second step: asking for it at log-in and before a change, and the methods of an account."""

from __future__ import annotations

from django.urls import URLPattern, path

from registration.factors.asking import CONFIRM, LOGIN, Door
from registration.factors.views import confirm, methods, new, steps

PAGES = {"code": steps.code, "app": steps.app, "recovery": steps.recovery_code, "passkey": steps.passkey}


def _steps(prefix: str, door: Door) -> list[URLPattern]:
    return [path(f"{prefix}/{name}/", view, {"door": door}, name=f"{door.name}_{name}") for name, view in PAGES.items()]


urlpatterns = [
    *_steps("login", LOGIN),
    path("profile/confirm/", confirm.confirm, name="confirm"),
    *_steps("profile/confirm", CONFIRM),
    path("profile/methods/", methods.methods, name="methods"),
    path("profile/methods/app/", new.app, name="new_app"),
    path("profile/methods/passkey/", new.passkey, name="new_passkey"),
    path("profile/methods/recovery/", new.recovery_codes, name="new_recovery"),
    path("profile/methods/remove/<slug:key>/", methods.remove, name="remove_method"),
]
