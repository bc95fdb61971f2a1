"""An identity check, and for how long it counts: one person, one staff session, half an hour."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.audit.recording import record_access
from registration.models import Employee, IdentityCheck
from registration.staff.forms import CheckForm
from registration.staff.scope import StaffRequest

CHECKED = "identity_checks"  # session key: {employee: check}
LIFE = dt.timedelta(minutes=30)


@transaction.atomic
def record(request: StaffRequest, employee: Employee, form: CheckForm, *, passed: bool, role: str) -> IdentityCheck:
    """Keep what was asked and how it ended; one that passed opens this person's page for this session."""
    first, second = form.facts()
    cleaned = form.cleaned_data
    other = cleaned["caller"] == IdentityCheck.Caller.OTHER
    about: dict[str, Any] = {"name": cleaned["caller_name"], "relationship": cleaned["relationship"]} if other else {}
    check = IdentityCheck.objects.create(
        employee=employee,
        by=request.user,
        at=timezone.now(),
        first_fact=first,
        second_fact=second,
        passed=passed,
        caller=cleaned["caller"],
        about_caller=about,
    )
    done = "identity_passed" if passed else "identity_failed"
    record_access(actor=request.user, role=role, action=done, object_type="employee", object_ids=[employee.pk])
    kept = {one: id_ for one, id_ in request.session.get(CHECKED, {}).items() if one != str(employee.pk)}
    request.session[CHECKED] = kept | ({str(employee.pk): str(check.pk)} if passed and not other else {})
    return check


def stands(request: StaffRequest, employee: Employee) -> bool:
    """Whether this session has made sure, lately, that it is this person who calls."""
    check = request.session.get(CHECKED, {}).get(str(employee.pk))
    since = timezone.now() - LIFE
    mine = IdentityCheck.objects.filter(employee=employee, by=request.user, passed=True, at__gt=since)
    return check is not None and mine.filter(pk=check).exists()
