"""manage.py import_agencies FILE"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from registration.roster.feed import agencies
from registration.roster.feed.faults import FileFault, RowFault


class Command(BaseCommand):
    help = "Loads secretariats, agencies and their services' dates (docs/roster-file.md). Exit status 1 when refused."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            done = agencies.load(file, tell=self.tell)
        except FileFault as fault:
            raise CommandError(f"{fault} Nothing was loaded.") from fault
        self.stdout.write(
            f"{file.name}: {done.read} read, {done.added} added, {done.changed} changed, "
            f"{done.unchanged} unchanged, {done.refused} refused."
        )
        if done.refused:
            raise CommandError("Not every line was loaded: see the lines above, correct them and load again.")

    def tell(self, fault: RowFault) -> None:
        self.stderr.write(str(fault))
