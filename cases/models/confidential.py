"""Why: reasons, family data, the answers as given. Encrypted; never re-exported by `cases.models`.

`notifications` and `cases.facts` may not import this module, directly or by detour (import contract). No reverse
accessor leads here: `case.reasons` does not exist.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.case import Absence, Case, TimeReport
from cases.models.determination import Calculation
from portal.lib.crypto import EncryptedField
from registration.models import Employee


class ReportedReason(models.Model):
    """One reason as the person chose or typed it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    text = EncryptedField()  # str

    class Meta:
        ordering: ClassVar = ["case", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "position"], name="one_reason_a_position"),
            models.CheckConstraint(condition=Q(position__gte=1, position__lte=5), name="one_to_five_reasons"),
        ]

    def __str__(self) -> str:
        return f"reason {self.position} of {self.case_id}"


class LeaveFacts(models.Model):
    """What the rules need to know and a supervisor must not."""

    class Category(models.TextChoices):
        EMPLOYEE_SICK = "employee_sick", _("Employee Sick")
        FAMILY_SICK = "family_sick", _("Family Sick")
        OWN_HEALTH = "own_health", _("Employee Health Condition")
        FAMILY_HEALTH = "family_health", _("Family Member Health Condition")
        PREGNANCY = "pregnancy", _("Pregnancy")
        BONDING = "bonding", _("Bonding with a child")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.OneToOneField(Case, models.CASCADE, related_name="+")
    # Day-to-day: {"category": a Category, "who", "relationship"}. Leave: {"category", "relationship",
    # "relationship_words", "first_name", "last_name", "adult_child", "born", "child_date", "joining", "pay",
    # "work_related", "more": [[question, answer], …]}, None or "" where nothing was asked.
    facts = EncryptedField()
    condition = EncryptedField(null=True)  # str by which another leave for the same condition is known; None: none is

    def __str__(self) -> str:
        return f"facts of {self.case_id}"


class AbsenceNote(models.Model):
    """What the person said about one day of a leave. No row where there was nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    absence = models.OneToOneField(Absence, models.CASCADE, related_name="+")
    content = EncryptedField()  # {"visit": bool or None, "note": str}

    def __str__(self) -> str:
        return f"note on {self.absence_id}"


class Submission(models.Model):
    """The request exactly as sent: questions as worded, answers, language, what the supervisor was to be told."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.OneToOneField(Case, models.CASCADE, related_name="+")
    content = EncryptedField()  # {"language", "rows": [[question, answer], …], "journey"}
    submitted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"submission of {self.case_id}"


class TimeSubmission(models.Model):
    """Time added to a leave exactly as sent, in the shape of Submission.content."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.OneToOneField(TimeReport, models.CASCADE, related_name="+")
    content = EncryptedField()

    def __str__(self) -> str:
        return f"submission of {self.report_id}"


class CalculationInputs(models.Model):
    """All that the rules were told, the policies in the text of that day included."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    calculation = models.OneToOneField(Calculation, models.CASCADE, related_name="+")
    content = EncryptedField()  # cases.services.inputs.Inputs, by cases.policy.codec

    def __str__(self) -> str:
        return f"inputs of {self.calculation_id}"


class PriorUse(models.Model):
    """Leave taken before there was this portal, or outside it. A correction is a row of negative minutes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    employee = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    policy_code = models.CharField(_("policy"), max_length=20)
    date = models.DateField(_("date"))
    minutes = models.IntegerField(_("minutes used"))
    week_minutes = models.PositiveIntegerField(
        _("minutes of the person’s week"), help_text=_("Scheduled minutes of the workweek that holds the date.")
    )
    # {"person": "self" or "partner", "reason", "relationship", "condition_id", "event_id", "servicemember_id"}, each
    # as cases.policy.types.LedgerEntry has it; what is not known is left out
    about = EncryptedField(default=dict)

    class Meta:
        ordering: ClassVar = ["employee", "date"]
        verbose_name = _("earlier use of leave")
        verbose_name_plural = _("earlier uses of leave")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(week_minutes__gte=1), name="prior_use_has_a_week"),
        ]
        indexes: ClassVar = [models.Index(fields=["employee", "date"], name="prior_use_of_a_person")]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.policy_code} {self.date}"
