"""Accounts with a phone, sessions that have passed both steps, and the codes that were asked for."""

from __future__ import annotations

import itertools
import time
from typing import Any

from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY

from registration.models import AccountEvent, Employee, PhoneDevice, User
from tests.factories.people import make_user

PASSWORD = "Vq7!mzkw3Ptr#xLd"
_count = itertools.count(1)


def make_phone(user: User, number: str = "", **fields: Any) -> PhoneDevice:
    """A confirmed phone that takes the account's codes."""
    number = number or f"+1413555{next(_count):04}"
    return PhoneDevice.objects.create(user=user, name="phone", number=number, **fields)


def make_account(employee: Employee | None = None, *, password: str = PASSWORD, **fields: Any) -> User:
    """An account that can log in: password and phone."""
    user = make_user(employee, password=password, **fields)
    make_phone(user)
    return user


def sign_in(client: Client, user: User) -> Client:
    """`client` as if `user` had passed both steps just now."""
    device = user.phones.first() or make_phone(user)
    client.force_login(user)
    session = client.session
    now = int(time.time())
    session.update({DEVICE_ID_SESSION_KEY: device.persistent_id, "began": now, "seen": now})
    session["staff"] = user.is_staff or user.roles.exists()
    session.save()
    return client


def newest_event(**which: Any) -> AccountEvent:
    return AccountEvent.objects.filter(**which).latest("created_at")


def newest_code() -> str:
    """The code of the newest message that waits to be sent."""
    return newest_event(kind="code").payload["code"]


def another(code: str) -> str:
    """Six digits that are not `code`."""
    return f"{(int(code) + 1) % 1_000_000:06}"
