"""Error pages: what happened, what to do next, and the number to call."""

from __future__ import annotations

import sys

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from absences import late
from portal.office.context import last_read_contact
from portal.office.models import ContactRecord

RETRY_SECONDS = 30


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "400", _("We could not read that request"))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "403", _("You can’t see this page"))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "404", _("We can’t find that page"))


def page_open_too_long(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token no longer fits the session, as after a new log-in. What a question's page brings is kept."""
    return late.rescued(request) or render(
        request, "public/errors/csrf.html", {"title": _("This page was open too long")}, status=403
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Asks the database for nothing: it may be what failed, in a middleware or in the page of another error."""
    if isinstance(sys.exception(), OperationalError):
        return database_away(request)
    context = {"title": _("We’re having a problem"), "contact": _contact_without_database()}
    return render(request, "public/errors/500.html", context, status=500)


def database_away(request: HttpRequest) -> HttpResponse:
    """503 within a second; the page asks the database for nothing."""
    context = {"title": _("We’re having a problem"), "contact": _contact_without_database()}
    response = render(request, "public/errors/503.html", context, status=503)
    response["Retry-After"] = str(RETRY_SECONDS)
    return response


def _page(request: HttpRequest, status: str, title: str) -> HttpResponse:
    return render(request, f"public/errors/{status}.html", {"title": title}, status=int(status))


def _contact_without_database() -> ContactRecord:
    """As last read by this process; if it never was, a record without a phone, and the page goes without the number."""
    return last_read_contact() or ContactRecord(portal_name=_("Leave portal"))
