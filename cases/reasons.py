"""Why: the only door to reasons and to the category of a case. Who is not the owner leaves a trace first."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import nullcontext
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from cases.covers import covered
from cases.models.case import Case
from cases.models.confidential import LeaveFacts, ReportedReason
from portal.audit.recording import record_access
from registration.models import Employee, StaffRole, User

READERS = (StaffRole.Role.INTAKE, StaffRole.Role.SPECIALIST, StaffRole.Role.ADMINISTRATOR)  # R97; never a liaison


def reasons_for(cases: Iterable[Case], *, viewer: User) -> dict[UUID, list[str]]:
    """Each case's reasons in the order they were given, [] where there are none or the owner's are covered.

    One query for the reasons. For staff, one AccessEvent per case that is not their own is written before reading.
    Raises PermissionDenied, and reads and records nothing, when any of the cases is not the viewer's to see.
    """
    cases = list(cases)
    found: dict[UUID, list[str]] = {case.pk: [] for case in cases}
    if not found:
        return found
    others = [case for case in cases if not case.belongs_to(viewer)]
    with transaction.atomic() if others else nullcontext():
        _record_viewing(others, viewer=viewer)
        open_to_see = found.keys() - covered(cases, viewer=viewer)
        for row in ReportedReason.objects.filter(case__in=open_to_see).order_by("case_id", "position"):
            found[row.case_id].append(row.text)
    return found


def own_categories(cases: Iterable[Case], *, owner: User) -> dict[UUID, str]:
    """Each case's category ("employee_sick", "own_health" …) for the person whose cases they are. One query.

    Raises PermissionDenied for anybody else.
    """
    return {case: facts.get("category", "") for case, facts in own_facts(cases, owner=owner).items()}


def own_facts(cases: Iterable[Case], *, owner: User) -> dict[UUID, dict[str, Any]]:
    """Each case's LeaveFacts.facts for the person whose cases they are, less those that are covered. One query.

    Raises PermissionDenied for anybody else.
    """
    cases = list(cases)
    if not all(case.belongs_to(owner) for case in cases):
        raise PermissionDenied
    open_to_see = {case.pk for case in cases} - covered(cases, viewer=owner)
    rows = LeaveFacts.objects.filter(case__in=open_to_see) if cases else ()
    return {row.case_id: row.facts for row in rows}


def _record_viewing(others: list[Case], *, viewer: User) -> None:
    if not others:
        return
    record_access(
        actor=viewer,
        role=_role_for(others, viewer=viewer),
        action="view_reasons",
        object_type="case",
        object_ids=[case.pk for case in others],
    )


def _role_for(cases: list[Case], *, viewer: User) -> str:
    """The role in which the viewer may read all of these. Raises PermissionDenied when no single role reaches them."""
    held = list(viewer.roles.filter(role__in=READERS).values_list("role", "agency_id"))
    people = Employee.objects.filter(pk__in={case.employee_id for case in cases})
    agencies = set(people.values_list("agency_id", flat=True))
    for role in READERS:
        reach = {agency for name, agency in held if name == role}
        if None in reach or (reach and agencies <= reach):
            return role
    raise PermissionDenied
