"""The providers' stand-ins as a process of their own, reached over sockets, and the log they keep."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ACCOUNT, TOKEN = "AC" + "0" * 32, "tests-only-token"
QUIET = {"latency": 0, "plan": {}, "rates": {}, "numbers": {}, "callbacks": "none", "callback_delay": 0}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Standins:
    def __init__(self, folder: Path) -> None:
        self.log = folder / "messages.jsonl"
        self.http_port, self.smtp_port, self.scanner_port = free_port(), free_port(), free_port()
        self.origin = f"http://127.0.0.1:{self.http_port}"
        self._seen = 0

    def environment(self) -> dict[str, str]:
        return {
            "TWILIO_ACCOUNT_SID": ACCOUNT,
            "TWILIO_AUTH_TOKEN": TOKEN,
            "TWILIO_FROM": "+15005550006",
            "TWILIO_ORIGIN": self.origin,
            "EMAIL_URL": f"smtp://127.0.0.1:{self.smtp_port}",
            "DEFAULT_FROM_EMAIL": "Leave portal <no-reply@example.org>",
            "CLAMD_ADDRESS": f"127.0.0.1:{self.scanner_port}",
        }

    def control(self, **switches: Any) -> None:
        request = urllib.request.Request(f"{self.origin}/_control", json.dumps(switches).encode())
        with urllib.request.urlopen(request, timeout=5) as answer:
            answer.read()

    def quiet(self) -> None:
        """No faults, no reports, and what was accepted before is not shown again."""
        self.control(**QUIET)
        self._seen = len(self._lines())

    def messages(self, channel: str | None = None) -> list[dict[str, Any]]:
        """Accepted since `quiet`, oldest first."""
        found = [json.loads(line) for line in self._lines()[self._seen :]]
        return [message for message in found if channel in (None, message["channel"])]

    def _lines(self) -> list[str]:
        return self.log.read_text().splitlines() if self.log.exists() else []


@contextlib.contextmanager
def running_standins(folder: Path) -> Iterator[Standins]:
    standins = Standins(folder)
    ports = {"http": standins.http_port, "smtp": standins.smtp_port, "scanner": standins.scanner_port}
    arguments = [word for name, port in ports.items() for word in (f"--{name}-port", str(port))]
    process = subprocess.Popen(
        [sys.executable, "-m", "portal.demo.standins", *arguments, "--log", str(standins.log)],
        env={**os.environ, **standins.environment(), "DEMO": "1"},
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )
    try:
        assert process.stdout
        assert process.stdout.readline() == b"Ready\n"
        yield standins
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()


def wait_until(condition: Any, *, seconds: float = 10, what: str = "it") -> Any:
    """The first true answer of `condition`. Raises AssertionError after `seconds`."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answer := condition():
            return answer
        time.sleep(0.05)
    raise AssertionError(f"{what} did not happen in {seconds} s")
