"""Requests that are not sent yet, and the questions that employers add to them."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from portal.lib.crypto import EncryptedField
from registration.models import Agency, Employee


class Journey(models.TextChoices):
    DAY_TO_DAY = "day_to_day", _("Day-to-day absence")
    LEAVE = "leave", _("Protected leave")
    ABSENCE_TIME = "absence_time", _("Time on an open case")


class DraftQuerySet(models.QuerySet["Draft"]):
    def of(self, employee: Employee) -> DraftQuerySet:
        """The person's own drafts: never another's, and none that staff still hold for a caller."""
        return self.filter(employee=employee, channel=Case.Channel.ONLINE)

    def unsent(self) -> DraftQuerySet:
        return self.filter(submitted_case=None)

    def over(self, now: dt.datetime) -> DraftQuerySet:
        """Not finished in time. `now` is civil time."""
        return self.unsent().filter(expires_at__lte=now)


class Draft(models.Model):
    """Answers as posted, saved at every step. Submitting empties it and names the case it became."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    employee = models.ForeignKey(Employee, models.CASCADE, related_name="drafts")
    journey = models.CharField(max_length=20, choices=Journey.choices)
    channel = models.CharField(max_length=8, choices=Case.Channel.choices, default=Case.Channel.ONLINE)
    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="+")  # only time on an open case
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    version = models.PositiveIntegerField(default=0)  # a form made from an older version is stale
    answers = EncryptedField(default=dict)  # {step slug: {field name: [posted values]}}
    unchecked = EncryptedField(default=dict)  # the same, saved without being checked
    created_at = models.DateTimeField()  # civil time, as the next two
    updated_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    submitted_case = models.OneToOneField(Case, models.CASCADE, null=True, related_name="+")

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["employee", "journey", "channel", "case"],
                condition=Q(submitted_case=None),
                nulls_distinct=False,
                name="one_open_draft_of_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.journey} {self.id}"

    def is_over(self, now: dt.datetime) -> bool:
        """Whether it was not finished in time. `now` is civil time."""
        return self.submitted_case_id is None and self.expires_at <= now


class ProceduralQuestionQuerySet(models.QuerySet["ProceduralQuestion"]):
    def asked(self, *, journey: str, agency_id: int, on: dt.date) -> ProceduralQuestionQuerySet:
        """What an agency's people are asked in a journey on a day."""
        return self.filter(
            Q(agency=None) | Q(agency=agency_id),
            Q(ends_on=None) | Q(ends_on__gte=on),
            journey=journey,
            starts_on__lte=on,
        )


class ProceduralQuestion(models.Model):
    """A question an employer adds to a journey (R112). Pay, work-related and overtime are typed steps it turns on."""

    class Kind(models.TextChoices):
        OVERTIME = "overtime", _("Overtime shift")
        PAY = "pay", _("How you will be paid")
        WORK_RELATED = "work_related", _("Work-related")

    agency = models.ForeignKey(Agency, models.CASCADE, null=True, blank=True, related_name="+")  # None: all
    journey = models.CharField(max_length=20, choices=Journey.choices)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = ProceduralQuestionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.journey} {self.kind}"
