"""What every answer carries, and what every request leaves in the log."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable

import structlog
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse

log = structlog.get_logger("portal.request")
Answer = Callable[[HttpRequest], HttpResponse]

PRIVATE_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class RequestLogMiddleware:
    """One line a request: the name of the page, never its address, query, body or person's words."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        request_id = uuid.uuid4().hex[:12]
        structlog.contextvars.bind_contextvars(request_id=request_id)
        try:
            response = self.get_response(request)
            match = request.resolver_match
            log.info(
                "request",
                method=request.method,
                page=match.view_name if match else "",
                status=response.status_code,
                ms=round((time.perf_counter() - began) * 1000),
            )
            response["X-Request-Id"] = request_id
            return response
        finally:
            structlog.contextvars.unbind_contextvars("request_id")


class DatabaseAwayMiddleware:
    """A database that is away is a 503 that says when to come back, not a traceback."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, OperationalError):
            return None
        from portal.public.errors import database_away  # noqa: PLC0415  # its templates need the apps loaded

        log.error("database away", error=type(exception).__name__)
        return database_away(request)


class PrivateAnswersMiddleware:
    """Nothing we answer is kept by a cache or embedded by another site; static files set their own headers."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in PRIVATE_HEADERS.items():
            response.headers.setdefault(name, value)
        return response
