"""Counters of every limiter, exact in the database: no process, restart or cache loses a miss."""

from typing import ClassVar

from django.db import models


class Counter(models.Model):
    """How often one key was hit in the window that began at `window_start`. Keys are keyed hashes, never values."""

    scope = models.CharField(max_length=40)
    key = models.CharField(max_length=64)
    window_start = models.DateTimeField()
    hits = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["scope", "key"], name="one_counter_a_key")]

    def __str__(self) -> str:
        return f"{self.scope} {self.hits}"
