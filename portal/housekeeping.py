"""What is thrown away every night: one list, so that nothing is kept for want of somebody who deletes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import structlog
from celery import shared_task
from django.core.management import call_command
from django.db import close_old_connections
from django.utils import timezone

from absences import drafts
from documents import reconciling
from notifications import sweep
from portal.lib import clock
from portal.limits import counters
from registration import browsers, enrolment, verification

log = structlog.get_logger("portal.housekeeping")

PURGES: tuple[tuple[str, Callable[[], Any]], ...] = (
    ("drafts not finished in time", lambda: drafts.purge(now=clock.now())),
    ("words and addresses of old messages", sweep.purge),
    ("codes", verification.purge),
    ("registrations not finished", enrolment.purge),
    ("remembered browsers", browsers.purge),
    ("counters", counters.purge),
    ("documents that belong to nobody", lambda: reconciling.reconcile(now=timezone.now()).deleted),
    ("sessions", lambda: call_command("clearsessions")),
)


@shared_task(name="portal.purge", ignore_result=True)
def purge() -> None:
    close_old_connections()  # one that broke since the last task is replaced
    purge_all()


def purge_all() -> None:
    """Each by itself: one that fails is logged and does not keep the others."""
    for _what, throw_away in PURGES:
        try:
            log.info("purged", count=throw_away())
        except Exception:
            log.exception("purge failed")
