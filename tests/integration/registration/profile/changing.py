"""Changing an account as its owner does, with what comes before each change."""

from __future__ import annotations

import time

from django.test import Client

from registration.models import AccountEvent
from registration.proof import PROVED

PHONE = {"country": "US", "phone": "(617) 555-0132", "send": "sms"}
NEW_NUMBER = "+16175550132"


def prove(client: Client, *, minutes_ago: int = 0) -> Client:
    """As after the password and the second step were given once more."""
    session = client.session
    session[PROVED] = int(time.time()) - minutes_ago * 60
    session.save()
    return client


def code_for(recipient: str) -> str:
    """The newest code that went there."""
    codes = AccountEvent.objects.filter(kind="code").order_by("-created_at")
    return next(event.payload["code"] for event in codes if event.recipient == recipient)


def told(kind: str) -> set[str]:
    """Everywhere a message of this kind went."""
    return {event.recipient for event in AccountEvent.objects.filter(kind=kind)}
