"""One running portal for everything in this folder; all of it runs in one test worker."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.stack import walk
from tests.stack.drivers import Driver
from tests.stack.portal_stack import Portal, running_portal


@pytest.fixture(scope="session")
def portal() -> Iterator[Portal]:
    with tempfile.TemporaryDirectory(prefix="lp-stack-") as folder:
        Path(folder).chmod(0o755)  # PostgreSQL runs as another account when we are root
        with running_portal(Path(folder) / "data") as running:
            yield running


@pytest.fixture(scope="module")
def signed_in(portal: Portal, browser: Browser) -> Callable[..., tuple[Driver, dict[str, Any]]]:
    """A driver of a kind, signed in as one of the demo's people, and that person's facts. Everybody logs in once."""
    people = {person["username"]: person for person in portal.people()["registered"]}
    states: dict[str, Any] = {}

    def opened(username: str, kind: type[Driver] = Driver, *, language: str = "en") -> tuple[Driver, dict[str, Any]]:
        person = people[username]
        if username not in states:
            states[username] = walk.signed_in_state(browser, portal, person)
        return kind(browser, portal.url, language=language, state=states[username]), person

    return opened
