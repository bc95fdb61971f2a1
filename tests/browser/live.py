"""The portal over HTTP in this process, for what needs real addresses, cookies and history."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection, connections
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from registration.models import User
from tests.factories.accounts import sign_in

PLAIN = {  # over plain HTTP a browser keeps no cookie that is Secure
    "SESSION_COOKIE_NAME": "sessionid",
    "CSRF_COOKIE_NAME": "csrftoken",
    "LANGUAGE_COOKIE_NAME": "language",
    "SESSION_COOKIE_SECURE": False,
    "CSRF_COOKIE_SECURE": False,
    "LANGUAGE_COOKIE_SECURE": False,
    "ALLOWED_HOSTS": ["127.0.0.1", "testserver"],
}


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Nothing to standard error."""


class OneAtATime(ThreadedWSGIServer):
    """Serves on the test's own connection, inside its transaction: one request after the other."""

    def _close_connections(self) -> None:
        """The connection is the test's."""


@pytest.fixture
def origin(db: None, settings: Any) -> Iterator[str]:
    """The address of the portal, on the test's own database."""
    for name, value in PLAIN.items():
        setattr(settings, name, value)
    portal, turn = WSGIHandler(), threading.Lock()

    def answer(environ: Any, start_response: Any) -> Any:
        with turn:
            return portal(environ, start_response)

    for signal in (request_started, request_finished):  # the connection outlives a request, as with the test client
        signal.disconnect(close_old_connections)
    connection.inc_thread_sharing()
    mine = connections[connection.alias]
    server = OneAtATime(("127.0.0.1", 0), Quiet, connections_override={connection.alias: mine})
    server.set_app(answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    connection.dec_thread_sharing()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


class Person:
    """Somebody at a browser, signed in."""

    def __init__(self, browser: Browser, origin: str, user: User, **options: Any) -> None:
        self.origin, self.user = origin, user
        self.context: BrowserContext = browser.new_context(**{"viewport": {"width": 320, "height": 640}, **options})
        self.scripts = bool(options.get("java_script_enabled", True))
        self.complaints: list[str] = []
        self.client = Client()
        self.log_in()

    def log_in(self) -> None:
        """As after the password and the code."""
        sign_in(self.client, self.user)
        value = self.client.cookies["sessionid"].value
        self.context.add_cookies([{"name": "sessionid", "value": value, "url": self.origin}])

    def age_session(self, seconds: int) -> None:
        """As if nothing had happened for so long."""
        session = self.client.session
        session["seen"] -= seconds
        session.save()

    def tab(self, path: str) -> Page:
        page = self.context.new_page()
        page.set_default_timeout(5000)
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(self.origin + path)
        return page

    def _note(self, message: ConsoleMessage) -> None:
        """Breaches of the content security policy arrive as errors. Left out: what a test provokes, and plain HTTP."""
        if not re.search("Failed to load resource|Clear-Site-Data|Autofocus processing was blocked", message.text):
            self.complaints.append(message.text)


def path_of(page: Page) -> str:
    return urlsplit(page.url).path
