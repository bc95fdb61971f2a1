"""manage.py load_demo: the database as the demo needs it. A few seconds the first time, one later."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from portal.demo import people, place, roster
from portal.lib import clock
from registration.models import Employee


class Command(BaseCommand):
    help = "Migrates, and loads the invented people through the employer's own door when they are not loaded yet."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        today, folder = clock.today(), place.data() / "roster"
        wanted = {"version": roster.VERSION, "size": place.size(), "today": today.isoformat()}
        loaded = _loaded(folder / "loaded.json")
        if loaded != wanted or not Employee.objects.exists():
            self.stdout.write(_what_is_loaded(loaded, today))
            agencies_file, roster_file = roster.write(folder, today, place.size())
            call_command("import_agencies", agencies_file, stdout=self.stdout)
            call_command("import_roster", roster_file, stdout=self.stdout)
        people.create()
        (folder / "loaded.json").write_text(json.dumps(wanted))


def _loaded(note: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(note.read_text()) if note.exists() else {}
    return found


def _what_is_loaded(loaded: dict[str, Any], today: dt.date) -> str:
    if not loaded:
        return f"Loading invented people as of {today} …"
    return f"Bringing the invented people from {loaded['today']} to {today}; accounts and cases stay …"
