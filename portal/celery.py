"""The Celery application. Tasks carry ids; what must happen stands in the database.

Codes have a queue of their own: workers take from both in turn, so a flood of notices does not hold a code up.
"""

import os

from celery import Celery
from celery.schedules import crontab
from kombu import Queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.task_queues = [Queue(name, routing_key=name) for name in ("codes", "notices")]  # a shared key feeds both
app.conf.beat_schedule = {"purge": {"task": "portal.purge", "schedule": crontab(hour=3, minute=30)}}
app.conf.CELERY_DB_REUSE_MAX = 500  # tasks; Celery would open a connection for each
app.autodiscover_tasks()
app.autodiscover_tasks(["portal"], related_name="housekeeping")
