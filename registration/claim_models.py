"""Who claimed which roster row, and who says it was them; and how staff made sure whom they helped."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.lib.crypto import EncryptedField
from registration.roster.models import Employee


class Claim(models.Model):
    """An account took a person's row. Until it is confirmed, or `settings.CLAIM_HOURS` pass undisputed, what was on
    record before it stays covered: somebody who knows a colleague's data may have been the one who registered.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    employee = models.ForeignKey(Employee, models.PROTECT, related_name="claims")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="claims")
    claimed_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")  # staff
    disputed_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["employee"], condition=Q(revoked_at=None), name="one_claim_a_person"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def is_sure(self, now: dt.datetime) -> bool:
        """Whether what was on record before may be shown. `now` is real time."""
        if self.revoked_at or self.disputed_at:
            return False
        return self.confirmed_at is not None or now >= self.claimed_at + dt.timedelta(hours=settings.CLAIM_HOURS)


class IdentityCheck(models.Model):
    """Two facts that a caller told and staff compared, before anything was said or changed."""

    class Fact(models.TextChoices):
        NUMBER = "number", _("Employee number")
        BIRTHDATE = "birthdate", _("Birthdate")
        ZIP = "zip", _("Home ZIP code")
        SUPERVISOR = "supervisor", _("Supervisor’s name")
        HIRED = "hired", _("Date of hire")

    class Caller(models.TextChoices):
        EMPLOYEE = "employee", _("The employee")
        OTHER = "other", _("A family member or somebody else")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    employee = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    first_fact = models.CharField(max_length=12, choices=Fact.choices)
    second_fact = models.CharField(max_length=12, choices=Fact.choices)
    passed = models.BooleanField()
    caller = models.CharField(max_length=8, choices=Caller.choices, default=Caller.EMPLOYEE)
    about_caller = EncryptedField(default=dict)  # of somebody else: {"name", "relationship", "phone"}

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(first_fact=models.F("second_fact")), name="two_facts_differ"),
        ]
        indexes: ClassVar = [models.Index(fields=["employee", "-at"], name="identity_checks")]

    def __str__(self) -> str:
        return str(self.id)
