"""What waits at the documents desk."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cases.services import tasks
from documents.staff.lists import LISTS
from documents.staff.scope import READERS, StaffRequest, cases_of
from portal.lib import clock
from registration.access import staff_required


@require_safe
@staff_required(*READERS)
def queue(request: StaffRequest) -> HttpResponse:
    shown, after, cases = request.GET.get("show", "review"), request.GET.get("after", ""), cases_of(request)
    if shown not in LISTS:
        raise Http404
    try:
        page = LISTS[shown].page(cases, after=after, today=clock.today())
    except ValueError:
        raise Http404 from None
    context = {
        "title": _("Documents"),
        "tabs": [(name, one.name, one.of(cases).count()) for name, one in LISTS.items()],
        "shown": shown,
        "shown_name": LISTS[shown].name,
        "page": page,
        "on_first_page": not after,
        "nobody_checks": shown == "checking" and tasks.is_open(tasks.Kind.SCANNER_AWAY),
    }
    return render(request, "documents/staff/queue.html", context)
