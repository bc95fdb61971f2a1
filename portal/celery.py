"""The Celery application. Tasks carry ids; what must happen stands in the database.

Codes have a queue of their own: workers take from both in turn, so a flood of notices does not hold a code up.
"""

import os
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import setup_logging
from django.conf import settings
from kombu import Queue

from portal import logs

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.task_queues = [
    Queue(name, routing_key=name) for name in ("codes", "notices", "documents")
]  # a shared key feeds all
app.conf.beat_schedule = {"purge": {"task": "portal.purge", "schedule": crontab(hour=3, minute=30)}}
app.conf.CELERY_DB_REUSE_MAX = 500  # tasks; Celery would open a connection for each
app.autodiscover_tasks()
app.autodiscover_tasks(["portal"], related_name="housekeeping")


@setup_logging.connect
def log_as_everywhere(**_sent: Any) -> None:
    """Worker and beat log through our handler: with this receiver Celery sets up no logging of its own."""
    logs.configure(settings.LOGGING)
