"""Which notices are due, and telling the workers so. The lease is taken by the worker: a queue must not eat it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cache
from uuid import UUID

from celery import current_app
from django.db import transaction
from django.db.models import (
    Case,
    DurationField,
    ExpressionWrapper,
    F,
    PositiveSmallIntegerField,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Least, Power

from notifications.deliver import deliver
from notifications.models import ChannelPause, Notice
from portal.lib.database_time import ClockTimestamp
from portal.lib.nudge import Nudger

AGAIN_SECONDS = 5  # a nudge the broker lost is given again, later each time
HINTS = 2  # nudges to the workers; a row nobody has begun after these, 15 s, is delivered by the relay itself
LONGEST = 5  # doublings
CODES_WINDOW, NOTICES_WINDOW = 50, 100  # nudged and not yet begun; more would only fill the queue with repeats
NUDGED = Q(nudged_at__gte=F("next_at"))  # since it became due


@cache
def nudger() -> Nudger:
    """The relay's own: it holds a connection and threads."""
    return Nudger(current_app, "notifications.deliver", lambda notice_id: deliver(UUID(notice_id)))


def _patience_over() -> Q:
    """5, 10, 20 … s after its last nudge."""
    wait = Value(dt.timedelta(seconds=AGAIN_SECONDS)) * Power(2.0, Least(F("nudges"), LONGEST) - 1)
    return Q(nudged_at__lt=ClockTimestamp() - ExpressionWrapper(wait, output_field=DurationField()))


def _waiting(lanes: Iterable[Notice.Lane]) -> QuerySet[Notice]:
    return Notice.objects.filter(state=Notice.State.PENDING, lane__in=lanes, next_at__lte=ClockTimestamp())


def due(*lanes: Notice.Lane) -> QuerySet[Notice]:
    """Waiting, their time has come, and no worker has been told of late."""
    paused = ChannelPause.objects.filter(until__gt=ClockTimestamp()).values("channel")
    never = Q(nudged_at=None) | Q(nudged_at__lt=F("next_at"))
    return _waiting(lanes).filter(never | _patience_over()).exclude(channel__in=paused)


def codes_due() -> QuerySet[Notice]:
    return due(Notice.Lane.CODES)


def notices_due() -> QuerySet[Notice]:
    return due(Notice.Lane.NOTICES, Notice.Lane.BULK)


def nudge_codes() -> int:
    return _nudge((Notice.Lane.CODES,), queue="codes", window=CODES_WINDOW)


def nudge_notices() -> int:
    return _nudge((Notice.Lane.NOTICES, Notice.Lane.BULK), queue="notices", window=NOTICES_WINDOW)


def _nudge(lanes: tuple[Notice.Lane, ...], *, queue: str, window: int) -> int:
    left_lying = NUDGED & Q(nudges__gte=HINTS)  # the broker lives, the workers do not
    here = _claimed(due(*lanes).filter(left_lying), nudger().room_here())
    for notice_id in here:
        nudger().do_here(str(notice_id))
    queued = _waiting(lanes).filter(NUDGED).exclude(_patience_over())
    hinted = _claimed(due(*lanes).exclude(left_lying), min(nudger().room(window), window - queued.count()))
    for notice_id in hinted:
        nudger().nudge(str(notice_id), queue=queue)
    return len(here) + len(hinted)


def _claimed(rows: QuerySet[Notice], room: int) -> list[UUID]:
    """Up to `room` of them, counted as nudged now."""
    if room <= 0:
        return []
    with transaction.atomic():
        claimed = rows.select_for_update(skip_locked=True).order_by("lane", "next_at")
        ids = list(claimed.values_list("id", flat=True)[:room])
        nudges = Case(When(NUDGED, then=F("nudges") + 1), default=1, output_field=PositiveSmallIntegerField())
        Notice.objects.filter(pk__in=ids).update(nudged_at=ClockTimestamp(), nudges=nudges)
    return ids
