"""Who opened what a person said of their reasons, for that person."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models.case import Case
from portal.audit.models import AccessEvent
from portal.audit.reading import accesses_to
from registration.models import StaffRole, User

FEW = 10  # shown unless all are asked for
WHAT = {"view_reasons": gettext_lazy("Your reasons")}


@dataclass(frozen=True)
class Opening:
    name: str  # "" for an account without a name of its own
    role: str  # in the active language
    what: str  # in the active language
    at: dt.datetime  # real time


@dataclass(frozen=True)
class Openings:
    shown: list[Opening]
    more: bool  # there are older ones


def openings_of(case: Case, *, owner: User, everything: bool = False) -> Openings:
    """The latest first: FEW, or `everything`. One query. Raises PermissionDenied for anybody but the owner."""
    if not case.belongs_to(owner):
        raise PermissionDenied
    found = accesses_to("case", case.pk).select_related("actor__employee")
    rows = list(found if everything else found[: FEW + 1])
    shown = rows if everything else rows[:FEW]
    return Openings([_opening(row) for row in shown], more=len(rows) > len(shown))


def _opening(row: AccessEvent) -> Opening:
    person = row.actor
    return Opening(
        name=person.employee.full_name if person.employee else person.display_name,
        role=str(dict(StaffRole.Role.choices).get(row.role, row.role)),
        what=str(WHAT.get(row.action) or _("Your case")),
        at=row.at,
    )
