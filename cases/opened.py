"""Who opened what a person said of their reasons, and their papers, for that person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models.case import Case
from portal.audit.models import AccessEvent
from portal.audit.reading import accesses_to, accesses_to_any
from registration.models import StaffRole, User

OWNER = "owner"  # the role in which people read what is theirs
FEW = 10  # shown unless all are asked for
WHAT = {"view_reasons": gettext_lazy("Your reasons"), "view_documents": gettext_lazy("The list of your documents")}
NO_PAPERS: Mapping[str, str] = {}


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


def openings_of(
    case: Case, *, owner: User, everything: bool = False, papers: Mapping[str, str] = NO_PAPERS
) -> Openings:
    """The latest first: FEW, or `everything`. One query. Raises PermissionDenied for anybody but the owner.

    `papers`: what to call each paper of the case that somebody may have opened, by its id.
    """
    if not case.belongs_to(owner):
        raise PermissionDenied
    both = accesses_to("case", case.pk) | accesses_to_any("document", papers)
    found = both.exclude(role=OWNER).select_related("actor__employee")
    rows = list(found if everything else found[: FEW + 1])
    shown = rows if everything else rows[:FEW]
    return Openings([_opening(row, papers) for row in shown], more=len(rows) > len(shown))


def _opening(row: AccessEvent, papers: Mapping[str, str]) -> Opening:
    person = row.actor
    return Opening(
        name=person.employee.full_name if person.employee else person.display_name,
        role=str(dict(StaffRole.Role.choices).get(row.role, row.role)),
        what=papers.get(row.object_id) or str(WHAT.get(row.action) or _("Your case")),
        at=row.at,
    )
