"""One running portal for everything in this folder; all of it runs in one test worker."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stack.portal_stack import Portal, running_portal


@pytest.fixture(scope="session")
def portal() -> Iterator[Portal]:
    with tempfile.TemporaryDirectory(prefix="lp-stack-") as folder:
        Path(folder).chmod(0o755)  # PostgreSQL runs as another account when we are root
        with running_portal(Path(folder) / "data") as running:
            yield running
