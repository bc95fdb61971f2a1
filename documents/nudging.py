"""Which files are due, and telling the workers so. The lease is taken by who checks: a queue must not eat it."""

from __future__ import annotations

from functools import cache
from uuid import UUID

from celery import current_app
from django.db import transaction
from django.db.models import F, Q, QuerySet

from documents.models import DocumentFile
from documents.pipeline import check
from portal.lib.database_time import ClockTimestamp, from_now
from portal.lib.nudge import Nudger

AGAIN_SECONDS = 10  # a nudge the broker lost is given again
HINTS = 2  # nudges to the workers; a file nobody has begun after these is checked by the relay itself
WINDOW = 20  # nudged and not yet begun; more would only fill the queue with repeats
NUDGED = Q(nudged_at__gte=F("next_at"))  # since it became due
State = DocumentFile.State


@cache
def nudger() -> Nudger:
    """The relay's own: it holds a connection and threads."""
    return Nudger(current_app, "documents.check", lambda file_id: check(UUID(file_id)))


def due() -> QuerySet[DocumentFile]:
    """Waiting, their time has come, and no worker has been told of late."""
    told_of_late = NUDGED & Q(nudged_at__gte=from_now(-AGAIN_SECONDS))
    return _waiting().exclude(told_of_late)


def nudge_due() -> int:
    left_lying = NUDGED & Q(nudges__gte=HINTS)  # the broker lives, the workers do not
    here = _claimed(due().filter(left_lying), nudger().room_here())
    for file_id in here:
        nudger().do_here(str(file_id))
    queued = _waiting().filter(NUDGED).count()
    hinted = _claimed(due().exclude(left_lying), min(nudger().room(WINDOW), WINDOW - queued))
    for file_id in hinted:
        nudger().nudge(str(file_id), queue="documents")
    return len(here) + len(hinted)


def _waiting() -> QuerySet[DocumentFile]:
    return DocumentFile.objects.filter(state__in=(State.RECEIVED, State.WAITING), next_at__lte=ClockTimestamp())


def _claimed(rows: QuerySet[DocumentFile], room: int) -> list[UUID]:
    """Up to `room` of them, counted as nudged now."""
    if room <= 0:
        return []
    with transaction.atomic():
        claimed = rows.select_for_update(skip_locked=True).order_by("next_at")
        ids = list(claimed.values_list("id", flat=True)[:room])
        again = DocumentFile.objects.filter(pk__in=ids)
        again.exclude(NUDGED).update(nudges=0)
        again.update(nudged_at=ClockTimestamp(), nudges=F("nudges") + 1)
    return ids
