"""What an attempt's ending makes of a notice. Every write names the lease's token: who lost it changes nothing."""

from __future__ import annotations

import random
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Case, F, PositiveSmallIntegerField, Q, QuerySet, When
from django.db.models.functions import Coalesce

from cases.services import tasks
from notifications.dispatch import failed_key, untold_key
from notifications.models import ChannelPause, Notice
from portal.lib import clock
from portal.lib.database_time import ClockTimestamp, from_now
from portal.lib.sending import Accepted, ChannelRefused, NotSent, SendingError, Uncertain
from registration import verification

LONGEST_WAIT, GIVE_UP_SECONDS, PAUSE_SECONDS = 900.0, 24 * 3600, 60
# Twilio's codes for a number that no call would reach either; and after a day a call would come too late.
NO_USE_CALLING = frozenset({"21211", "21214", "21216", "21217", "21219", "30005", "gave_up"})
TO_SUPERVISORS = (Notice.Kind.SUPERVISOR_ABSENCE, Notice.Kind.NEXT_LEVEL_ABSENCE)
log = structlog.get_logger("portal.deliver")


def backoff(attempt: int, *, roll: float) -> float:
    """Seconds to wait after the `attempt`th try (from 1). `roll` in [0, 1) spreads those that failed together."""
    return roll * min(LONGEST_WAIT, 2.0 * 2.0 ** min(attempt, 16))


def _mine(notice: Notice) -> QuerySet[Notice]:
    """A report may have come while we waited for the answer; then it is right and we are late."""
    open_states = (Notice.State.SENDING, Notice.State.UNKNOWN)
    return Notice.objects.filter(pk=notice.pk, lease_token=notice.lease_token, state__in=open_states)


def accepted(notice: Notice, answer: Accepted) -> None:
    """The provider has it. What lets somebody in is not kept; a letter has no reports to wait for."""
    is_letter = notice.channel == Notice.Channel.EMAIL
    _mine(notice).update(
        state=Notice.State.SENT,
        provider_id=answer.provider_id,
        accepted_at=ClockTimestamp(),
        next_at=ClockTimestamp(),
        final_at=ClockTimestamp() if is_letter else None,
        error_code="",
    )
    if notice.opens_a_door:
        Notice.objects.filter(pk=notice.pk).update(payload=None)


def doubted() -> dict[str, Any]:
    """The columns of a notice of which it is not known whether it was sent; counted once an attempt."""
    begun = When(state=Notice.State.SENDING, then=F("doubts") + 1)
    return {
        "state": Notice.State.UNKNOWN,
        "doubts": Case(begun, default=F("doubts"), output_field=PositiveSmallIntegerField()),
        "doubted_at": Coalesce("doubted_at", ClockTimestamp()),
    }


def not_begun(notice: Notice) -> None:
    """The fence held it back: too late to be of use, or the lease ran out before the provider was asked."""
    if Notice.objects.filter(pk=notice.pk, expires_at__lte=ClockTimestamp()).exists():
        bury(notice, "expired")
    else:
        _mine(notice).filter(fenced_at=None).update(state=Notice.State.PENDING, nudged_at=None)


def failed(notice: Notice, ending: SendingError) -> None:
    log.warning(
        "not accepted",
        notice_id=str(notice.id),
        channel=notice.channel,
        attempt=notice.attempt,
        code=ending.code,
        error=type(ending).__name__,
    )
    if isinstance(ending, Uncertain):
        _mine(notice).update(**doubted(), error_code=ending.code)
    elif isinstance(ending, NotSent):
        _again(notice, ending.code, ending.retry_after)
    elif isinstance(ending, ChannelRefused):
        pause(notice.channel, ending.code)
        _again(notice, ending.code, PAUSE_SECONDS)
    else:
        bury(notice, ending.code)


def _again(notice: Notice, code: str, wait: float | None) -> None:
    seconds = backoff(notice.attempt, roll=random.random()) if wait is None else wait  # noqa: S311  # not a secret
    _mine(notice).update(
        state=Notice.State.PENDING, next_at=from_now(seconds), nudged_at=None, lease_token=None, error_code=code
    )


def pause(channel: str, code: str) -> None:
    """Our account or settings are refused: stop, say so, and let one notice try again in a minute."""
    both = (Notice.Channel.SMS, Notice.Channel.VOICE)
    for each in both if channel in both else (channel,):
        values = {"until": from_now(PAUSE_SECONDS), "error_code": code}
        ChannelPause.objects.update_or_create(channel=each, defaults=values)
    log.error("channel paused", channel=channel, code=code)


def bury(
    notice: Notice, code: str, *, only: Q | None = None, state: Notice.State = Notice.State.DEAD, **changes: object
) -> bool:
    """This notice will not arrive. Then another channel, then a person. False: it was settled meanwhile.

    `only` guards the write; by default the lease's token does. The rows of the same message are locked first, in one
    order, so that two channels that fail together do not each count on the other.
    """
    guard = Q(lease_token=notice.lease_token) if only is None else only
    with transaction.atomic():
        family = list(Notice.objects.select_for_update().filter(told=notice.told).order_by("id"))
        mine = Notice.objects.filter(guard, pk=notice.pk, state__in=(*Notice.OPEN, Notice.State.SENT))
        if not mine.update(state=state, error_code=code, final_at=ClockTimestamp(), **changes):
            return False
        if notice.is_code:
            _code_failed(notice, code)
        elif notice.kind == Notice.Kind.ACCOUNT_CREATED:
            _claim_untold(notice)
        elif notice.kind in TO_SUPERVISORS:
            notice.error_code = code
            _escalate(notice, [row for row in family if row.pk != notice.pk])
    return True


def _claim_untold(notice: Notice) -> None:
    """Somebody must learn of the account in their name: the liaison knows them."""
    person = notice.recipient_employee
    if person is not None:
        tasks.open_task(
            key=untold_key(notice.account_event_id),
            kind=tasks.Kind.ACCOUNT_UNTOLD,
            waits_on=tasks.WaitsOn.LIAISON,
            agency_id=person.agency_id,
            now=clock.now(),
        )


def _code_failed(notice: Notice, code: str) -> None:
    Notice.objects.filter(pk=notice.pk).update(payload=None)
    if notice.challenge_id:
        verification.delivery_reported(notice.challenge_id, delivered=False, code=code)


def _escalate(failed_now: Notice, others: list[Notice]) -> None:
    if any(row.carries for row in others):
        return  # the other channel carries it
    rows = [failed_now, *others]
    called = any(row.channel == Notice.Channel.VOICE for row in rows)
    text = next((row for row in rows if row.channel == Notice.Channel.SMS), None)
    if text and not called and text.error_code not in NO_USE_CALLING:
        _call_instead(text)
        return
    person = failed_now.recipient_employee
    tasks.open_task(
        key=failed_key(failed_now.case_id, failed_now.recipient_employee_id),
        kind=tasks.Kind.NOTICE_FAILED,
        waits_on=tasks.WaitsOn.STAFF,
        case_id=failed_now.case_id,
        agency_id=person.agency_id if person else None,
        now=clock.now(),
    )


def _call_instead(text: Notice) -> None:
    """A landline takes no text, but it rings."""
    call = Notice(
        told=text.told,
        kind=text.kind,
        channel=Notice.Channel.VOICE,
        recipient=text.recipient,
        payload=text.payload,
        language=text.language,
        case_id=text.case_id,
        case_event_id=text.case_event_id,
        recipient_employee_id=text.recipient_employee_id,
    )
    Notice.objects.bulk_create([call], ignore_conflicts=True)
