"""The portal's own processes, as they run in earnest, against a given database and broker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

# The stand-ins speak HTTP without TLS, which only the demo's settings allow.
PLAIN_HTTP = {"DEMO": "1", "DJANGO_SETTINGS_MODULE": "portal.demo.settings"}
ROOT = Path(__file__).resolve().parents[2]
RELAY = [sys.executable, "manage.py", "relay"]
WORKER = [sys.executable, "-m", "celery", "-A", "portal", "worker", "-P", "threads", "-c", "8"]
WORKER += ["--without-gossip", "--without-mingle", "--without-heartbeat", "-l", "WARNING"]


class Process:
    """One of them, in a process group of its own so that a kill reaches all of it."""

    def __init__(self, name: str, arguments: list[str], *, environment: dict[str, str], log: Path) -> None:
        self.name, self.arguments, self.log = name, arguments, log
        self.environment = {**os.environ, **PLAIN_HTTP, **environment}
        self.running: subprocess.Popen[bytes] | None = None

    def start(self) -> Process:
        with self.log.open("ab") as output:
            self.running = subprocess.Popen(
                self.arguments,
                env=self.environment,
                cwd=ROOT,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        return self

    def kill(self) -> None:
        """SIGKILL: no goodbye, nothing written, nothing given back."""
        assert self.running
        os.killpg(self.running.pid, signal.SIGKILL)
        self.running.wait(10)

    def stop(self, *, seconds: float = 15) -> int:
        """SIGTERM, and its return code."""
        assert self.running
        if self.running.poll() is None:
            self.running.send_signal(signal.SIGTERM)
        return self.running.wait(seconds)


def database_url(name: str) -> str:
    """The server of this test run with another database."""
    return os.environ["DATABASE_URL"].rpartition("/")[0] + "/" + name
