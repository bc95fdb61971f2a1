"""What an employee sees of their own cases. Another person's number is unknown here, whoever asks."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cases.determinations import accounts_of
from cases.forms import HistoryFilter
from cases.history import cards_of, page_of
from cases.models.case import Case, CaseQuerySet
from cases.next_steps import next_steps
from cases.turn import is_behind, turn_of
from cases.views.hiding import says_why
from portal.lib import clock
from registration.access import employee_required
from registration.models import User

TOLD, OPENED = "told", "opened"  # lists of the case page that are cut short


class OwnRequest(HttpRequest):
    """A request as `employee_required` hands it on."""

    user: User


@require_safe
@employee_required
def history(request: OwnRequest) -> HttpResponse:
    own = Case.objects.visible_to(request.user)
    years = own.years()
    form = HistoryFilter(request.GET, years=years)
    if not form.is_valid():
        raise Http404
    last_shown = _last_shown(request, own)
    page = page_of(own.matching(**form.chosen()), owner=request.user, before=last_shown, why=says_why(request))
    chosen = {name: value for name, value in form.cleaned_data.items() if value}
    return render(
        request,
        "cases/history.html",
        {
            "title": _("Absence Status and History"),
            "form": form,
            "page": page,
            "says_why": says_why(request),
            "chosen": chosen,
            "has_cases": bool(years),
            "older": urlencode({**chosen, "before": page.before}) if page.before else "",
            "newest": urlencode(chosen),
            "on_first_page": last_shown is None,
        },
    )


def _last_shown(request: HttpRequest, own: CaseQuerySet) -> Case | None:
    """The case that ended the page before this one."""
    number = request.GET.get("before")
    if number is None:
        return None
    if not re.fullmatch(Case.NUMBER, number):
        raise Http404
    return get_object_or_404(own, number=number)


@require_safe
@employee_required
def case(request: OwnRequest, number: str) -> HttpResponse:
    found = get_object_or_404(Case.objects.visible_to(request.user).prefetch_related("absences"), number=number)
    shown_in_full = _shown_in_full(request)
    (card,) = cards_of([found], owner=request.user, why=says_why(request))
    is_leave = found.kind == Case.Kind.LEAVE
    awaited = is_leave and found.status == Case.Status.PENDING
    context = {
        "title": _("Case %(n)s") % {"n": found.number},
        "card": card,
        "says_why": says_why(request),
        "in_calendar": card.has_days,
        "turn": turn_of(found, today=clock.today()),
        "next_steps": next_steps(found, owner=request.user) if awaited else None,
        "accounts": accounts_of(found, owner=request.user, why=says_why(request)) if is_leave else [],
        "is_behind": is_leave and is_behind(found),
        "everything_told": shown_in_full == TOLD,
        "everything_opened": shown_in_full == OPENED,
    }
    return render(request, "cases/case.html", context)


def _shown_in_full(request: HttpRequest) -> str:
    """Which of the lists that are cut short is asked for as a whole."""
    asked = request.GET.get("all", "")
    if asked not in ("", TOLD, OPENED):
        raise Http404
    return asked
