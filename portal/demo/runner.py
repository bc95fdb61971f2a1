"""Everything on one machine: databases, stand-ins, relay, worker, beat and web, in this order, and back."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from portal.demo import environment, folder
from portal.demo.children import Child
from portal.demo.place import BASE
from portal.demo.refusal import Refused
from portal.devservices import Postgres, Valkey

PATIENCE = {"web": 8.0, "worker": 10.0}  # seconds to finish what is under way; others need less
START_SECONDS = 90
WATCH_SECONDS = 0.2


class Stopped(BaseException):
    """Ctrl-C or SIGTERM; a BaseException, so that nothing on the way takes it for an error."""


class Demo:
    def __init__(self, data: Path, *, port: int, size: str, offset: float) -> None:
        self.data, self.port, self.size, self.offset = data, port, size, offset
        self.http_port, self.smtp_port, self.scanner_port = environment.free_ports(3)
        self.variables = environment.variables(
            data,
            port=port,
            http_port=self.http_port,
            smtp_port=self.smtp_port,
            scanner_port=self.scanner_port,
            size=size,
            offset=offset,
        )
        self.children: dict[str, Child] = {}
        self.postgres: Postgres | None = None
        self.valkey: Valkey | None = None
        self.sockets: Path | None = None

    def run(self) -> None:
        """Until Ctrl-C or SIGTERM. Whatever happens, what was started is stopped."""
        with contextlib.ExitStack() as stack:
            stack.callback((self.data / folder.RECORD).unlink, missing_ok=True)
            self._start_databases(stack)
            self._load_people()
            for role, arguments in self._programs():
                self._start(role, arguments, stack)
            self._wait_until_ready()
            address = f"http://{environment.HOST}:{self.port}/"
            print(f"Ready: {address}", flush=True)
            print(f"People to be, their passwords and the messages sent: {address}demo/ (Ctrl-C stops all)", flush=True)
            self._watch()

    def _start_databases(self, stack: contextlib.ExitStack) -> None:
        print("Starting PostgreSQL and Valkey …", flush=True)
        place = folder.postgres_folder(self.data)
        if place.parent != self.data:
            print(f"PostgreSQL's account may not enter {self.data}: its files are in {place}", flush=True)
        sockets = folder.socket_folder()
        stack.callback(shutil.rmtree, sockets, ignore_errors=True)
        self.sockets = sockets
        self.postgres = Postgres(place, socket_folder=sockets / "pg", durable=True)
        self.postgres.stop()  # a crashed demo's, if it still runs
        stack.callback(self.postgres.stop)
        self.postgres.start()
        self.valkey = Valkey(self.data / "vk", socket_folder=sockets, durable=True)
        stack.callback(self.valkey.stop)
        self.valkey.start()
        self.variables |= {"DATABASE_URL": self.postgres.url(), "REDIS_URL": self.valkey.url()}
        self._record()

    def _load_people(self) -> None:
        done = subprocess.run([sys.executable, "manage.py", "load_demo"], env=self.variables, cwd=BASE, check=False)
        if done.returncode:
            raise Refused("The demo's people could not be loaded: the reason stands above.")

    def _programs(self) -> Iterator[tuple[str, list[str]]]:
        messages = self.data / "messages.jsonl"
        ports = [
            *("--http-port", str(self.http_port), "--smtp-port", str(self.smtp_port)),
            *("--scanner-port", str(self.scanner_port)),
        ]
        celery = ["-m", "celery", "-A", "portal.celery"]
        yield "standins", ["-m", "portal.demo.standins", *ports, "--log", str(messages)]
        yield "relay", ["manage.py", "relay"]
        yield "worker", [*celery, "worker", "-P", "threads", "-c", "4", "--without-gossip", "--without-mingle"]
        yield "beat", [*celery, "beat", "--pidfile=", "--schedule", str(self.data / "beat-schedule")]
        yield (
            "web",
            [
                *("-m", "gunicorn", "portal.wsgi", "--bind", f"{environment.HOST}:{self.port}", "--preload"),
                *("--worker-class", "gthread", "--workers", "2", "--threads", "4", "--graceful-timeout", "5"),
            ],
        )

    def _start(self, role: str, arguments: list[str], stack: contextlib.ExitStack) -> None:
        child = Child(role, arguments, self.variables, self.data / "logs" / f"{role}.log")
        self.children[role] = child
        stack.callback(child.stop, PATIENCE.get(role, 5.0))
        child.start()
        self._record()

    def _wait_until_ready(self) -> None:
        print("Starting the portal …", flush=True)
        deadline = time.monotonic() + START_SECONDS
        while not self._healthy():
            if time.monotonic() > deadline:
                raise Refused(f"The portal did not answer within {START_SECONDS} seconds: see {self.data / 'logs'}.")
            for child in self.children.values():
                if child.died():
                    raise Refused(f"{child.role} did not start: see {child.log}.")
            time.sleep(0.1)

    def _healthy(self) -> bool:
        with contextlib.suppress(OSError):
            address = f"http://{environment.HOST}:{self.port}/healthz/"
            with urllib.request.urlopen(address, timeout=5) as answer:
                return bool(answer.status == 200)
        return False

    def _watch(self) -> None:
        while True:
            time.sleep(WATCH_SECONDS)
            revived = [child.revive() for child in self.children.values()]
            if any([self._revive_databases(), *revived]):
                self._record()

    def _revive_databases(self) -> bool:
        if self.valkey and self.valkey.process and self.valkey.process.poll() is not None:
            print("Valkey ended and is started again", flush=True)
            self.valkey.start()
            return True
        if self.postgres and not _alive(self._postmaster()):
            print("PostgreSQL ended and is started again", flush=True)
            self.postgres.start()
            return True
        return False

    def _postmaster(self) -> int | None:
        with contextlib.suppress(OSError, ValueError, IndexError):
            return int((self.postgres.data / "postmaster.pid").read_text().splitlines()[0]) if self.postgres else None
        return None

    def _record(self) -> None:
        """What tests and the next start need to know of this one."""
        pids = {role: child.pid for role, child in self.children.items()}
        pids["valkey"] = self.valkey.process.pid if self.valkey and self.valkey.process else None
        known = {
            "DATABASE_URL": self.variables["DATABASE_URL"],
            "REDIS_URL": self.variables["REDIS_URL"],
            "pids": {role: pid for role, pid in pids.items() if pid},
            "postmaster": self._postmaster(),
            "runner": os.getpid(),
            "ports": {"web": self.port, "twilio": self.http_port, "smtp": self.smtp_port},
            "logs": {role: str(child.log) for role, child in self.children.items()},
            "sockets": str(self.sockets),
            "messages": str(self.data / "messages.jsonl"),
        }
        fresh = self.data / f"{folder.RECORD}.new"
        fresh.write_text(json.dumps(known, indent=1))
        fresh.replace(self.data / folder.RECORD)


def _alive(pid: int | None) -> bool:
    if pid is None:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _stop(_signal: int, _frame: FrameType | None) -> None:
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.SIG_IGN)  # one is enough; stopping takes seconds
    raise Stopped


def run(data: Path, *, port: int, size: str) -> None:
    """Blocks until stopped. Raises Refused when the demo cannot start."""
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, _stop)
    offset = environment.civil_offset(os.environ.get("DEMO_NOW"), now=dt.datetime.now(tz=dt.UTC))
    folder.open_folder(data)
    with folder.lock(data), contextlib.suppress(Stopped):
        if count := folder.end_leftovers(data):
            print(
                f"An earlier demo had crashed; {count} of its processes were still running and are ended.", flush=True
            )
        environment.refuse_busy(port)
        os.environ["DEMO_DATA"] = str(data)  # what the databases are recognised by after a crash
        try:
            Demo(data, port=port, size=size, offset=offset).run()
        finally:
            print("Stopped.", flush=True)
