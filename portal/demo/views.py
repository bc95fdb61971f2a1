"""The demo's own pages: people to be, and what the portal has sent."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.demo import place
from portal.demo.message_log import newest_first
from portal.demo.people import listing
from portal.lib import clock

PAGE = Path(__file__).parent / "page"
MOST_SHOWN = 100


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    context = listing() | {"messages_sent": _shown(), "now": clock.local(clock.now()), "title": "Demo"}
    return render(request, "demo/overview.html", context)


@require_safe
def message_list(request: HttpRequest) -> HttpResponse:
    """The list alone, for the script that keeps it fresh."""
    return render(request, "demo/messages.html", {"messages_sent": _shown()})


@require_safe
def people(request: HttpRequest) -> JsonResponse:
    return JsonResponse(listing(), json_dumps_params={"ensure_ascii": False})


@require_safe
def messages(request: HttpRequest) -> JsonResponse:
    return JsonResponse(newest_first(place.messages()), safe=False, json_dumps_params={"ensure_ascii": False})


@require_safe
def live_script(request: HttpRequest) -> HttpResponse:
    return HttpResponse((PAGE / "live.js").read_text(), content_type="text/javascript; charset=utf-8")


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    return HttpResponse((PAGE / "demo.css").read_text(), content_type="text/css; charset=utf-8")


def _shown() -> list[dict[str, object]]:
    found = newest_first(place.messages(), most=MOST_SHOWN)
    return [message | {"at": clock.local(dt.datetime.fromisoformat(message["at"]))} for message in found]
