"""Telling workers that there is something to do. A nudge is a hint and may be lost: the work stands in the database.

The broker must never hold the relay up. A publication is tried once on a connection with short time-outs; when it
fails, the broker is left alone for two seconds and the work is done here, by a few threads.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import structlog
from celery import Celery
from django.db import close_old_connections
from kombu import Connection
from kombu.exceptions import OperationalError as BrokerAway

REST_SECONDS, BROKER_SECONDS, THREADS = 2.0, 0.25, 4
log = structlog.get_logger("portal.relay")


class Nudger:
    """`work_here` does what the task `name` would do with the same id. For one thread."""

    def __init__(self, app: Celery, name: str, work_here: Callable[[str], object]) -> None:
        self.app, self.name, self.work_here = app, name, work_here
        self._connection: Connection | None = None
        self._tried_again_at = 0.0
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="here")
        self._here: set[Future[None]] = set()

    def room(self, wanted: int) -> int:
        """How many nudges can be taken now: `wanted` by the broker, while it is away as many as have a thread."""
        if time.monotonic() >= self._tried_again_at:
            return wanted
        return self.room_here()

    def room_here(self) -> int:
        """How many can be done here now."""
        self._here = {job for job in self._here if not job.done()}
        return THREADS - len(self._here)

    def nudge(self, row_id: str, *, queue: str) -> None:
        if time.monotonic() >= self._tried_again_at:
            if self._published(row_id, queue):
                return
            self._tried_again_at = time.monotonic() + REST_SECONDS
        self.do_here(row_id)

    def do_here(self, row_id: str) -> None:
        self._here.add(self._pool.submit(self._do, row_id))

    def close(self) -> None:
        """Waits for what is being done here."""
        self._pool.shutdown(cancel_futures=True)
        self._forget_connection()

    def _published(self, row_id: str, queue: str) -> bool:
        try:
            self.app.send_task(
                self.name, args=[row_id], queue=queue, connection=self._connected(), retry=False, ignore_result=True
            )
        except (BrokerAway, OSError) as error:
            log.warning("broker away", error=type(error).__name__)
            self._forget_connection()
            return False
        return True

    def _connected(self) -> Connection:
        if self._connection is None:
            short = {"socket_connect_timeout": BROKER_SECONDS, "socket_timeout": BROKER_SECONDS, "max_retries": 0}
            options = {**self.app.conf.broker_transport_options, **short}
            self._connection = self.app.connection_for_write(transport_options=options)
        return self._connection

    def _forget_connection(self) -> None:
        if self._connection is not None:
            self._connection.release()
            self._connection = None

    def _do(self, row_id: str) -> None:
        close_old_connections()
        try:
            self.work_here(row_id)
        except Exception:
            log.exception("work here failed")
        finally:
            close_old_connections()
