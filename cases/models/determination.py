"""Which policy covers which days of a leave: proposals of the rules, and what a person decided of them.

Plain columns say dates, statuses, policies and minutes. Why is sealed in `result`; what was asked, with the reason and
the relationship, is in `confidential.CalculationInputs`.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from cases.models.case import Case
from cases.models.policy import Policy
from portal.lib.crypto import EncryptedField
from registration.roster.models import DateSpan

STATUSES = [  # Closed belongs to a case, not to a policy
    Case.Status.PENDING,
    Case.Status.INFO_NEEDED,
    Case.Status.APPROVED,
    Case.Status.DENIED,
    Case.Status.CANCELLED,
]
DECIDED = (Case.Status.APPROVED, Case.Status.DENIED)


class Calculation(models.Model):
    """One run of the rules for one leave. Kept with its inputs for good: it can be run again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="calculations")
    computed_at = models.DateTimeField()  # civil time
    engine_version = models.CharField(max_length=20)
    week_minutes = models.CharField(max_length=40)  # of the person's own week, exact: "2250", "6173/3"

    def __str__(self) -> str:
        return f"{self.case_id} {self.computed_at}"


class DeterminationQuerySet(models.QuerySet["Determination"]):
    def current(self) -> DeterminationQuerySet:
        return self.filter(superseded_at=None)


class Determination(models.Model):
    """What one policy says of one leave. A policy that does not speak to the leave has none."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    calculation = models.ForeignKey(Calculation, models.PROTECT, related_name="determinations")
    case = models.ForeignKey(Case, models.PROTECT, related_name="determinations")  # the calculation's
    policy = models.ForeignKey(Policy, models.PROTECT, related_name="+")
    policy_version = models.PositiveIntegerField()
    status = models.CharField(max_length=12, choices=[(status.value, status.label) for status in STATUSES])
    superseded_at = models.DateTimeField(null=True)  # civil time; None: current
    result = EncryptedField()  # cases.policy.determination.Determination, by cases.policy.codec

    objects = DeterminationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "policy"], condition=Q(superseded_at=None), name="one_current_determination_a_policy"
            ),
            models.CheckConstraint(
                condition=Q(status__in=[status.value for status in STATUSES]), name="determination_status_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.policy_id} {self.status}"


class DeterminationSpan(models.Model):
    """Days of one status, both ends included. The spans of a determination tile the leave."""

    id = models.BigAutoField(primary_key=True)
    determination = models.ForeignKey(Determination, models.CASCADE, related_name="spans")
    first_day = models.DateField()
    last_day = models.DateField()
    status = models.CharField(max_length=12, choices=[(status.value, status.label) for status in STATUSES])
    proposal = models.CharField(max_length=15)  # cases.policy.determination.Status
    # Where it is another by now, what a person decided of; blank: `proposal`. Of days not decided: of an approval
    # that was withdrawn, and stands again when the proposal is as good. Blank it when a person decides anew.
    proposal_when_decided = models.CharField(max_length=15, blank=True, default="", db_default="")
    minutes = models.PositiveIntegerField()  # of leave that the policy covers, or would cover, on these days

    class Meta:
        ordering: ClassVar = ["first_day"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="span_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(status__in=[status.value for status in STATUSES]), name="span_status_is_known"
            ),
            ExclusionConstraint(
                name="spans_of_a_determination_do_not_overlap",
                expressions=[
                    ("determination", RangeOperators.EQUAL),
                    (DateSpan("first_day", "last_day"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.determination_id} {self.first_day} {self.status}"
