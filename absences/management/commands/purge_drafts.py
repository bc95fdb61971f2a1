"""Deletes requests that were not finished in time. Run it daily (docs/operate.md)."""

from typing import Any

from django.core.management.base import BaseCommand

from absences.models import Draft
from portal.lib import clock


class Command(BaseCommand):
    help = "Delete requests that were not finished in time."

    def handle(self, *args: Any, **options: Any) -> None:
        _rows, deleted = Draft.objects.over(clock.now()).delete()
        self.stdout.write(f"{deleted.get('absences.Draft', 0)} drafts deleted")
