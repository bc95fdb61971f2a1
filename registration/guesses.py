"""How many guesses may be judged: ten in a row within fifteen minutes, a hundred in a row ever.

A run of misses belongs to whom the codes are for, whatever method is guessed at, and ends with a right answer. Who
guesses at an account's recovery has a run of their own: whoever knows a username may start one, and must not be able
to keep its owner from logging in. After a hundred only staff begin anew (`settings.LIMITS["code_misses_ever"]`).
"""

from __future__ import annotations

import datetime as dt

from portal.lib.crypto import keyed_hash
from portal.limits import counters
from portal.limits.counters import Refused
from registration.second_step import Challenge

SCOPES = ("code_misses", "code_misses_ever")
# Behind the account's password: one run for all of them. Anybody may ask for a reset.
OWN = frozenset({Challenge.Purpose.LOGIN, Challenge.Purpose.CONFIRM})


def run_of(purpose: Challenge.Purpose | str, subject: str, *, phone: str = "") -> str:
    """The key of a run. `subject` as in `verification.Request`, "user 12"; `phone` (E.164) when it is the one to prove.

    A phone nobody has confirmed is part of the key: misses at one say nothing of the next.
    """
    return _run(purpose, keyed_hash("subject", subject), keyed_hash("phone", phone))


def run_at(challenge: Challenge) -> str:
    """The key of the run that guesses at this code belong to."""
    return _run(challenge.purpose, challenge.subject, challenge.phone_key)


def count(run: str, *, now: dt.datetime | None = None) -> Refused | None:
    """Count a guess before it is looked at, so that parallel guesses gain nothing. Refused: it must not be judged."""
    return counters.hit_all([(scope, run) for scope in SCOPES], in_a_row=SCOPES, now=now)


def locked(run: str, *, now: dt.datetime | None = None) -> Refused | None:
    """What the next guess would be told, without counting it."""
    answers = [counters.check(scope, run, now=now) for scope in SCOPES]
    refusals = [answer for answer in answers if isinstance(answer, Refused)]
    return max(refusals, key=lambda refusal: refusal.retry_after, default=None)


def right(run: str) -> None:
    """The guess was right: the run is over."""
    for scope in SCOPES:
        counters.reset(scope, run)


def not_judged(run: str) -> None:
    """Nothing was compared after all: the guess is taken back."""
    for scope in SCOPES:
        counters.forgive(scope, run)


def _run(purpose: Challenge.Purpose | str, subject: str, phone: str) -> str:
    if purpose in OWN:
        return f"own {subject}"
    return f"reset {subject}" if purpose == Challenge.Purpose.RESET else f"{purpose} {subject} {phone}"
