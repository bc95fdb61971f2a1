"""A fresh proof of who is sitting there: the password and the second step, minutes ago, for one change."""

from __future__ import annotations

import contextlib
import functools
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from registration import session_store
from registration.access import account_of, comes_first
from registration.models import Session, User

PROVED = "proved"  # session key: when, in seconds since 1970
View = Callable[..., HttpResponse]


class Spent(Exception):
    """Another request with the same proof was faster."""


def grant(request: HttpRequest) -> None:
    """The password and a second step were right just now."""
    request.session[PROVED] = int(time.time())


def is_fresh(request: HttpRequest) -> bool:
    at: int = request.session.get(PROVED, 0)
    return time.time() - at < settings.PROOF_MINUTES * 60


@contextlib.contextmanager
def one_change(request: HttpRequest) -> Iterator[None]:
    """A transaction for the one change that this proof is for. Raises Spent, which `proof_required` answers.

    The account is locked and the session's row goes with the change: of two requests with one proof, the second finds
    none. The caller gives the session a new key. Left by an exception, nothing was changed and the proof stands.
    """
    key = request.session.session_key or ""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=account_of(request).pk)
        if not Session.objects.filter(session_key=key).exists():
            raise Spent
        yield
        Session.objects.filter(session_key=key).delete()
        session_store.leave_word(key)
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
        try:
            return view(request, *args, **kwargs)
        except Spent:
            request.session.modified = False  # there is no such session any more
            return HttpResponseRedirect(reverse("registration:profile"), status=303)

    return guarded
