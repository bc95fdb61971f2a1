"""How one case's policies lie in time, for the person whose case it is."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cases.covers import is_covered, until
from cases.determinations import spans_of
from cases.models.case import Absence, Case
from cases.timeline import Shown, draw
from cases.views.hiding import says_why
from cases.views.own import OwnRequest
from portal.lib import clock
from registration.access import employee_required


@require_safe
@employee_required
def timeline(request: OwnRequest, number: str) -> HttpResponse:
    found = get_object_or_404(Case.objects.visible_to(request.user), number=number)
    shown = _shown(request)
    spans = spans_of([found], owner=request.user, why=says_why(request))[found.pk]
    drawn = draw(spans, reported=_reported(found), today=clock.today(), shown=shown)
    context = {
        "title": _("Timeline for case %(n)s") % {"n": found.number},
        "case": found,
        "timeline": drawn,
        "has_policies": bool(spans),
        "covered_until": until(request.user) if is_covered(found.opened_at, owner=request.user) else None,
        "ranges": Shown.choices,
        "shown": shown.value,
    }
    return render(request, "cases/timeline.html", context)


def _shown(request: OwnRequest) -> Shown:
    """What is not among the ranges is an address that nobody was given."""
    try:
        return Shown(request.GET.get("range", Shown.ALL))
    except ValueError:
        raise Http404 from None


def _reported(case: Case) -> dict[dt.date, int]:
    """Minutes by day of a leave taken now and then; nothing cancelled counts. One query."""
    minutes: Counter[dt.date] = Counter()
    if case.pattern == Case.Pattern.INTERMITTENT:
        for day, length in case.absences.filter(status=Absence.Status.REPORTED).values_list("date", "minutes"):
            minutes[day] += length
    return dict(minutes)
