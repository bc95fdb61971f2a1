"""What Celery runs. Tasks carry ids and decide nothing."""

from __future__ import annotations

from uuid import UUID

from celery import shared_task
from django.db import close_old_connections

from notifications import deliver as delivery


@shared_task(name="notifications.deliver", ignore_result=True)
def deliver(notice_id: str) -> None:
    close_old_connections()  # one that broke since the last task is replaced
    delivery.deliver(UUID(notice_id))
