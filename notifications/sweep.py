"""What happens to notices whose sender died, whose answer was lost, or of which nothing was heard again."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from django.db.models import Q, QuerySet
from django.utils import timezone

from notifications import notices, receipts, results
from notifications.models import Notice
from portal.lib.database_time import ClockTimestamp, from_now
from portal.lib.sending import Accepted, SendingError
from portal.lib.telephony import gateway
from registration.models import AccountEvent

GRACE_SECONDS = 60  # after the lease: time for the provider's list to show what it took
SILENT_SECONDS, CLOSED_SECONDS = 600, 72 * 3600
CLOCKS_DIFFER = timedelta(minutes=1)
KEPT = timedelta(days=30)  # words and addresses, after the end
BATCH = 20
log = structlog.get_logger("portal.sweep")


def leases() -> None:
    """Senders that did not come back. Without the fence's stamp the provider was certainly not asked."""
    over = Notice.objects.filter(state=Notice.State.SENDING, lease_until__lt=ClockTimestamp())
    over.filter(fenced_at=None).update(state=Notice.State.PENDING, nudged_at=None)
    over.exclude(fenced_at=None).update(state=Notice.State.UNKNOWN)


def unknown() -> None:
    """Find out whether the provider has them; what it certainly has not is sent again, except codes."""
    for notice in Notice.objects.filter(state=Notice.State.UNKNOWN).order_by("lease_until")[:BATCH]:
        try:
            provider_id = _found(notice)
        except SendingError as error:
            log.warning("provider cannot be asked", channel=notice.channel, code=error.code)
            return
        if provider_id:
            results.accepted(notice, Accepted(provider_id))
        elif notice.is_code:
            _give_up_code(notice)
        else:
            _overdue(notice).update(state=Notice.State.PENDING, next_at=ClockTimestamp(), nudged_at=None)


def _found(notice: Notice) -> str:
    if notice.channel == Notice.Channel.SMS:
        content = notice.payload or {}
        sign = content["code"] if notice.is_code else notices.reference(notice.id)
        return gateway().find_text(to=notice.recipient, containing=sign, since=_earliest(notice))
    if notice.channel == Notice.Channel.VOICE:
        return gateway().find_call(to=notice.recipient, since=_earliest(notice))
    return ""  # a mail server cannot be asked; the letter's Message-ID makes a second one harmless


def _earliest(notice: Notice) -> datetime:
    """When the provider was asked at the earliest, by its own clock, which is not ours."""
    return (notice.fenced_at or notice.created_at) - CLOCKS_DIFFER


def _overdue(notice: Notice) -> QuerySet[Notice]:
    """The row, if it is still the unknown one we asked about and its time for an answer is over."""
    return Notice.objects.filter(
        pk=notice.pk,
        state=Notice.State.UNKNOWN,
        lease_token=notice.lease_token,
        lease_until__lt=from_now(-GRACE_SECONDS),
    )


def _give_up_code(notice: Notice) -> None:
    if _overdue(notice).exists():
        results.bury(notice, "unconfirmed")


def silent() -> None:
    """Texts and calls of which no report came: ask, and ask again every ten minutes until three days have passed."""
    waiting = Notice.objects.filter(state=Notice.State.SENT, final_at=None).exclude(channel=Notice.Channel.EMAIL)
    waiting.filter(accepted_at__lt=from_now(-CLOSED_SECONDS)).update(final_at=ClockTimestamp())
    quiet = waiting.filter(accepted_at__lt=from_now(-SILENT_SECONDS), next_at__lte=ClockTimestamp())
    for notice in quiet.exclude(provider_id="").order_by("next_at")[:BATCH]:
        ask = gateway().text_report if notice.channel == Notice.Channel.SMS else gateway().call_report
        try:
            said = ask(notice.provider_id)
        except SendingError as error:
            log.warning("provider cannot be asked", channel=notice.channel, code=error.code)
            return
        receipts.report(notice.id, state=said.state, code=said.code, provider_id=notice.provider_id)
        Notice.objects.filter(pk=notice.pk).update(next_at=from_now(SILENT_SECONDS))


def hopeless() -> None:
    """A day of trying is enough."""
    old = Q(created_at__lt=from_now(-results.GIVE_UP_SECONDS))
    for notice in Notice.objects.filter(old, state=Notice.State.PENDING).order_by("created_at")[:BATCH]:
        results.bury(notice, "gave_up", only=Q(state=Notice.State.PENDING))


def purge() -> int:
    """Forget words and addresses thirty days after the end; that something was told, and when, stays."""
    before = timezone.now() - KEPT
    ended = Notice.objects.filter(final_at__lt=before, payload__isnull=False)
    AccountEvent.objects.filter(dispatched_at__lt=before).delete()
    return ended.update(payload=None)
