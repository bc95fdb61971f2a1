"""One-time codes: issue one, check one, hear what became of it.

Six digits, ten minutes, the newest only, once. Five misses end a code. Misses in a row outlive it
(`registration.guesses`): sending another code does not forgive them.

Sends are counted per phone and purpose, so that nobody can use up another account's log-in codes. What others can
have sent to a phone, by registering with its number or by asking for a reset, has a day limit over all purposes.
Numbers we never confirmed are counted per address and per person as well; above an hourly number of texts and calls
from everybody (text pumping costs money) they wait, while codes to confirmed phones go on.
"""

from __future__ import annotations

import datetime as dt
import enum
import hmac
import secrets
import uuid
from dataclasses import dataclass

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from portal.lib.crypto import keyed_hash
from portal.limits import counters
from portal.limits.counters import Allowed, Refused
from registration import guesses
from registration.events import AccountEvent
from registration.roster.models import Employee
from registration.second_step import Challenge

DIGITS = 6
Purpose = Challenge.Purpose
PHONE_CHANNELS = (AccountEvent.Channel.SMS, AccountEvent.Channel.VOICE)  # each costs money
EVERYBODY = ("code_send_everybody", "all")
NOBODY_ANSWERED = frozenset({"busy", "no-answer"})  # Twilio's words for a call
TOOK_NONE = frozenset({"failed", "undelivered"})  # and for a number that could not be reached, without an error
ONE_DAY = dt.timedelta(days=1)
log = structlog.get_logger("portal.verification")


@dataclass(frozen=True)
class Request:
    """For whom, where and why a code is asked.

    A reset's may have no phone: its code is never sent and never right, and costs what any other costs.
    """

    purpose: Challenge.Purpose
    session_key: str
    subject: str  # whom the code is for, e.g. "user 12": misses are counted for it
    phone: str  # E.164
    channel: AccountEvent.Channel
    language: str
    address: str
    employee: Employee | None = None


class TooManySends(Exception):
    """No code was sent. `retry_after` in seconds."""

    def __init__(self, retry_after: int) -> None:
        self.retry_after = retry_after


class Locked(TooManySends):
    """No code was sent or judged: too many misses in a row."""


class Outcome(enum.Enum):
    RIGHT = enum.auto()
    WRONG = enum.auto()
    OLD = enum.auto()  # expired, used, replaced, or none was sent from here
    ENDED = enum.auto()  # this code has had its five misses
    LOCKED = enum.auto()  # so has this person: ten in a row, or a hundred


@dataclass(frozen=True)
class Verdict:
    outcome: Outcome
    retry_after: int = 0  # seconds, with ENDED and LOCKED


def issue(request: Request, *, now: dt.datetime | None = None) -> Challenge:
    """Make a code, replace the ones before it, and ask for its delivery. Raises TooManySends or Locked."""
    now = now or timezone.now()
    _refuse_beyond_limits(request, now)
    is_sent = _may_be_sent(request, now)
    with transaction.atomic():
        subject = keyed_hash("subject", request.subject)
        _ones_before(request, subject).update(superseded_at=now)
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        challenge = Challenge(
            purpose=request.purpose,
            session=session_hash(request.session_key),
            subject=subject,
            channel=request.channel,
            phone=request.phone,
            phone_key=phone_key(request.phone),
            created_at=now,
            expires_at=now + dt.timedelta(minutes=settings.CODE_MINUTES),
        )
        challenge.code_hash = _code_hash(challenge.id, code if is_sent else secrets.token_hex())
        challenge.save()
        AccountEvent.objects.create(
            kind=AccountEvent.Kind.CODE,
            channel=request.channel,
            employee=request.employee,
            challenge_id=challenge.id,
            recipient=request.phone,
            payload={"code": code} if is_sent else None,
            language=request.language,
            expires_at=challenge.expires_at,
            dispatched_at=None if is_sent else now,  # nobody claims what was dispatched
        )
    return challenge


def _ones_before(request: Request, subject: str) -> QuerySet[Challenge]:
    """The open codes a new one replaces. A stranger's reset does not end the one its owner has begun elsewhere."""
    before = Challenge.objects.filter(subject=subject, purpose=request.purpose, used_at=None, superseded_at=None)
    return before.filter(session=session_hash(request.session_key)) if request.purpose == Purpose.RESET else before


def check(
    challenge_id: uuid.UUID | str | None,
    code: str,
    *,
    purpose: Challenge.Purpose,
    session_key: str,
    phone: str,
    now: dt.datetime | None = None,
) -> Verdict:
    """Judge a typed code. `phone` is the one that it would prove; a code that went to another one is old."""
    now = now or timezone.now()
    challenge = of_session(challenge_id, session_key=session_key)
    if challenge is None or (challenge.purpose, challenge.phone) != (purpose, phone):
        return Verdict(Outcome.OLD)
    run = guesses.run_at(challenge)
    if refused := guesses.count(run, now=now):
        return Verdict(Outcome.LOCKED, refused.retry_after)
    with transaction.atomic():
        verdict = _judge(Challenge.objects.select_for_update().get(pk=challenge.pk), code, now)
    if verdict.outcome is Outcome.RIGHT:
        guesses.right(run)
    elif verdict.outcome is not Outcome.WRONG:
        guesses.not_judged(run)
    return verdict


def _judge(challenge: Challenge, code: str, now: dt.datetime) -> Verdict:
    """With the row locked."""
    if not challenge.is_open(now):
        return Verdict(Outcome.OLD)
    if challenge.misses >= settings.CODE_MISSES:
        return Verdict(Outcome.ENDED, retry_after=_seconds_until_next_send(challenge, now))
    if hmac.compare_digest(challenge.code_hash, _code_hash(challenge.id, code)):
        challenge.used_at = now
        challenge.save(update_fields=["used_at"])
        return Verdict(Outcome.RIGHT)
    challenge.misses += 1
    challenge.save(update_fields=["misses"])
    return Verdict(Outcome.WRONG)


def delivery_reported(challenge_id: uuid.UUID, *, delivered: bool, code: str = "") -> None:
    """What became of the message; `code` is the provider's error or last word, or our own reason not to ask it.

    After a failure the code page says why and offers the other way. Unknown ids are ignored: a late report may follow
    a purge.
    """
    state = Challenge.Delivery.DELIVERED if delivered else _why_not(code)
    Challenge.objects.filter(id=challenge_id).update(delivery=state)
    if not delivered:
        log.warning("code not delivered", code=code)


def _why_not(code: str) -> Challenge.Delivery:
    if code in NOBODY_ANSWERED:
        return Challenge.Delivery.NO_ANSWER
    is_about_number = code.isdigit() or code in TOOK_NONE
    return Challenge.Delivery.FAILED if is_about_number else Challenge.Delivery.NOT_SENT


def of_session(challenge_id: uuid.UUID | str | None, *, session_key: str) -> Challenge | None:
    """The code that was sent from this session, else None."""
    if challenge_id is None:
        return None
    return Challenge.objects.filter(id=challenge_id, session=session_hash(session_key)).first()


def purge(*, now: dt.datetime | None = None) -> int:
    """Delete codes that ended a day ago. Returns how many."""
    over = (now or timezone.now()) - dt.timedelta(days=1)
    return Challenge.objects.filter(expires_at__lt=over).delete()[0]


def session_hash(session_key: str) -> str:
    return keyed_hash("session", session_key)


def phone_key(phone: str) -> str:
    return keyed_hash("phone", phone)


def _code_hash(challenge_id: uuid.UUID, code: str) -> str:
    return keyed_hash("code", f"{challenge_id} {code}")


def send_limits(purpose: Purpose | str, *, subject: str, phone: str) -> list[tuple[str, str]]:
    """The (scope, key) pairs of the limits that a code for this phone meets, in the order they are counted.

    A reset's are its subject's: what a stranger sees must not tell whether there is a phone.
    """
    whose = subject if purpose == Purpose.RESET else phone
    limits = [(scope, f"{purpose} {whose}") for scope in ("code_send_burst", "code_send", "code_send_day")]
    if purpose in guesses.OWN or purpose == Purpose.RESET:
        return limits
    return [*limits, ("code_send_others_day", phone)]


def _limits_of(request: Request, now: dt.datetime) -> list[tuple[str, str]]:
    limits = send_limits(request.purpose, subject=request.subject, phone=request.phone)
    if not _is_new(request):
        return limits
    before = [("code_send_address", request.address)]  # first: an address that is refused costs no phone anything
    if not _is_known(request, now):
        before.append(("code_numbers", request.subject))
    return [*before, *limits, *([EVERYBODY] if _costs(request) else [])]


def _is_new(request: Request) -> bool:
    """Whether nobody has confirmed this phone for this account yet."""
    return request.purpose not in guesses.OWN and request.purpose != Purpose.RESET


def _costs(request: Request) -> bool:
    """Whether everybody's hourly number is for it."""
    return _is_new(request) and request.channel in PHONE_CHANNELS


def _is_known(request: Request, now: dt.datetime) -> bool:
    """Whether this person had a code sent to this phone within the day."""
    mine = Challenge.objects.filter(subject=keyed_hash("subject", request.subject), created_at__gt=now - ONE_DAY)
    return mine.filter(phone_key=phone_key(request.phone)).exists()


def _refuse_beyond_limits(request: Request, now: dt.datetime) -> None:
    if _costs(request) and isinstance(closed := counters.check(*EVERYBODY, now=now), Refused):
        raise TooManySends(closed.retry_after)  # a flood is turned away with one look
    if locked := guesses.locked(guesses.run_of(request.purpose, request.subject, phone=request.phone), now=now):
        raise Locked(locked.retry_after)
    if refused := counters.hit_all(_limits_of(request, now), now=now):
        raise TooManySends(refused.retry_after)
    if _costs(request):
        counters.watch("code_send_alarm", now=now)


def _may_be_sent(request: Request, now: dt.datetime) -> bool:
    """A reset is asked for by anybody who knows a username: beyond the day's number the phone stays silent."""
    if request.purpose != Purpose.RESET:
        return True
    answer = counters.hit("code_send_others_day", request.phone or request.subject, now=now)
    return isinstance(answer, Allowed) and request.phone != ""


def _seconds_until_next_send(challenge: Challenge, now: dt.datetime) -> int:
    """A code that ended can be replaced at once, unless this phone has had its sends."""
    phone = f"{challenge.purpose} {challenge.phone}"
    answers = [counters.check(scope, phone, now=now) for scope in ("code_send_burst", "code_send", "code_send_day")]
    return max([answer.retry_after for answer in answers if isinstance(answer, Refused)], default=1)
