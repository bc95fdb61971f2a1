"""Error pages: what happened, what to do next, and the number to call. They must not need a working database."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "public/errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "public/errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "public/errors/404.html", status=404)


def page_open_too_long(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token no longer fits the session."""
    return render(request, "public/errors/csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "public/errors/500.html", status=500)


def database_away(request: HttpRequest) -> HttpResponse:
    """503 within a second; the page asks the database for nothing."""
    response = render(request, "public/errors/503.html", status=503)
    response["Retry-After"] = "30"
    return response
