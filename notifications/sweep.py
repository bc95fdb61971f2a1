"""What happens to notices whose sender died, whose answer was lost, or of which nothing was heard again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from django.db import InterfaceError, OperationalError
from django.db.models import Q, QuerySet
from django.utils import timezone

from notifications import notices, receipts, results
from notifications.models import Notice
from portal.lib.database_time import ClockTimestamp, from_now
from portal.lib.sending import Accepted, NotSent, SendingError, Uncertain, UnknownThere
from portal.lib.telephony import gateway
from registration.models import AccountEvent

GRACE_SECONDS = 60  # after the lease: time for the provider's list to show what it took
LETTER_GRACE_SECONDS = 30  # a mail server has no list; a sender that was asleep may be handing it over
SILENT_SECONDS, CLOSED_SECONDS = 600, 72 * 3600
CLOCKS_DIFFER = timedelta(minutes=1)
KEPT = timedelta(days=30)  # words and addresses, after the end
BATCH = 20
GIVE_UP_AGAIN_SECONDS = 60
DIED = "sender_died"
TRIES_OF_A_LETTER, TRIES_OF_THE_DYING = 2, 5
log = structlog.get_logger("portal.sweep")


def leases() -> None:
    """Senders that did not come back. Without the fence's stamp the provider was certainly not asked."""
    over = Notice.objects.filter(state=Notice.State.SENDING, lease_until__lt=ClockTimestamp())
    over.filter(fenced_at=None).update(state=Notice.State.PENDING, nudged_at=None)
    over.exclude(fenced_at=None).update(**results.doubted(), error_code=DIED)


def unknown() -> None:
    """Find out whether the provider has them; what it certainly has not is sent again, except codes."""
    waiting = Notice.objects.filter(state=Notice.State.UNKNOWN)
    _each(waiting.filter(channel=Notice.Channel.EMAIL), _settle, again_in=0)  # nobody is asked about these
    _each(waiting.exclude(channel=Notice.Channel.EMAIL), _settle, again_in=0)


def silent() -> None:
    """Texts and calls of which no report came: ask, and ask again every ten minutes until three days have passed."""
    waiting = Notice.objects.filter(state=Notice.State.SENT, final_at=None).exclude(channel=Notice.Channel.EMAIL)
    waiting.filter(accepted_at__lt=from_now(-CLOSED_SECONDS)).update(final_at=ClockTimestamp())
    quiet = waiting.filter(accepted_at__lt=from_now(-SILENT_SECONDS), next_at__lte=ClockTimestamp())
    _each(quiet.exclude(provider_id=""), _ask, again_in=SILENT_SECONDS)


def hopeless() -> None:
    """A day of trying is enough."""
    old = Notice.objects.filter(created_at__lt=from_now(-results.GIVE_UP_SECONDS))
    _each(old.filter(state=Notice.State.PENDING), _give_up, again_in=GIVE_UP_AGAIN_SECONDS)


def _each(rows: QuerySet[Notice], work: Callable[[Notice], object], *, again_in: float) -> None:
    """A batch of them. Each goes to the back before it is worked on: one that cannot be must not hold the others up."""
    for notice in rows.order_by("next_at")[:BATCH]:
        rows.filter(pk=notice.pk).update(next_at=from_now(again_in))
        try:
            work(notice)
        except (NotSent, Uncertain) as error:
            log.warning("provider cannot be asked", channel=notice.channel, code=error.code)
            return
        except SendingError as error:
            log.warning("provider does not say", notice_id=str(notice.id), channel=notice.channel, code=error.code)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            log.exception("not swept", notice_id=str(notice.id))


def _settle(notice: Notice) -> None:
    if provider_id := _found(notice):
        results.accepted(notice, Accepted(provider_id))
    elif not _overdue(notice).exists():
        return
    elif notice.is_code:
        results.bury(notice, Notice.UNCONFIRMED, only=_asked_about(notice))
    elif notice.channel == Notice.Channel.EMAIL and not _is_sent_again(notice):
        results.bury(notice, Notice.UNCONFIRMED, only=_asked_about(notice), state=Notice.State.SENT)
    else:
        _overdue(notice).update(state=Notice.State.PENDING, next_at=ClockTimestamp(), nudged_at=None)


def _is_sent_again(letter: Notice) -> bool:
    """A mail server that takes letters and does not say so must not be given one over and over.

    Our own deaths say nothing about it, so they have more tries: twice killed must not mean never told.
    """
    return letter.doubts < (TRIES_OF_THE_DYING if letter.error_code == DIED else TRIES_OF_A_LETTER)


def _found(notice: Notice) -> str:
    if notice.channel == Notice.Channel.SMS:
        content = notice.payload or {}
        sign = content["code"] if notice.is_code else notices.reference(notice.id)
        return gateway().find_text(to=notice.recipient, containing=sign, since=_earliest(notice))
    if notice.channel == Notice.Channel.VOICE:
        return _call_of(notice)
    return ""  # a mail server cannot be asked; the letter's Message-ID makes a second one harmless


def _earliest(notice: Notice) -> datetime:
    """When the provider was asked at the earliest, by its own clock, which is not ours."""
    return (notice.fenced_at or notice.created_at) - CLOCKS_DIFFER


def _overdue(notice: Notice) -> QuerySet[Notice]:
    """The row, if it is still the unknown one we asked about and its time for an answer is over."""
    grace = LETTER_GRACE_SECONDS if notice.channel == Notice.Channel.EMAIL else GRACE_SECONDS
    return Notice.objects.filter(_asked_about(notice), pk=notice.pk, lease_until__lt=from_now(-grace))


def _asked_about(notice: Notice) -> Q:
    return Q(state=Notice.State.UNKNOWN, lease_token=notice.lease_token)


def _call_of(notice: Notice) -> str:
    """Calls have no words to know them by: as many as there are notices that may have made them, or none is ours."""
    found = gateway().find_calls(to=notice.recipient, since=_earliest(notice))
    calls = Notice.objects.filter(channel=Notice.Channel.VOICE)
    held = set(calls.filter(provider_id__in=found).values_list("provider_id", flat=True))
    free = [provider_id for provider_id in found if provider_id not in held]
    open_calls = calls.filter(state__in=(Notice.State.SENDING, Notice.State.UNKNOWN)).exclude(fenced_at=None)
    makers = [row for row in open_calls if row.recipient == notice.recipient]
    return free[0] if free and len(free) == len(makers) else ""


def _ask(notice: Notice) -> None:
    ask = gateway().text_report if notice.channel == Notice.Channel.SMS else gateway().call_report
    try:
        said = ask(notice.provider_id)
    except UnknownThere:
        same = Notice.objects.filter(pk=notice.pk, state=Notice.State.SENT, final_at=None)
        same.update(final_at=ClockTimestamp(), error_code=Notice.UNCONFIRMED)
    else:
        receipts.report(notice.id, state=said.state, code=said.code, provider_id=notice.provider_id)


def _give_up(notice: Notice) -> None:
    results.bury(notice, "gave_up", only=Q(state=Notice.State.PENDING))


def purge() -> int:
    """Forget words and addresses thirty days after the end; that something was told, and when, stays."""
    before = timezone.now() - KEPT
    ended = Notice.objects.filter(final_at__lt=before, recipient__isnull=False)
    AccountEvent.objects.filter(dispatched_at__lt=before).delete()
    return ended.update(payload=None, recipient=None)
