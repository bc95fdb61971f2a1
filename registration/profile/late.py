"""A change that arrives too late: its session had ended, or the proof of who is there. It is not made.

What was typed waits in the session, sealed, for the same person to come back to the same page; a password never does.
"""

from __future__ import annotations

import base64
import functools
import json
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from portal.lib import crypto
from registration.proof import proof_required

LATE = "late_change"  # session key
BOUND_TO = "session.late_change"
View = Callable[[HttpRequest], HttpResponse]


def sensitive_change(*fields: str) -> Callable[[View], View]:
    """`proof_required`, and what a POST brought in `fields` is kept when the view did not get to see it."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest) -> HttpResponse:
            seen = False

            def seeing(request: HttpRequest) -> HttpResponse:
                nonlocal seen
                seen = "_save_later" not in request.POST  # sent by the script, which thinks that the session is over
                return view(request) if seen else HttpResponseRedirect(request.path, status=303)

            timed_out = getattr(request, "timed_out_user", None)  # a session that ended before may be a stranger's POST
            response = proof_required(seeing)(request)
            if request.method == "POST" and not seen:
                _keep(request, fields, logged_out=timed_out is not None, user_id=timed_out or request.user.pk)
            return response

        return guarded

    return decorate


def kept(request: HttpRequest) -> dict[str, str]:
    """What this person had typed on this page, once, with a sentence for the top of the page; {} when nothing was."""
    sealed = request.session.get(LATE)
    if sealed is None or request.method == "POST":
        return {}
    late = json.loads(crypto.unseal(base64.b64decode(sealed), bound_to=BOUND_TO))
    if (late["user"], late["path"]) != (request.user.pk, request.path):
        return {}
    del request.session[LATE]
    messages.warning(request, _sentence(late))
    fields: dict[str, str] = late["fields"]
    return fields


def _keep(request: HttpRequest, fields: tuple[str, ...], *, logged_out: bool, user_id: int | None) -> None:
    """Only of a person we know: the one who is there, or whose session ended with this very request."""
    if user_id is None:
        return
    late = {
        "user": user_id,
        "path": request.path,
        "fields": {name: request.POST.get(name, "")[:300] for name in fields},
        "logged_out": logged_out,
    }
    plain = json.dumps(late).encode()
    request.session[LATE] = base64.b64encode(crypto.seal(plain, bound_to=BOUND_TO)).decode()


def _sentence(late: dict[str, Any]) -> str:
    if late["fields"] and late["logged_out"]:
        return _("You were logged out. We kept what you typed. Check it and continue.")
    if late["fields"]:
        return _("We kept what you typed. Check it and continue.")
    return _("Too much time passed, and we did not save your change. Enter it again.")
