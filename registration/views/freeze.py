"""The link in a message about an account: its person says who it was, without logging in.

Opening it changes nothing, for mail programs open links; its buttons do.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from registration import claims
from registration.claims import Link

TEMPLATE = "registration/freeze.html"
GONE = 410


@require_http_methods(["GET", "HEAD", "POST"])
def freeze(request: HttpRequest, token: str) -> HttpResponse:
    """What will happen, and two buttons; afterwards, what has happened."""
    link = claims.opened(token)
    if link is None:
        context = {"title": _("This link no longer works"), "state": "gone", "asks": False, "may_confirm": False}
        return render(request, TEMPLATE, context, status=GONE)
    if request.method == "POST":
        _answered(link, request.POST.get("answer", ""))
        return HttpResponseRedirect(request.path, status=303)
    return _page(request, link)


def _answered(link: Link, answer: str) -> None:
    now = timezone.now()
    if answer == "freeze":
        claims.freeze(link.claim.user, now=now)
    elif answer == "confirm" and link.may_confirm:
        claims.confirm(link.claim.user, now=now)


def _page(request: HttpRequest, link: Link) -> HttpResponse:
    frozen, confirmed = link.claim.user.frozen_at is not None, link.claim.confirmed_at is not None
    if frozen:
        state, title = "frozen", _("This account is frozen")
    elif link.may_confirm and confirmed:
        state, title = "confirmed", _("You told us that this was you")
    else:
        state, title = "open", _("Did you create this account?") if link.may_confirm else _("Freeze this account?")
    context = {
        "title": title,
        "state": state,
        "asks": not frozen,
        "may_confirm": link.may_confirm and not confirmed,
        "claimed_at": link.claim.claimed_at,
    }
    return render(request, TEMPLATE, context)
