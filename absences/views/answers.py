"""How pages with a form answer a browser: 422 with the errors, 303 onward."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from absences import late
from absences.addresses import page_of
from absences.models import Draft

CONFLICT = 409
UNPROCESSABLE = 422


def posted_to(request: HttpRequest) -> QueryDict | None:
    """What the browser sent, None when the page was only opened."""
    return request.POST if request.method == "POST" else None


def question(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """A page around `context["form"]`: 422 when a POST did not pass it."""
    failed = request.method == "POST" and bool(context["form"].errors)
    return render(request, template, context, status=UNPROCESSABLE if failed else 200)


def see_other(name: str, **arguments: Any) -> HttpResponse:
    """Onward to the page called `name` in `absences`."""
    return HttpResponseRedirect(reverse(f"absences:{name}", kwargs=arguments), status=303)


def onward(address: str) -> HttpResponse:
    return HttpResponseRedirect(address, status=303)


def not_sent(request: HttpRequest) -> str:
    """What the summary says after a Submit that came too late for its session, "" else."""
    return _("Your request was not sent. Check it, then submit.") if late.not_sent(request) else ""


def leave_for(way_out: str, *, journey: str, draft: Draft | None = None) -> HttpResponse:
    """To the page that says who takes this request instead. `draft`: what was answered so far, and is kept."""
    if draft is None:
        return (
            see_other("agency_first", journey=journey)
            if way_out == "your-agency"
            else see_other("call_first", why=way_out)
        )
    return onward(page_of(draft, "your_agency") if way_out == "your-agency" else page_of(draft, "call", why=way_out))
