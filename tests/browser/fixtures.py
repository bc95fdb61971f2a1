"""One Chromium a test module.

Playwright keeps an event loop running in its thread, and where a loop runs Django uses other database connections. So
the browser does not outlive the module that asked for it, the connections made beside it are closed with it, and the
test database, which belongs to the connection that made it, is made first.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from django.db import connections
from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import ARGUMENTS, chromium


@pytest.fixture(scope="module")
def browser(django_db_setup: None) -> Iterator[Browser]:
    program, environment = chromium()
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps an event loop in this thread; we stay sync
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program, env=environment, args=list(ARGUMENTS))
        yield launched
        launched.close()
        connections.close_all()
