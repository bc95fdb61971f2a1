"""Every message as staff see it: to whom, when and with what success, never its words."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from notifications.models import Notice, NoticeQuerySet
from notifications.staff.forms import NoticeFilter
from registration.access import staff_required
from registration.models import StaffRole

PAGE = 25


class StaffRequest(HttpRequest):
    """A request as `staff_required` hands it on."""

    staff_roles: list[StaffRole]


@dataclass(frozen=True)
class Page:
    notices: list[Notice]
    before: UUID | None  # the last one shown, when there are older ones


@require_safe
@staff_required()
def notices(request: StaffRequest) -> HttpResponse:
    seen = Notice.objects.visible_to(request.staff_roles)
    form = NoticeFilter(request.GET)
    if not form.is_valid():
        raise Http404
    last_shown = _last_shown(request, seen)
    state = form.cleaned_data["state"]
    page = _page(seen.filter(state=state) if state else seen, after=last_shown)
    chosen = {"state": state} if state else {}
    return render(
        request,
        "notifications/staff_list.html",
        {
            "title": _("Messages sent"),
            "form": form,
            "page": page,
            "newest": urlencode(chosen),
            "older": urlencode({**chosen, "before": page.before}) if page.before else "",
            "on_first_page": last_shown is None,
        },
    )


def _last_shown(request: HttpRequest, seen: NoticeQuerySet) -> Notice | None:
    written = request.GET.get("before")
    if written is None:
        return None
    try:
        return get_object_or_404(seen, pk=UUID(written))
    except ValueError as error:
        raise Http404 from error


def _page(seen: NoticeQuerySet, *, after: Notice | None) -> Page:
    rows = seen.older_than(after) if after else seen
    found = list(rows.newest_first().select_related("case").defer("payload")[: PAGE + 1])
    shown = found[:PAGE]
    return Page(shown, shown[-1].pk if len(found) > PAGE else None)
