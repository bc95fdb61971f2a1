"""The relay: a small process between the database, where things to do are written, and those who do them.

It polls, because NOTIFY takes a lock on the whole database at every commit and an empty poll costs a fraction of a
millisecond. Any number of relays may run: every lane claims rows that no other process holds.
"""

from __future__ import annotations

import threading
import time

import structlog
from django.db import InterfaceError, OperationalError, connection

from portal.lib.lanes import Chore, Lane, Rounds

POLL_SECONDS, AWAY_SECONDS, REST_SECONDS, TICK_SECONDS = 0.05, 0.5, 1.0, 0.2
STUCK_SECONDS = 10
DATABASE_AWAY = (OperationalError, InterfaceError)
log = structlog.get_logger("portal.relay")


class Relay:
    def __init__(self, rounds: Rounds) -> None:
        self.rounds = rounds
        self._stop = threading.Event()
        self._away = False
        self._went_round = time.monotonic()
        self._resting: dict[str, float] = {}  # lanes that failed, and until when they are left alone

    def stop(self) -> None:
        """After the round that is going on."""
        self._stop.set()

    @property
    def goes_round(self) -> bool:
        """Whether the last round that reached the database is recent."""
        return time.monotonic() - self._went_round < STUCK_SECONDS

    def run(self) -> None:
        """Until `stop`. Outlives a database that restarts."""
        chores = threading.Thread(target=self._look_after, name="chores", daemon=True)
        chores.start()
        while not self._stop.is_set():
            self._stop.wait(self._round())
        chores.join()
        connection.close()

    def _round(self) -> float:
        """Seconds to wait before the next."""
        try:
            worked = [self._work(lane) for lane in self.rounds.waiting()]
        except DATABASE_AWAY as error:
            self._note_away(error)
            return AWAY_SECONDS
        self._away = False
        self._went_round = time.monotonic()
        return 0 if any(worked) else POLL_SECONDS

    def _work(self, lane: Lane) -> int:
        if time.monotonic() < self._resting.get(lane.name, 0):
            return 0
        try:
            return lane.work()
        except DATABASE_AWAY:
            raise
        except Exception:
            log.exception("lane failed", lane=lane.name)
            self._resting[lane.name] = time.monotonic() + REST_SECONDS
            return 0

    def _note_away(self, error: Exception) -> None:
        if not self._away:
            log.error("database away", error=type(error).__name__)
        self._away = True
        connection.close()

    def _look_after(self) -> None:
        due = {chore.name: time.monotonic() for chore in self.rounds.chores}
        while not self._stop.wait(TICK_SECONDS):
            for chore in self.rounds.chores:
                if time.monotonic() >= due[chore.name] and not self._stop.is_set():
                    self._do(chore)
                    due[chore.name] = time.monotonic() + chore.seconds
        connection.close()

    def _do(self, chore: Chore) -> None:
        try:
            chore.work()
        except DATABASE_AWAY:
            connection.close()  # the rounds say so
        except Exception:
            log.exception("chore failed", lane=chore.name)
