"""The only door from intake to cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from absences import drafts
from absences.journeys.catalogue import JOURNEYS
from absences.journeys.engine import Facts, Page, Walk, repeats
from absences.journeys.need import DAY_TO_DAY
from absences.journeys.unplanned import category
from absences.loading import setting_for
from absences.models import Draft
from absences.telling import as_shown, notice_of, notice_of_days, pattern_of
from cases.facts import AbsenceNotice
from cases.models.case import Case
from cases.services.open_case import ContactWish, ReportedAbsence, RequestedLeave, open_day_to_day, open_leave
from cases.services.report_time import report_time
from portal.office.models import ContactRecord
from registration.models import User

# What the rules need of a leave, and what stands where it was not asked.
LEAVE_FACTS = {
    "relationship": "",
    "relationship_words": "",
    "first_name": "",
    "last_name": "",
    "adult_child": None,
    "born": None,
    "joining": None,
    "pay": "",
    "work_related": None,
}
ADDRESS = ("street", "street_2", "city", "state", "zip")


class Unfinished(Exception):
    """A step of the draft is still open, or has opened again since it was answered."""


class Left(Exception):
    """The person has left the employer, and nothing is reported for them online."""


@transaction.atomic
def submit(draft: Draft, *, by: User, now: dt.datetime) -> Case:
    """The case of this draft: opened or added to now, or before by another tap. `now` is civil time.

    Raises Left, Unfinished, cases.services.open_case.Overlap when this time was reported since, and
    cases.services.report_time.NoTimeTaken when the case it is for was closed since; then nothing changes.
    """
    locked = Draft.objects.select_for_update().get(pk=draft.pk)
    if locked.submitted_case is not None:
        return locked.submitted_case
    if locked.employee.has_left:
        raise Left
    setting = setting_for(locked.journey, locked.employee, ContactRecord.objects.get(pk=1), now=now)
    walk = JOURNEYS[locked.journey].walk(drafts.settled(locked), setting=setting)
    if walk.first_open:
        raise Unfinished
    case = (_add if locked.case_id else _open)(locked, walk, by=by, now=now)
    locked.submitted_case, locked.answers, locked.unchecked, locked.updated_at = case, {}, {}, now
    locked.save(update_fields=["submitted_case", "answers", "unchecked", "updated_at"])
    return case


def _add(draft: Draft, walk: Walk, *, by: User, now: dt.datetime) -> Case:
    """To the open case that the time is for."""
    assert draft.case is not None
    absences = [_absence(day) for day in walk.facts["days"]]
    submission = _as_asked(draft, walk)
    added = report_time(
        case=draft.case, submission_key=draft.pk, absences=absences, submission=submission, by=by, now=now
    )
    return added.case


def _open(draft: Draft, walk: Walk, *, by: User, now: dt.datetime) -> Case:
    common: dict[str, Any] = {
        "submission_key": draft.pk,
        "employee": draft.employee,
        "submission": _as_asked(draft, walk),
        "channel": draft.channel,
        "by": by,
        "now": now,
    }
    facts = walk.facts
    if draft.journey == DAY_TO_DAY:
        return open_day_to_day(
            absence=_absence(facts), reason=facts["reason"], facts=_confidential_day(facts), **common
        )
    return open_leave(
        leave=_leave(facts),
        reasons=facts.get("reasons") or (_("Bonding with a child"),),
        facts=_confidential_leave(facts),
        contact=_contact(facts),
        **common,
    )


def _absence(facts: Facts) -> ReportedAbsence:
    """A day-to-day absence, or one day of a leave."""
    return ReportedAbsence(
        date=facts["date"],
        minutes=facts["missed"],
        full_day=facts["full_day"],
        start=facts.get("start"),
        end=facts.get("end"),
        overtime=facts.get("overtime", ""),
        visit=facts.get("visit"),
        note=facts.get("note", ""),
    )


def _leave(facts: Facts) -> RequestedLeave:
    return RequestedLeave(
        pattern=pattern_of(facts),
        first_day=facts.get("first_day"),
        last_day=facts.get("last_day"),
        absences=tuple(_absence(day) for day in facts.get("days", ())),
    )


def _confidential_day(facts: Facts) -> dict[str, Any]:
    return {
        "category": category(facts["who"]),
        "who": facts["who"],
        "relationship": facts["relationship"],
    }


def _confidential_leave(facts: Facts) -> dict[str, Any]:
    """In the shape of LeaveFacts.facts. A leave's categories are named like its needs."""
    known = {name: facts[name] for name in LEAVE_FACTS if facts.get(name) not in {None, ""}}
    child_date = facts.get("child_date")
    return {
        **LEAVE_FACTS,
        **known,
        "category": facts["need"],
        "child_date": child_date.isoformat() if child_date else None,
        "more": [list(pair) for pair in facts.get("more", ())],
    }


def _contact(facts: Facts) -> ContactWish:
    by_email = facts["by_email"]
    return ContactWish(
        by_email=by_email,
        email=facts["email"] if by_email else "",
        address={} if by_email else {name: facts[name] for name in ADDRESS},
        phone=facts["phone"],
        voicemail=facts["voicemail"],
        best_time=facts["best_time"],
    )


def _as_asked(draft: Draft, walk: Walk) -> dict[str, Any]:
    return {
        "language": get_language(),
        "journey": draft.journey,
        "rows": [row for page in walk.pages for row in _rows(page)],
        "supervisor": as_shown(_notice(draft, walk.facts), draft.employee),
    }


def _notice(draft: Draft, facts: Facts) -> AbsenceNotice:
    if draft.case is not None:
        return notice_of_days(draft.employee, facts["days"], case_number=draft.case.number)
    return notice_of(draft.journey, draft.employee, facts)


def _rows(page: Page) -> Iterable[list[str]]:
    """Questions as worded, answers as shown; a list has one row for each of its items."""
    step = page.step
    if repeats(step):
        first = step.item_journey.steps[0].question
        return [[str(first), "\n".join(lines)] for lines in step.in_words(page.items)]
    rows = list(step.rows(page.cleaned))
    alone = str(step.question) if len(rows) == 1 else ""
    return [[row.question or alone or row.name, row.answer] for row in rows]
