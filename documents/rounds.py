"""What the relay does for this app."""

from __future__ import annotations

from documents import nudging, reminders, sweep
from portal.lib.lanes import Chore, Lane, registered

SWEEP_SECONDS, WATCH_SECONDS, ERASE_SECONDS, AWAITED_SECONDS = 5, 30, 60, 600


def register() -> None:
    registered.lanes += [Lane("documents", nudging.due, nudging.nudge_due)]
    registered.chores += [
        Chore("file leases", SWEEP_SECONDS, sweep.leases),
        Chore("files that wait", WATCH_SECONDS, sweep.long_waits),
        Chore("files to erase", ERASE_SECONDS, sweep.left_to_erase),
        Chore("papers asked for", AWAITED_SECONDS, reminders.look_after),
    ]
