"""Servers that live as long as a test run."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from portal.devservices.postgres import Postgres
from portal.devservices.valkey import Valkey


@contextlib.contextmanager
def temporary_services() -> Iterator[dict[str, str]]:
    """Yields DATABASE_URL and REDIS_URL; what the environment names already is used and not started."""
    root = Path(tempfile.mkdtemp(prefix="lp-"))  # sockets need a short path, hence not the work tree
    root.chmod(0o711)
    found: dict[str, str] = {}
    with contextlib.ExitStack() as stack:
        stack.callback(shutil.rmtree, root, ignore_errors=True)
        if "DATABASE_URL" not in os.environ:
            postgres = Postgres(root / "pg").start()
            stack.callback(postgres.stop)
            found["DATABASE_URL"] = postgres.url()
        if "REDIS_URL" not in os.environ:
            valkey = Valkey(root / "vk").start()
            stack.callback(valkey.stop)
            found["REDIS_URL"] = valkey.url()
        yield found
