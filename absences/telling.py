"""What a request will tell the supervisor, before there is a case: for the summary, and for the record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from absences.journeys.engine import Facts
from absences.journeys.need import DAY_TO_DAY
from cases.facts import AbsenceNotice, TimeAway, notice_of_day, notice_of_leave, notice_of_time
from cases.models.case import Case
from notifications import preview
from registration.models import Employee


def pattern_of(facts: Facts) -> str:
    """How a leave is taken: a Case.Pattern value."""
    return Case.Pattern.CONTINUOUS if facts["continuous"] else Case.Pattern.INTERMITTENT


def notice_of(journey: str, employee: Employee, facts: Facts) -> AbsenceNotice:
    """The notice that a finished request will become, with words where its case number will stand."""
    given_later = _("(given when you submit)")
    if journey == DAY_TO_DAY:
        overtime = facts.get("overtime", "")
        return notice_of_day(employee, time=_time_away(facts), overtime=overtime, case_number=given_later)
    return notice_of_leave(
        employee,
        pattern=pattern_of(facts),
        first_day=facts.get("first_day"),
        last_day=facts.get("last_day"),
        times=[_time_away(day) for day in facts.get("days", ())],
        case_number=given_later,
    )


def notice_of_days(employee: Employee, days: Iterable[Facts], *, case_number: str) -> AbsenceNotice:
    """The notice that these days of an open case will become."""
    return notice_of_time(employee, times=[_time_away(day) for day in days], case_number=case_number)


def as_shown(notice: AbsenceNotice, employee: Employee) -> dict[str, Any]:
    """The messages as the summary shows them, and to whom they go, in the shape of Submission.content."""
    shown = preview.supervisor_preview(notice, employee.pk)
    letter = shown.letter
    return {
        "to": [name for name in (shown.supervisor, shown.next_level) if name],
        "language": shown.language,
        "subject": _without_stand_ins(letter.subject, notice) if letter else "",
        "email": _without_stand_ins(letter.body, notice).strip() if letter else "",
        "text": _without_stand_ins(shown.text, notice),
    }


def _without_stand_ins(message: str, notice: AbsenceNotice) -> str:
    for stand_in in (preview.NO_CASE_NUMBER, preview.NO_REFERENCE):
        message = message.replace(stand_in, preview.given_later(notice))
    return message


def _time_away(facts: Facts) -> TimeAway:
    return TimeAway(facts["date"], facts["missed"], facts.get("start"), facts.get("end"))
