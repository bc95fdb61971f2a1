"""Who looked at what. Written in the same transaction, before the data is shown: no row, no data."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class AccessEvent(models.Model):
    """One viewing of one person's protected data. Holds no content."""

    at = models.DateTimeField(auto_now_add=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = models.CharField(max_length=20)
    action = models.CharField(max_length=30)  # e.g. "view_reasons"
    object_type = models.CharField(max_length=30)
    object_id = models.CharField(max_length=40)
    purpose = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["object_type", "object_id", "-at"], name="access_by_object")]

    def __str__(self) -> str:
        return f"{self.action} {self.object_type} {self.object_id}"
