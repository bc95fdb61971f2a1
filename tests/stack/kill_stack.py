"""Relay, worker and broker that may be killed at any moment, on a fresh database; and eyes on that database."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from portal.devservices import Postgres, Valkey
from tests.fakes.processes import PLAIN_HTTP, RELAY, ROOT, WORKER, Process
from tests.fakes.standins import Standins, running_standins

HELD = """
    SELECT count(*), count(fenced_at), count(fenced_at) FILTER (WHERE channel = 'email')
    FROM notifications_notice WHERE state = 'sending' AND lease_until > clock_timestamp()
"""
OPEN_TRANSACTIONS = "SELECT count(*) FROM pg_stat_activity WHERE application_name = %s AND xact_start IS NOT NULL"
WAITING = """
    SELECT (SELECT count(*) FROM cases_caseevent WHERE dispatched_at IS NULL)
         + (SELECT count(*) FROM notifications_notice WHERE state IN ('pending', 'sending', 'unknown'))
"""

UNSETTLED = """
    SELECT channel, state, attempt, error_code, extract(epoch FROM clock_timestamp() - started_at)::int
    FROM notifications_notice WHERE state IN ('pending', 'sending', 'unknown')
"""


@dataclass(frozen=True)
class Moment:
    """What was going on right before a kill."""

    sending: int  # notices under a lease that runs
    begun: int  # of them those whose provider is being asked
    letters_begun: int  # of those letters that may be between DATA and its reply
    transactions: int  # open in the victim

    @property
    def counts(self) -> bool:
        return bool(self.sending or self.transactions)


@dataclass
class Stack:
    standins: Standins
    relay: Process
    worker: Process
    valkey: Valkey
    submitter: subprocess.Popen[str]
    database: psycopg.Connection[Any]
    acknowledged: list[dict[str, Any]] = field(default_factory=list)

    def look(self, victim: str) -> Moment:
        (transactions,) = self._row(OPEN_TRANSACTIONS, victim)
        return Moment(*self._row(HELD), transactions)

    def waiting(self) -> int:
        """Facts untold and notices unsettled."""
        return self._row(WAITING)[0]

    def what_waits(self) -> list[tuple[Any, ...]]:
        """(channel, state, attempts, error, seconds since its last begin) of what is not settled."""
        return self.database.execute(UNSETTLED).fetchall()

    def logs(self) -> str:
        """The last words of relay and worker, and whether they live."""
        return "\n".join(
            f"--- {process.name}, ended with {process.running and process.running.poll()}\n"
            + "\n".join(process.log.read_text().splitlines()[-15:])
            for process in (self.relay, self.worker)
        )

    def submit(self, count: int) -> None:
        """Returns once all are acknowledged."""
        assert self.submitter.stdin
        assert self.submitter.stdout
        self.submitter.stdin.write(f"{count}\n")
        self.submitter.stdin.flush()
        self.acknowledged += [json.loads(self.submitter.stdout.readline()) for _ in range(count)]

    def kill(self, victim: str) -> None:
        """SIGKILL, and a new one at once."""
        if victim == "valkey":
            assert self.valkey.process
            self.valkey.process.kill()
            self.valkey.process.wait(10)
            time.sleep(2.5)  # long enough for the relay to notice and to do the work itself
            self.valkey.start()
        else:
            process = {"relay": self.relay, "worker": self.worker}[victim]
            process.kill()
            process.start()

    def _row(self, question: str, *values: str) -> tuple[Any, ...]:
        row = self.database.execute(question, values).fetchone()
        assert row
        return row


@contextlib.contextmanager
def running_stack() -> Iterator[Stack]:
    root = Path(tempfile.mkdtemp(prefix="lp-kill-"))
    root.chmod(0o711)
    with contextlib.ExitStack() as stack:
        stack.callback(shutil.rmtree, root, ignore_errors=True)
        postgres = Postgres(root / "pg", durable=True).start()  # what was committed must outlive a kill
        stack.callback(postgres.stop)
        valkey = Valkey(root / "vk").start()
        stack.callback(valkey.stop)
        standins = stack.enter_context(running_standins(root))

        def environment(name: str) -> dict[str, str]:
            database = f"{postgres.url()}?application_name={name}"
            own = {"DATABASE_URL": database, "REDIS_URL": valkey.url()}
            return {**standins.environment(), **own}

        _migrate(environment("migrate"))
        relay = Process("relay", RELAY, environment=environment("relay"), log=root / "relay.log").start()
        stack.callback(relay.stop)
        worker = Process("worker", WORKER, environment=environment("worker"), log=root / "worker.log").start()
        stack.callback(worker.stop)
        submitter = stack.enter_context(_submitter(environment("submitter")))
        eyes = stack.enter_context(psycopg.connect(host=str(postgres.socket_folder), user="postgres", autocommit=True))
        yield Stack(standins, relay, worker, valkey, submitter, eyes)


def _migrate(environment: dict[str, str]) -> None:
    command = [sys.executable, "manage.py", "migrate", "-v0"]
    subprocess.run(command, env={**os.environ, **PLAIN_HTTP, **environment}, cwd=ROOT, check=True)


@contextlib.contextmanager
def _submitter(environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.stack.submitter"],
        env={**os.environ, **PLAIN_HTTP, **environment},
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        yield process
