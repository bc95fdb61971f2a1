"""Who was told of a case, when and in which words, for the person whose case it is. Never at which address."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from notifications import notices
from notifications.models import Notice
from notifications.notices import Letter
from notifications.results import TO_SUPERVISORS
from portal.office.models import ContactRecord

FEW = 8  # messages shown unless all are asked for
NOT_SENT = ("no_supervisor", "no_contact")  # there was nobody, or no address


@dataclass(frozen=True)
class Message:
    """One message to one person over one channel. Times are real."""

    name: str  # "" when the roster named nobody
    is_next_level: bool
    channel: str  # a Notice.Channel value
    state: str  # a Notice.State value
    state_label: str  # in the active language
    queued_at: dt.datetime
    sent_at: dt.datetime | None
    delivered_at: dt.datetime | None
    failed_at: dt.datetime | None
    why_not: str  # one of NOT_SENT, or ""
    language: str  # of the words below
    letter: Letter | None
    text: str  # of a text message or a call; with no letter and no text, the words are kept no longer


@dataclass(frozen=True)
class Told:
    messages: list[Message]  # of the latest news first
    more: bool  # there are older ones


def told_of(case_id: UUID, contact: ContactRecord, *, everything: bool = False) -> Told:
    """The latest FEW messages to supervisors, or `everything`. One query. The caller knows that the viewer may."""
    rows = Notice.objects.filter(case_id=case_id, kind__in=TO_SUPERVISORS).defer("recipient")
    found = rows.select_related("recipient_employee").order_by("-case_event_id", "-kind", "channel", "id")
    some = list(found if everything else found[: FEW + 1])
    shown = some if everything else some[:FEW]
    return Told([_message(row, contact) for row in shown], more=len(some) > len(shown))


def _message(row: Notice, contact: ContactRecord) -> Message:
    person = row.recipient_employee
    why_not = row.error_code if row.error_code in NOT_SENT else ""
    letter, text = (None, "") if why_not or row.payload is None else _words(row, contact)
    return Message(
        name=person.full_name if person else "",
        is_next_level=row.kind == Notice.Kind.NEXT_LEVEL_ABSENCE,
        channel=row.channel,
        state=row.state,
        state_label=str(Notice.State(row.state).label),
        queued_at=row.created_at,
        sent_at=row.accepted_at,
        delivered_at=row.final_at if row.state == Notice.State.DELIVERED else None,
        failed_at=row.final_at if row.failed else None,
        why_not=why_not,
        language=row.language,
        letter=letter,
        text=text,
    )


def _words(row: Notice, contact: ContactRecord) -> tuple[Letter | None, str]:
    """By the functions that write what is sent."""
    if row.channel == Notice.Channel.EMAIL:
        return notices.letter(row, contact), ""
    if row.channel == Notice.Channel.SMS:
        return None, notices.text(row, contact)
    return None, notices.spoken(row, contact)
