"""What pages show of notices: what the supervisor will be told, and whether the supervisor was."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from uuid import UUID

from django import template
from django.conf import settings
from django.contrib.postgres.aggregates import BoolOr
from django.db.models import Min, Q
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from cases.facts import AbsenceNotice
from notifications import preview
from notifications.models import Notice
from notifications.recipients import Reach, reach
from notifications.told import told_of
from portal.lib import wording
from portal.office.models import ContactRecord
from registration.models import Employee

register = template.Library()
LEVELS = {Reach.SUPERVISOR: Notice.Kind.SUPERVISOR_ABSENCE, Reach.NEXT_LEVEL: Notice.Kind.NEXT_LEVEL_ABSENCE}


def _civil(moment: dt.datetime) -> dt.datetime:
    """A real moment on the calendar that the pages show; they differ in the demo."""
    return moment + settings.CIVIL_TIME_OFFSET


@register.filter
def civil(moment: dt.datetime | None) -> str:
    """“Jan 12, 2023, 8:00 AM”; nothing for nothing."""
    if moment is None:
        return ""
    return f"{wording.short_date(_civil(moment))}, {wording.clock(_civil(moment))}"


@register.inclusion_tag("notifications/supervisor_notice.html")
def supervisor_notice(case: Any, duty: str = "", event_id: int | None = None) -> dict[str, Any]:
    """`{% supervisor_notice case %}`: who is being told, or was told at a time, or that nobody was reached. One query,
    two before the first message is written.

    `duty`: whom the person has to tell, shown as long as the supervisor may have been reached. `event_id`: only what
    is told of this fact of the case.
    """
    told = {row["kind"]: row for row in _outcomes(case.pk, event_id)}
    reached = _reached(told) if told else reach(case.employee_id)
    level = told.get(LEVELS[reached], {}) if reached in LEVELS else {}
    return {
        "reached": reached,
        "told_at": _civil(level["at"]) if level.get("at") else None,
        "can_wait": case.kind == "leave" and event_id is None,  # for the liaison, who finds out
        "duty": duty,
    }


def _reached(told: dict[str, dict[str, Any]]) -> Reach:
    """How far the messages came or still may come."""
    for level, kind in LEVELS.items():
        if kind in told and (told[kind]["at"] or told[kind]["waits"]):
            return level
    return Reach.NO_SUPERVISOR if any(row["nobody"] for row in told.values()) else Reach.NOBODY


@register.inclusion_tag("notifications/told.html")
def who_was_told(case: Any, contact: ContactRecord, everything: bool = False) -> dict[str, Any]:
    """`{% who_was_told case contact everything %}`: every message to a supervisor, or the latest few. One query."""
    return {"told": told_of(case.pk, contact, everything=everything)}


@register.inclusion_tag("notifications/supervisor_preview.html")
def supervisor_preview(notice: AbsenceNotice, employee: Employee) -> dict[str, Any]:
    """`{% supervisor_preview notice employee %}`: exactly what will be sent, with the words that `notice` has for a
    case number where what is given on submission will stand. Three queries at most.
    """
    shown = preview.supervisor_preview(notice, employee.pk)
    letter, given_later = shown.letter, preview.given_later(notice)
    return {
        "supervisor": shown.supervisor,
        "next_level": shown.next_level,
        "has_chain": shown.has_chain,
        "language": shown.language,
        "subject": _with(given_later, letter.subject, preview.NO_CASE_NUMBER) if letter else "",
        "body": _with(given_later, letter.body.strip(), preview.NO_CASE_NUMBER) if letter else "",
        "text": _with(given_later, shown.text, preview.NO_CASE_NUMBER, preview.NO_REFERENCE),
    }


def _with(given_later: str, message: str, *stand_ins: str) -> SafeString:
    """`given_later` is in the page's language, whatever the message's."""
    mark = format_html('<span class="portal-preview__later" lang="{}">{}</span>', get_language(), given_later)
    parts = re.split("|".join(stand_ins), message)
    return format_html_join(mark, "{}", [(part,) for part in parts])


def _outcomes(case_id: UUID, event_id: int | None) -> Any:
    """For each of the two, when the first channel was taken by its provider, whether one still waits, and whether the
    roster named nobody.
    """
    reached = Q(state__in=Notice.REACHED)
    of_fact = {} if event_id is None else {"case_event_id": event_id}
    told = Notice.objects.filter(case_id=case_id, kind__in=LEVELS.values(), **of_fact)
    return (
        told.order_by("kind")
        .values("kind")
        .annotate(
            at=Min("accepted_at", filter=reached),
            waits=BoolOr(Q(state__in=Notice.OPEN)),
            nobody=BoolOr(Q(error_code="no_supervisor")),
        )
    )
