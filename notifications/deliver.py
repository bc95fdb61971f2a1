"""One attempt at one notice: lease, fence, provider, result. The provider is never called inside a transaction.

Whoever dies on the way leaves a row that says how far it came: `sweep` takes it from there.
"""

from __future__ import annotations

import uuid
from uuid import UUID

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Case, F, Q, When
from django.urls import reverse

from notifications import notices, results
from notifications.models import ChannelPause, Notice
from portal.lib import mail
from portal.lib.database_time import ClockTimestamp, from_now
from portal.lib.sending import Accepted, Refused, SendingError, Uncertain
from portal.lib.telephony import gateway

LEASE_SECONDS, LETTER_LEASE_SECONDS = 60, 90
# What must be left of the lease when the provider is asked: longer than any provider may take.
FENCE_SECONDS, LETTER_FENCE_SECONDS = 15, 45
log = structlog.get_logger("portal.deliver")


class LeaseLost(Exception):
    """The row is no longer ours, or its time is up: nothing may be sent."""


def deliver(notice_id: UUID) -> None:
    """Try the notice once, if it waits. Called twice or at once by two, it is tried once."""
    token = uuid.uuid4()
    if not _lease(notice_id, token):
        return
    notice = Notice.objects.filter(pk=notice_id, lease_token=token).first()
    if notice is None:
        return  # we slept here until the lease was somebody else's
    try:
        accepted = _attempt(notice)
    except LeaseLost:
        results.not_begun(notice)
    except SendingError as ending:
        results.failed(notice, ending)
    except Exception:
        log.exception("attempt broke", notice_id=str(notice.id))
        results.failed(notice, _ending_of_a_defect(notice))
    else:
        results.accepted(notice, accepted)


def _lease(notice_id: UUID, token: UUID) -> bool:
    """In a transaction of its own: from here until the lease ends nobody else tries."""
    paused = ChannelPause.objects.filter(until__gt=ClockTimestamp()).values("channel")
    waiting = Notice.objects.filter(pk=notice_id, state=Notice.State.PENDING, next_at__lte=ClockTimestamp())
    return bool(
        waiting.exclude(channel__in=paused).update(
            state=Notice.State.SENDING,
            attempt=F("attempt") + 1,
            lease_token=token,
            lease_until=Case(
                When(channel=Notice.Channel.EMAIL, then=from_now(LETTER_LEASE_SECONDS)), default=from_now(LEASE_SECONDS)
            ),
            started_at=ClockTimestamp(),
            fenced_at=None,
        )
    )


def _attempt(notice: Notice) -> Accepted:
    """Words first, for a notice that cannot be worded must not look as if it might have been sent."""
    if notice.channel == Notice.Channel.EMAIL:
        letter = _letter(notice)
        return mail.send(letter, before_data=lambda: _fence(notice))
    callback = settings.PUBLIC_BASE_URL + reverse("notifications:receipt", args=[notice.id])
    if notice.channel == Notice.Channel.SMS:
        body = notices.text(notice)
        _fence(notice)
        return gateway().text(to=notice.recipient, body=body, callback=callback)
    twiml = notices.twiml(notice)
    _fence(notice)
    return gateway().call(to=notice.recipient, twiml=twiml, callback=callback)


def _fence(notice: Notice) -> None:
    """The last look before the provider: still ours, not yet asked, with time to spare, not too late to be of use."""
    needed = LETTER_FENCE_SECONDS if notice.channel == Notice.Channel.EMAIL else FENCE_SECONDS
    ours = Notice.objects.filter(
        Q(expires_at=None) | Q(expires_at__gt=ClockTimestamp()),
        pk=notice.pk,
        state=Notice.State.SENDING,
        lease_token=notice.lease_token,
        lease_until__gt=from_now(needed),
        fenced_at=None,
    )
    if not ours.update(fenced_at=ClockTimestamp()):
        raise LeaseLost


def _letter(notice: Notice) -> EmailMessage:
    """The same Message-ID on every attempt: a letter that came twice is one letter to its reader's mail program."""
    words = notices.letter(notice)
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    return EmailMessage(
        words.subject,
        words.body,
        to=[notice.recipient],
        headers={"Message-ID": f"<{notice.id}@{domain}>", "Auto-Submitted": "auto-generated"},
    )


def _ending_of_a_defect(notice: Notice) -> SendingError:
    begun = Notice.objects.filter(pk=notice.pk, fenced_at__isnull=False).exists()
    return Uncertain("defect") if begun else Refused("defect")
