"""Where an account is open: sessions that run, and browsers that are not asked for a second step. Each can be ended.

Ending needs no proof: it takes nothing from the person but a log-in.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from registration import browser_names, browsers, session_store, sessions
from registration.access import account_of, account_required, comes_back_to
from registration.models import RememberedBrowser
from registration.views.answers import see_other


@require_safe
@account_required
def sessions_page(request: HttpRequest) -> HttpResponse:
    here = session_store.public_id(request.session.session_key or "")
    rows = session_store.open_since(account_of(request), seen=sessions.over_before(request.session))
    shown = [
        {
            "id": row.id,
            "name": browser_names.shown(row.label),
            "since": row.began_at,
            "seen": row.seen_at,
            "here": row.id == here,
        }
        for row in rows.defer("session_data")
    ]
    context = {"title": _("Where you are logged in"), "sessions": sorted(shown, key=lambda row: not row["here"])}
    return render(request, "registration/profile/sessions.html", {**context, **_back()})


@comes_back_to("registration:sessions")
@account_required
def end(request: HttpRequest, session: uuid.UUID) -> HttpResponse:
    """One other session. This one ends by logging out."""
    row = get_object_or_404(session_store.others(account_of(request), keep=request.session.session_key), id=session)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    row.delete()
    messages.success(request, _("We ended that session."))
    return see_other("registration:sessions")


@require_POST
@comes_back_to("registration:sessions")
@account_required
def end_others(request: HttpRequest) -> HttpResponse:
    session_store.end_others(account_of(request), keep=request.session.session_key)
    messages.success(request, _("We ended all your other sessions."))
    return see_other("registration:sessions")


@require_safe
@account_required
def browsers_page(request: HttpRequest) -> HttpResponse:
    mine = RememberedBrowser.objects.filter(user=account_of(request), expires_at__gt=timezone.now())
    shown = [
        {"id": row.id, "name": browser_names.shown(row.label), "since": row.created_at, "until": row.expires_at}
        for row in mine.order_by("-created_at")
    ]
    context = {"title": _("Remembered browsers"), "browsers": shown}
    return render(request, "registration/profile/browsers.html", {**context, **_back()})


@comes_back_to("registration:browsers")
@account_required
def forget(request: HttpRequest, browser: uuid.UUID) -> HttpResponse:
    row = get_object_or_404(RememberedBrowser, user=account_of(request), id=browser)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    row.delete()
    messages.success(request, _("Done. You will need a code the next time you log in on that browser."))
    return see_other("registration:browsers")


@require_POST
@comes_back_to("registration:browsers")
@account_required
def forget_all(request: HttpRequest) -> HttpResponse:
    browsers.forget_all(account_of(request))
    messages.success(request, _("Done. You will need a code the next time you log in on any browser."))
    return see_other("registration:browsers")


def _back() -> dict[str, Any]:
    return {"back_url": reverse("registration:profile"), "back_text": _("Back to Edit Profile")}
