"""python manage.py reconcile_documents: what `beat` does every night (docs/operate.md)."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from documents.reconciling import reconcile


class Command(BaseCommand):
    help = "Compare the rows of documents with what is stored; delete what belongs to nobody, report what is lost."

    def handle(self, *args: Any, **options: Any) -> None:
        found = reconcile(now=timezone.now())
        self.stdout.write(f"{found.lost} files without their bytes, {found.deleted} objects without a file deleted")
