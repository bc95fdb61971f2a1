"""Who has given the right password and is asked for a second step: at log-in, and before a change to the account."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.http import HttpRequest
from django.urls import reverse

from portal.limits.address import client_address
from registration import guesses, verification
from registration.factors.methods import Methods, methods_of
from registration.models import AccountEvent, Challenge, User
from registration.verification import Outcome, Verdict

LIFE = dt.timedelta(minutes=30)
Device = TypeVar("Device")


@dataclass(frozen=True)
class Door:
    """What the second step opens. Its pages are named after it: "login_code", "confirm_app"."""

    purpose: Challenge.Purpose
    name: str
    kept: str  # session key

    @property
    def start(self) -> str:
        """The address of the page that asks for the password."""
        return reverse(f"registration:{self.name}")

    def url(self, page: str) -> str:
        return reverse(f"registration:{self.name}_{page}")


LOGIN = Door(Challenge.Purpose.LOGIN, "login", "logging_in")
CONFIRM = Door(Challenge.Purpose.CONFIRM, "confirm", "confirming")


@dataclass(frozen=True)
class Asked:
    """Somebody whose password was right. `challenge`: of the code that was sent; `next`: where it leads."""

    user: User
    methods: Methods
    challenge: str | None
    next: str


def begin(request: HttpRequest, door: Door, user: User, *, methods: Methods, next: str) -> Asked:
    """Remember under a new session key that the password was right. Nothing is open yet."""
    request.session.cycle_key()
    request.session[door.kept] = {
        "user": user.pk,
        "password": user.get_session_auth_hash(),
        "at": int(time.time()),
        "next": next,
        "challenge": None,
    }
    return Asked(user, methods, None, next)


def asked(request: HttpRequest, door: Door) -> Asked | None:
    """Who is at this door in this session; nobody when that is long ago or the password has changed since."""
    kept = request.session.get(door.kept)
    if kept is None or time.time() - kept["at"] > LIFE.total_seconds():
        return None
    user = User.objects.select_related("employee").filter(pk=kept["user"], is_active=True).first()
    if user is None or user.get_session_auth_hash() != kept["password"]:
        return None
    return Asked(user, methods_of(user), kept["challenge"], kept["next"])


def keep_challenge(request: HttpRequest, door: Door, challenge_id: object) -> None:
    request.session[door.kept] = {**request.session[door.kept], "challenge": str(challenge_id)}


def code_request(
    request: HttpRequest, door: Door, somebody: Asked, channel: AccountEvent.Channel | None
) -> verification.Request:
    """The code this door asks for, over the way the phone was set up with when none is asked for."""
    phone = somebody.methods.phone
    assert phone is not None, "the pages of a phone need one"
    return verification.Request(
        purpose=door.purpose,
        session_key=request.session.session_key or "",
        subject=_subject(somebody.user),
        phone=phone.number,
        channel=channel or AccountEvent.Channel(phone.prefers),
        language=somebody.user.language,
        address=client_address(request),
        employee=somebody.user.employee,
    )


def judged(door: Door, user: User, look: Callable[[], tuple[Verdict, Device | None]]) -> tuple[Verdict, Device | None]:
    """What `look` finds, counted with the account's other guesses before it looks; LOCKED without a look."""
    run = guesses.run_of(door.purpose, _subject(user))
    if refused := guesses.count(run):
        return Verdict(Outcome.LOCKED, refused.retry_after), None
    verdict, device = look()
    if verdict.outcome is Outcome.RIGHT:
        guesses.right(run)
    elif verdict.outcome is not Outcome.WRONG:
        guesses.not_judged(run)
    return verdict, device


def _subject(user: User) -> str:
    return f"user {user.pk}"
