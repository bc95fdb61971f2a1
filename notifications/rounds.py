"""What the relay does for this app, codes first."""

from __future__ import annotations

from cases import facts
from notifications import dispatch, nudging, sweep
from portal.lib.lanes import Chore, Lane, registered
from registration.models import AccountEvent

SWEEP_SECONDS = 5


def register() -> None:
    registered.lanes += [
        Lane("account events", lambda: AccountEvent.objects.filter(dispatched_at=None), dispatch.tell_accounts),
        Lane("codes", nudging.codes_due, nudging.nudge_codes),
        Lane("case events", facts.waiting_events, dispatch.tell_cases),
        Lane("notices", nudging.notices_due, nudging.nudge_notices),
    ]
    registered.chores += [
        Chore("leases", SWEEP_SECONDS, sweep.leases),
        Chore("unknown", SWEEP_SECONDS, sweep.unknown),
        Chore("silent", SWEEP_SECONDS, sweep.silent),
        Chore("hopeless", SWEEP_SECONDS, sweep.hopeless),
    ]
