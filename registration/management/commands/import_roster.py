"""manage.py import_roster FILE"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.lib import clock
from registration.roster.feed import roster
from registration.roster.feed.faults import FileFault, RowFault


class Command(BaseCommand):
    help = "Loads the employer's roster file (docs/roster-file.md). Exit status 1 when a line was refused."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            done = roster.load(file, today=clock.today(), tell=self.tell)
        except FileFault as fault:
            raise CommandError(f"{fault} Nothing was loaded.") from fault
        for line, number, other in done.pairs:
            self.stdout.write(f"Line {line}: {number} and {other} are each other's supervisor. Loaded as given.")
        self.stdout.write(
            f"{file.name}: {done.read} read, {done.added} added, {done.changed} changed, "
            f"{done.unchanged} unchanged, {done.refused} refused, {done.unlinked} with an unknown supervisor."
        )
        if done.refused or done.unlinked:
            raise CommandError("Not every line was loaded whole: see the lines above, correct them and load again.")

    def tell(self, fault: RowFault) -> None:
        self.stderr.write(str(fault))
