"""The demo's processes: started, watched, started again when they die, and stopped."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from portal.demo.place import BASE

QUICK_DEATH, PAUSE = 3.0, 2.0  # seconds


class Child:
    """A process in a group of its own, so that Ctrl-C reaches it only through us and its children end with it."""

    def __init__(self, role: str, arguments: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
        self.role, self.arguments, self.environment, self.log = role, arguments, environment, log
        self.process: subprocess.Popen[bytes] | None = None
        self.not_before = self.started = 0.0

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *self.arguments],
                env=dict(self.environment),
                cwd=BASE,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.started = time.monotonic()

    @property
    def pid(self) -> int | None:
        return self.process.pid if self.process else None

    def died(self) -> int | None:
        """The exit status of a dead process, None while it lives."""
        return self.process.poll() if self.process else None

    def revive(self) -> bool:
        """Starts a dead process again, with a pause when it ends by itself as soon as it is started."""
        status, now = self.died(), time.monotonic()
        if status is None or now < self.not_before:
            return False
        _kill_group(self.process)
        if status >= 0 and now - self.started < QUICK_DEATH and not self.not_before:
            self.not_before = now + PAUSE
            return False
        self.not_before = 0.0
        print(f"{self.role} ended ({status}) and is started again; its words are in {self.log}", flush=True)
        self.start()
        return True

    def stop(self, patience: float) -> None:
        """Asks, waits `patience` seconds, then insists."""
        if self.process:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(patience)
            _kill_group(self.process)
            self.process.wait()


def _kill_group(process: subprocess.Popen[bytes] | None) -> None:
    if process:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
