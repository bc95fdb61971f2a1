"""A fresh proof of who is sitting there: the password and the second step, minutes ago, for one change."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from registration.access import comes_first

PROVED = "proved"  # session key: when, in seconds since 1970
View = Callable[..., HttpResponse]


def grant(request: HttpRequest) -> None:
    """The password and a second step were right just now."""
    request.session[PROVED] = int(time.time())


def is_fresh(request: HttpRequest) -> bool:
    at: int = request.session.get(PROVED, 0)
    return time.time() - at < settings.PROOF_MINUTES * 60


def spend(request: HttpRequest) -> None:
    """The change was made: the next one asks again."""
    request.session.pop(PROVED, None)


def proof_required(view: View) -> View:
    """Any signed-in account; without a fresh proof the page that asks for one comes first and leads back."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if first := comes_first(request):
            return first
        if not is_fresh(request):
            address = reverse("registration:confirm") + "?" + urlencode({"next": request.path})
            return HttpResponseRedirect(address, status=303)
        return view(request, *args, **kwargs)

    return guarded
