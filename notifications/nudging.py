"""Which notices are due, and telling the workers so. The lease is taken by the worker: a queue must not eat it."""

from __future__ import annotations

from functools import cache
from uuid import UUID

from celery import current_app
from django.db import transaction
from django.db.models import F, Q, QuerySet

from notifications.deliver import deliver
from notifications.models import ChannelPause, Notice
from portal.lib.database_time import ClockTimestamp, from_now
from portal.lib.nudge import Nudger

AGAIN_SECONDS = 5  # a nudge the broker lost is given again
CODES_WINDOW, NOTICES_WINDOW = 50, 100  # nudged and not yet begun; more would only fill the queue with repeats


@cache
def nudger() -> Nudger:
    """The relay's own: it holds a connection and threads."""
    return Nudger(current_app, "notifications.deliver", lambda notice_id: deliver(UUID(notice_id)))


def due(*lanes: Notice.Lane) -> QuerySet[Notice]:
    """Waiting, their time has come, and no worker has been told of late."""
    paused = ChannelPause.objects.filter(until__gt=ClockTimestamp()).values("channel")
    not_told = Q(nudged_at=None) | Q(nudged_at__lt=F("next_at")) | Q(nudged_at__lt=from_now(-AGAIN_SECONDS))
    waiting = Notice.objects.filter(not_told, state=Notice.State.PENDING, lane__in=lanes, next_at__lte=ClockTimestamp())
    return waiting.exclude(channel__in=paused)


def codes_due() -> QuerySet[Notice]:
    return due(Notice.Lane.CODES)


def notices_due() -> QuerySet[Notice]:
    return due(Notice.Lane.NOTICES, Notice.Lane.BULK)


def nudge_codes() -> int:
    return _nudge(codes_due(), (Notice.Lane.CODES,), queue="codes", window=CODES_WINDOW)


def nudge_notices() -> int:
    lanes = (Notice.Lane.NOTICES, Notice.Lane.BULK)
    return _nudge(notices_due(), lanes, queue="notices", window=NOTICES_WINDOW)


def _nudge(rows: QuerySet[Notice], lanes: tuple[Notice.Lane, ...], *, queue: str, window: int) -> int:
    told = Notice.objects.filter(
        state=Notice.State.PENDING,
        lane__in=lanes,
        next_at__lte=ClockTimestamp(),
        nudged_at__gt=from_now(-AGAIN_SECONDS),
    )
    room = min(nudger().room(window), window - told.count())
    if room <= 0:
        return 0
    with transaction.atomic():
        claimed = rows.select_for_update(skip_locked=True).order_by("lane", "next_at")
        ids = list(claimed.values_list("id", flat=True)[:room])
        Notice.objects.filter(pk__in=ids).update(nudged_at=ClockTimestamp())
    for notice_id in ids:
        nudger().nudge(str(notice_id), queue=queue)
    return len(ids)
