"""Log out."""

from __future__ import annotations

from django.contrib.auth import logout as end_session
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """Ends the session and empties the browser's cache, so that Back shows nothing.

    Cookies stay: the language and a remembered browser are meant to outlive the session.
    """
    end_session(request)
    response = redirect("registration:logged_out")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@require_safe
def logged_out(request: HttpRequest) -> HttpResponse:
    return render(request, "registration/logged_out.html", {"title": _("You are logged out")})
