"""Where a person stands in registering: kept in the session, in this order, nothing to skip.

`facts` (typed, not judged) → a match → `registration` (the id of the account in the making) → `challenge` → done.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registration import enrolment, session_store
from registration.models import PendingRegistration

FACTS, PENDING, CHALLENGE, DONE = "facts", "registration", "registration_challenge", "registered"
STEPS = [
    _("Your information"),
    _("Employee number"),
    _("Username and password"),
    _("Two-step authentication"),
    _("Phone"),
]

PendingView = Callable[[HttpRequest, PendingRegistration], HttpResponse]


def step(number: int, title: str) -> dict[str, Any]:
    """Heading, browser title and step indicator of page `number`, from 1."""
    return {
        "title": title,
        "page_title": title,
        "step_number": number,
        "step_total": len(STEPS),
        "step_name": STEPS[number - 1],
        "step_names": STEPS,
    }


def matched(view: PendingView) -> Callable[[HttpRequest], HttpResponse]:
    """Only after a match: hands the view the account in the making; anyone else begins at page 1."""

    @functools.wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        pending = enrolment.unfinished(request.session.get(PENDING))
        return _begin_again(request) if pending is None else view(request, pending)

    return guarded


def _begin_again(request: HttpRequest) -> HttpResponse:
    """Page 1, which says why when the hour of an account in the making is over. A second tap follows the first."""
    if session_store.REPLACED in request.session:
        return redirect("registration:done")
    if PENDING in request.session:
        forget(request)
        messages.warning(request, gettext("Too much time passed, so we deleted what you entered. Enter it again."))
    return redirect("registration:register")


def with_username(view: PendingView) -> Callable[[HttpRequest], HttpResponse]:
    """Only after username and password were chosen."""

    @matched
    @functools.wraps(view)
    def guarded(request: HttpRequest, pending: PendingRegistration) -> HttpResponse:
        return view(request, pending) if pending.username else redirect("registration:account")

    return guarded


def forget(request: HttpRequest) -> None:
    """Drop every trace of the ceremony from the session."""
    for key in (FACTS, PENDING, CHALLENGE):
        request.session.pop(key, None)
