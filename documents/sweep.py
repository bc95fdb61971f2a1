"""What happens to files whose checker died, that nobody can check, or whose bytes could not be deleted at once."""

from __future__ import annotations

from cases.services import tasks
from documents.endings import erase
from documents.models import DocumentFile
from portal.lib import clock
from portal.lib.database_time import ClockTimestamp, from_now

LONG_SECONDS = 15 * 60  # nobody waits longer for a check without somebody looking after it
BATCH = 20
State = DocumentFile.State


def leases() -> int:
    """Checkers that did not come back. Nothing they found counts: the file is checked anew."""
    over = DocumentFile.objects.filter(state=State.SCANNING, lease_until__lt=ClockTimestamp())
    return over.update(
        state=State.RECEIVED, next_at=ClockTimestamp(), nudged_at=None, lease_token=None, lease_until=None
    )


def long_waits() -> None:
    """One task a day tells staff that papers are not being checked. They are released by themselves when they are, and
    the task is over.
    """
    now = clock.now()
    waiting = DocumentFile.objects.filter(state__in=DocumentFile.CHECKING, received_at__lt=from_now(-LONG_SECONDS))
    if not waiting.exists():
        tasks.close_all(tasks.Kind.SCANNER_AWAY, now=now)
        return
    key = f"scanner away {clock.local(now).date()}"
    tasks.open_task(key=key, kind=tasks.Kind.SCANNER_AWAY, waits_on=tasks.WaitsOn.STAFF, now=now)
    tasks.open_again(key)


def left_to_erase() -> None:
    """Refused or taken back, and still there."""
    for file in DocumentFile.objects.filter(state=State.REFUSED).exclude(original="", pdf="")[:BATCH]:
        erase(file)
