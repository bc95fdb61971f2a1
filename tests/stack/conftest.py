"""One running portal and one browser for everything in this folder; all of it runs in one test worker."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.browser.chromium import ARGUMENTS, chromium
from tests.stack.portal_stack import Portal, running_portal


@pytest.fixture(scope="session")
def portal() -> Iterator[Portal]:
    with tempfile.TemporaryDirectory(prefix="lp-stack-") as folder:
        Path(folder).chmod(0o755)  # PostgreSQL runs as another account when we are root
        with running_portal(Path(folder) / "data") as running:
            yield running


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    program, environment = chromium()
    launched = playwright.chromium.launch(executable_path=program, env=environment, args=list(ARGUMENTS))
    yield launched
    launched.close()
