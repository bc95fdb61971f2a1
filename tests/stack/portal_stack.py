"""The whole portal as `make demo` serves it: web, relay, worker, PostgreSQL, Valkey and the providers' stand-ins."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import requests

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS, STOP_SECONDS = 180, 30


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Portal:
    """A running portal: where it answers, who is in it, what it sent."""

    def __init__(self, url: str, data: Path) -> None:
        self.url, self.data = url, data

    def people(self) -> dict[str, list[dict[str, Any]]]:
        return requests.get(f"{self.url}/demo/people.json", timeout=10).json()

    def messages(self) -> list[dict[str, Any]]:
        """Newest first."""
        return requests.get(f"{self.url}/demo/messages.json", timeout=10).json()

    def environment(self) -> dict[str, Any]:
        return json.loads((self.data / "environment.json").read_text())

    def wait_for(self, wanted: Callable[[dict[str, Any]], bool], *, seconds: float = 20) -> dict[str, Any]:
        """The newest message that is wanted. Raises AssertionError when none comes."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for message in self.messages():
                if wanted(message):
                    return message
            time.sleep(0.1)
        raise AssertionError(f"no such message among {[(m['channel'], m['to']) for m in self.messages()]}")


@contextlib.contextmanager
def running_portal(data: Path, **environment: str) -> Iterator[Portal]:
    """Start the demo on a free port with its data in `data`; stop everything it started at the end."""
    port = free_port()
    log = (data.parent / f"{data.name}.log").open("w+")
    process = subprocess.Popen(
        [sys.executable, "-m", "portal.demo", "--data", str(data), "--port", str(port), "--people", "small"],
        env={**_outer_environment(), "DEMO": "1", **environment},
        cwd=ROOT,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        _until_ready(process, Path(log.name), f"Ready: http://127.0.0.1:{port}/")
        yield Portal(f"http://127.0.0.1:{port}", data)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(STOP_SECONDS)
        log.close()


def _outer_environment() -> dict[str, str]:
    """Ours, without what the test run set for its own processes."""
    own = {"DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "SECRET_KEY", "PORTAL_DATA_KEYS", "PUBLIC_BASE_URL"}
    kept = {name: value for name, value in os.environ.items() if name not in own}
    return {name: value for name, value in kept.items() if not name.startswith(("EMAIL_", "TWILIO_", "PYTEST_"))}


def _until_ready(process: subprocess.Popen[bytes], log: Path, line: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if line in log.read_text():
            return
        time.sleep(0.1)
    raise AssertionError(f"the portal did not start:\n{log.read_text()[-3000:]}")
