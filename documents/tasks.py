"""What Celery runs. Tasks carry ids and decide nothing."""

from __future__ import annotations

from uuid import UUID

from celery import shared_task
from django.db import close_old_connections

from documents import pipeline


@shared_task(name="documents.check", ignore_result=True)
def check(file_id: str) -> None:
    close_old_connections()  # one that broke since the last task is replaced
    pipeline.check(UUID(file_id))
