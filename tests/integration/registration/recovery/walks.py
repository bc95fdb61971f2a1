"""Walks through both recoveries, page by page, and what a stranger could compare of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.hashers import get_hasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registration.models import AccountEvent, PhoneDevice, User
from tests.factories.accounts import make_account, newest_code
from tests.factories.people import make_employee, make_user
from tests.integration.registration.ceremony import facts_of, url

NEW = "Tw9#lark-Moss4"
TOKENS = re.compile(r'value="[A-Za-z0-9]{64}"')
VALUES = re.compile(r"'[^']*'|\b\d+\b|\bs\d+_x\d+\b")


def ask_username(client: Client, person: Any, **other: Any) -> Any:
    return client.post(url("forgot_id"), {**facts_of(person), "employee_number": person.employee_number, **other})


def begin(client: Client, username: str, send: str = "sms") -> Any:
    return client.post(url("reset"), {"username": username, "send": send})


def give_code(client: Client, code: str | None = None) -> Any:
    return client.post(url("reset_code"), {"code": code or newest_code()})


def choose(client: Client, password: str = NEW, again: str | None = None) -> Any:
    return client.post(url("reset_password"), {"password": password, "password2": again or password})


def reset(client: Client, username: str, password: str = NEW) -> Any:
    begin(client, username)
    assert give_code(client).url == url("reset_password")
    return choose(client, password)


@dataclass
class Stranger:
    """Somebody who posts and notes everything that can be told apart from outside, and what the database was asked."""

    address: str
    client: Client = field(init=False)
    seen: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.client = Client(REMOTE_ADDR=self.address)

    def post(self, name: str, data: dict[str, Any], *, hide: str = "") -> None:
        with CaptureQueriesContext(connection) as captured:
            answer = self.client.post(url(name), data)
        shapes = [VALUES.sub("?", query["sql"].partition("VALUES")[0]) for query in captured]
        page = self.client.get(answer.url) if answer.status_code == 303 else answer
        text = TOKENS.sub("", page.text)
        self.seen.append(
            {
                "status": (answer.status_code, getattr(answer, "url", ""), page.status_code),
                "headers": sorted(set(answer.headers) - {"Content-Length"}),
                "cookies": sorted(answer.cookies),
                "body": text.replace(hide, "") if hide else text,
                "queries": shapes,
            }
        )


def accounts() -> dict[str, User]:
    """One of every state in which a reset must look the same."""
    known = {
        "known": make_account(make_employee()),
        "closed": make_account(make_employee(), is_active=False),
        "frozen": make_account(make_employee(), frozen_at=timezone.now()),
        "no phone": make_user(make_employee()),
        "unconfirmed": make_user(make_employee()),
    }
    PhoneDevice.objects.create(user=known["unconfirmed"], name="phone", number="+14135550999", confirmed=False)
    return known


def codes_waiting() -> int:
    return AccountEvent.objects.filter(kind="code", dispatched_at=None).count()


def count_hashes(monkeypatch: Any) -> list[int]:
    """Grows by one with every password that is hashed."""
    hashed: list[int] = []
    hasher = type(get_hasher())
    encode = hasher.encode
    monkeypatch.setattr(hasher, "encode", lambda *given: hashed.append(1) or encode(*given))
    return hashed
