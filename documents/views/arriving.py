"""A form with a file that is answered before the file was read: the browser gets to show the answer all the same."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from documents import intake
from registration.access import passed_second_step, to_login

View = Callable[..., HttpResponse]
FORBIDDEN = 403
NOT_KEPT = "not-kept"  # in the query of the address after log-in: a file came too late


def takes_a_file(view: View) -> View:
    """Goes around the guard of a view: whatever it answers, nothing of the file is left unread behind it.

    A session that ended meanwhile leads to log-in and back to the page, which then says that the file was not kept.
    """

    @functools.wraps(view)
    def taking(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        if not passed_second_step(request):
            return _too_late(request)
        try:
            answer = view(request, *args, **kwargs)
        except Http404:
            intake.drain(request)
            raise
        if answer.status_code != FORBIDDEN:  # another site's form gets no such patience
            intake.drain(request)
        return answer

    return taking


def _too_late(request: HttpRequest) -> HttpResponse:
    """Strangers are turned away at once; their browser may say what it likes."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        intake.drain(request)
    return to_login(request, back=f"{request.path}?{NOT_KEPT}")
