"""What the provider reports. Reports repeat and overtake each other, so a state only ever rises."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import BinaryField, Case, F, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from notifications import results
from notifications.models import Notice
from portal.lib.database_time import ClockTimestamp
from registration import verification

# Twilio's words for texts and for calls; of two reports the one with the higher rank is the later.
DELIVERED = frozenset({"delivered", "read", "completed"})
LOST = frozenset({"undelivered", "failed", "canceled", "busy", "no-answer"})
RANK = {
    **dict.fromkeys(("accepted", "scheduled", "queued", "initiated"), 1),
    **dict.fromkeys(("sending", "ringing"), 2),
    **dict.fromkeys(("sent", "in-progress"), 3),
    **dict.fromkeys((*DELIVERED, *LOST), 4),
}


def report(notice_id: UUID, *, state: str, code: str = "", provider_id: str = "") -> None:
    """Take in one report. Unknown words, unknown notices and what is old news change nothing."""
    rank = RANK.get(state)
    if rank is None:
        return
    news = Notice.objects.filter(pk=notice_id, provider_rank__lt=rank)
    changes = {"provider_state": state, "provider_rank": rank, "provider_id": provider_id}
    if state in LOST:
        if notice := news.first():
            older = Q(provider_rank__lt=rank)
            results.bury(notice, code or state, only=older, state=Notice.State.UNDELIVERED, **changes)
    elif state in DELIVERED:
        if news.update(**changes, **_arrived()):
            _tell_verification(notice_id)
    else:
        news.update(**changes, state=_sent_if_open(), accepted_at=_first_accepted())


def _arrived() -> dict[str, Any]:
    return {
        "state": Notice.State.DELIVERED,
        "accepted_at": _first_accepted(),
        "final_at": ClockTimestamp(),
        "error_code": "",
        "payload": _without_codes(),
    }


def _tell_verification(notice_id: UUID) -> None:
    challenge = Notice.objects.filter(pk=notice_id).values_list("challenge_id", flat=True).first()
    if challenge:
        verification.delivery_reported(challenge, delivered=True)


def _sent_if_open() -> Combinable:
    """A report of any kind proves that the provider has it, whatever became of its answer to us."""
    return Case(When(state__in=Notice.OPEN, then=Value(Notice.State.SENT)), default=F("state"))


def _first_accepted() -> Combinable:
    return Coalesce("accepted_at", ClockTimestamp())


def _without_codes() -> Combinable:
    return Case(When(kind=Notice.Kind.CODE, then=Value(None)), default=F("payload"), output_field=BinaryField())
