"""How often and how long a leave taken now and then was certified. Plain numbers: why is nowhere here."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from cases.models.case import Case
from cases.policy.frequency import Frequency
from registration.roster.models import DateSpan


class Certification(models.Model):
    """Up to `episodes` in any `period_days`, each of up to `episode_minutes`. One at most is in force on a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="certifications")
    valid_from = models.DateField()
    valid_to = models.DateField()
    episodes = models.PositiveSmallIntegerField()
    period_days = models.PositiveSmallIntegerField()
    episode_minutes = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["valid_from"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="certification_ends_after_start"),
            models.CheckConstraint(
                condition=Q(episodes__gte=1, period_days__gte=1, episode_minutes__gte=1),
                name="certification_gives_something",
            ),
            ExclusionConstraint(
                name="one_certification_of_a_case_a_day",
                expressions=[
                    ("case", RangeOperators.EQUAL),
                    (DateSpan("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.valid_from}"

    def terms(self) -> Frequency:
        """As the rules read it."""
        return Frequency(self.valid_from, self.valid_to, self.episodes, self.period_days, self.episode_minutes)
