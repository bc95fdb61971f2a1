"""The papers of one case, and what is asked for."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cases.models.case import Case
from documents.staff.lists import due_words
from documents.staff.scope import DECIDERS, READERS, StaffRequest, for_case
from documents.staff.sheets import asked_of, sheets_of
from portal.lib import clock


@require_safe
@for_case(*READERS)
def papers(request: StaffRequest, case: Case) -> HttpResponse:
    today = clock.today()
    context = {
        "title": _("Documents of case %(n)s") % {"n": case.number},
        "case": case,
        "sheets": sheets_of(request, case),
        "asked": [(row, due_words(row.due_on, today)) for row in asked_of(case)],
        "is_open": case.status in Case.OPEN,
        "decides": decides(request, case),
    }
    return render(request, "documents/staff/papers.html", context)


def decides(request: StaffRequest, case: Case) -> bool:
    """Whether one of the viewer's roles may review papers of this case."""
    return any(
        role.role in DECIDERS and role.agency_id in (None, case.employee.agency_id) for role in request.staff_roles
    )
