"""Reset Password: a username, a code to the phone on file, a new password. It never logs anybody in.

A username that is unknown, closed, frozen or has no phone gets the same pages and costs the same queries: its code is
never sent and never right (`verification.Request`). What is known of a reset stands in the session that began it, for
fifteen minutes, and works once.
"""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass

from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django.utils.translation import get_language

from portal.limits import counters
from portal.limits.address import client_address, network_of
from registration import changes, entering, guesses, verification
from registration.models import AccountEvent, Challenge, User
from registration.recovery.nobody import nobody
from registration.usernames import username_key

RESETTING = "resetting"  # session key
LIFE = dt.timedelta(minutes=15)  # of the code page after the last code, of the password page after the right one


class Spent(Exception):
    """The password was changed since the code was right."""


@dataclass(frozen=True)
class Account:
    """Whose password somebody wants to reset, as far as a code can reach them."""

    user: User | None
    subject: str
    phone: str  # E.164; empty: no code is sent, and none is right


@dataclass(frozen=True)
class Reset:
    account: Account
    challenge: str | None


def begin(request: HttpRequest, username: str) -> Account:
    """Remember in a fresh session which username was typed, as typed: nothing is known of it yet."""
    request.session.cycle_key()
    request.session[RESETTING] = {"username": username_key(username), "at": int(time.time()), "challenge": None}
    return account_of(username)


def account_of(username: str) -> Account:
    """Two look-ups, whatever they find."""
    key = username_key(username)
    user = User.objects.select_related("employee").filter(username_key=key).first()
    device = entering.phone_of(user or nobody())
    subject = f"user {user.pk}" if user else f"username {key}"
    if user is None or device is None or not user.is_active or user.frozen_at:
        return Account(None, subject, "")
    return Account(user, subject, str(device.number))


def under_way(request: HttpRequest) -> Reset | None:
    """What this session began and has not let grow old."""
    kept = _kept(request)
    return Reset(account_of(kept["username"]), kept["challenge"]) if kept else None


def send_code(request: HttpRequest, account: Account, channel: AccountEvent.Channel) -> None:
    """Raises verification.TooManySends or Locked. The address is asked first: refused, it costs no account a code."""
    address = client_address(request)
    if refused := counters.hit_all([("reset_address", address), ("reset_network", network_of(address))]):
        raise verification.TooManySends(refused.retry_after)
    counters.watch("reset_alarm")
    user = account.user
    challenge = verification.issue(
        verification.Request(
            purpose=Challenge.Purpose.RESET,
            session_key=request.session.session_key or "",
            subject=account.subject,
            phone=account.phone,
            channel=channel,
            language=user.language if user else get_language() or "en",
            address=address,
            employee=user.employee if user else None,
        )
    )
    kept = request.session[RESETTING]
    request.session[RESETTING] = {**kept, "challenge": str(challenge.id), "at": int(time.time())}


def prove(request: HttpRequest, user: User) -> None:
    """The code was right. The session gets a new key, and the password that stands now must still stand at the end."""
    request.session.cycle_key()
    kept = request.session[RESETTING]
    request.session[RESETTING] = {**kept, "at": int(time.time()), "proved": user.get_session_auth_hash()}


def proved_for(request: HttpRequest) -> User | None:
    """The account whose phone's code was typed in this session, minutes ago, and not used yet."""
    kept = _kept(request)
    user = account_of(kept["username"]).user if kept and "proved" in kept else None
    return user if user and kept and constant_time_compare(user.get_session_auth_hash(), kept["proved"]) else None


def finish(request: HttpRequest, user: User, password: str) -> None:
    """Change the password and end all that was open before it. Raises Spent when another tab was faster.

    Who was locked out can log in at once with the new password, whatever goes on at this address.
    """
    proved = request.session[RESETTING]["proved"]
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=user.pk)
        if not constant_time_compare(locked.get_session_auth_hash(), proved):
            raise Spent
        changes.change_password(locked, password=password, keep=None)
    _forgive(locked)
    request.session.flush()
    entering.trust_owner(request, user.username)


def _forgive(user: User) -> None:
    """What somebody with the old password used up of log-in codes and of misses at them is no longer the owner's."""
    subject = f"user {user.pk}"
    guesses.right(guesses.run_of(Challenge.Purpose.LOGIN, subject))
    phone = entering.phone_of(user)
    limits = verification.send_limits(Challenge.Purpose.LOGIN, subject=subject, phone=phone.number) if phone else []
    for scope, key in limits:
        counters.reset(scope, key)


def forget(request: HttpRequest) -> bool:
    """Drop what this session kept. Returns whether there was anything."""
    return request.session.pop(RESETTING, None) is not None


def _kept(request: HttpRequest) -> dict[str, str] | None:
    kept = request.session.get(RESETTING)
    return kept if kept and time.time() - kept["at"] < LIFE.total_seconds() else None
