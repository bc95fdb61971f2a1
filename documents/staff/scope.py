"""Which leaves staff may handle the papers of, and in which role."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from cases.models.case import Case, CaseQuerySet
from documents.models import Document
from registration.access import staff_required
from registration.models import StaffRole, User

Role = StaffRole.Role
READERS = StaffRole.DESK
DECIDERS = (Role.SPECIALIST, Role.ADMINISTRATOR, Role.DESK_SUPERVISOR)
LIAISONS = (Role.LIAISON,)
View = Callable[..., HttpResponseBase]


class StaffRequest(HttpRequest):
    """A request as `staff_required` hands it on."""

    user: User
    staff_roles: list[StaffRole]


def cases_of(request: StaffRequest) -> CaseQuerySet:
    """Leaves of everybody, or of the people of one's agencies; never one's own, which a colleague handles."""
    agencies = {role.agency_id for role in request.staff_roles}
    leaves = Case.objects.filter(kind=Case.Kind.LEAVE)
    reached = leaves if None in agencies else leaves.filter(employee__agency__in=agencies)
    return reached.exclude(employee=request.user.employee_id) if request.user.employee_id else reached


def acting_role(request: StaffRequest, case: Case) -> str:
    """The role in which the viewer reaches this case. Raises Http404 when there is none."""
    for role in request.staff_roles:
        if role.agency_id in (None, case.employee.agency_id):
            return role.role
    raise Http404


def paper_or_404(case: Case, document: str) -> Document:
    """A paper of the case that its owner has not removed."""
    papers = Document.objects.present().filter(case=case)
    return get_object_or_404(papers.select_related("type", "case", "request", "reviewed_by__employee"), pk=document)


def for_case(*roles: StaffRole.Role) -> Callable[[View], View]:
    """Hands the view a leave that these roles of the viewer reach, with its person and agency."""

    def decorate(view: View) -> View:
        @staff_required(*roles)  # type: ignore[arg-type]  # a streamed answer is no HttpResponse to the stubs
        @functools.wraps(view)
        def guarded(request: StaffRequest, number: str, **arguments: Any) -> HttpResponseBase:
            leaves = cases_of(request).select_related("employee__agency")
            return view(request, get_object_or_404(leaves, number=number), **arguments)

        return guarded

    return decorate
