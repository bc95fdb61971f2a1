"""Whether messages get out: what an alarm asks every minute."""

from __future__ import annotations

from notifications.models import ChannelPause, Heartbeat, Notice
from portal.lib.database_time import ClockTimestamp, from_now

BEAT_SECONDS, SILENT_SECONDS = 5, 15
WAITING_SECONDS, UNKNOWN_SECONDS = 60, 300


def beat(process: str = "relay") -> None:
    Heartbeat.objects.update_or_create(process=process, defaults={"at": ClockTimestamp()})


def complaints() -> list[str]:
    """What is wrong, in words for the operator; empty when all is well."""
    notices, lanes = Notice.objects, (Notice.Lane.CODES, Notice.Lane.NOTICES)
    waiting = notices.filter(state=Notice.State.PENDING, lane__in=lanes, next_at__lt=from_now(-WAITING_SECONDS))
    unknown = notices.filter(state=Notice.State.UNKNOWN, doubted_at__lt=from_now(-UNKNOWN_SECONDS))
    found = {
        "no relay": not Heartbeat.objects.filter(at__gt=from_now(-SILENT_SECONDS)).exists(),
        "a notice has waited for a minute": waiting.exists(),
        "a notice has been unknown for five minutes": unknown.exists(),
        "a channel is paused": ChannelPause.objects.filter(until__gt=ClockTimestamp()).exists(),
    }
    return [complaint for complaint, is_so in found.items() if is_so]
