"""The only door from intake to cases."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import get_language

from absences import drafts
from absences.journeys.catalogue import JOURNEYS
from absences.journeys.engine import Facts, Walk
from absences.journeys.unplanned import category
from absences.loading import setting_for
from absences.models import Draft
from cases.models.case import Case
from cases.services.open_case import ReportedAbsence, open_day_to_day
from portal.office.models import ContactRecord
from registration.models import User


class Unfinished(Exception):
    """A step of the draft is still open, or has opened again since it was answered."""


class Left(Exception):
    """The person has left the employer, and nothing is reported for them online."""


@transaction.atomic
def submit(draft: Draft, *, by: User, now: dt.datetime) -> Case:
    """The case of this draft: opened now, or before by another tap. `now` is civil time.

    Raises Left, Unfinished, and cases.services.open_case.Overlap when this time was reported since; then nothing
    changes.
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
    case = open_day_to_day(
        submission_key=locked.pk,
        employee=locked.employee,
        absence=_absence(walk.facts),
        reason=walk.facts["reason"],
        facts=_confidential(walk.facts),
        submission=_as_asked(walk, locked.journey),
        channel=locked.channel,
        by=by,
        now=now,
    )
    locked.submitted_case, locked.answers, locked.unchecked, locked.updated_at = case, {}, {}, now
    locked.save(update_fields=["submitted_case", "answers", "unchecked", "updated_at"])
    return case


def _absence(facts: Facts) -> ReportedAbsence:
    return ReportedAbsence(
        date=facts["date"],
        minutes=facts["missed"],
        full_day=facts["full_day"],
        start=facts.get("start"),
        end=facts.get("end"),
        overtime=facts.get("overtime", ""),
    )


def _confidential(facts: Facts) -> dict[str, Any]:
    return {
        "category": category(facts["who"]),
        "who": facts["who"],
        "relationship": facts["relationship"],
    }


def _as_asked(walk: Walk, journey: str) -> dict[str, Any]:
    rows = [[str(page.step.question), row.answer] for page, row in walk.rows()]
    return {"language": get_language(), "journey": journey, "rows": rows}
