"""Runs the relay until SIGTERM or Ctrl-C."""

from __future__ import annotations

import signal
from typing import Any

from django.core.management.base import BaseCommand

from notifications import health, nudging
from portal.lib.lanes import Chore, registered
from portal.relay import Relay


class Command(BaseCommand):
    help = "Turns what happened into notices and hands them to the workers. Run one or more."
    requires_system_checks = ()

    def handle(self, **options: Any) -> None:
        relay = Relay(registered)
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: relay.stop())
        registered.chores.append(Chore("heartbeat", health.BEAT_SECONDS, lambda: self._beat(relay)))
        self.stdout.write("The relay goes round.")
        relay.run()
        nudging.nudger().close()

    def _beat(self, relay: Relay) -> None:
        """From the chores' thread, but only while the rounds go on."""
        if relay.goes_round:
            health.beat()
