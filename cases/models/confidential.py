"""Why: reasons, family data, the answers as given. Encrypted; never re-exported by `cases.models`.

`notifications` and `cases.facts` may not import this module, directly or by detour (import contract). No reverse
accessor leads here: `case.reasons` does not exist.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from portal.lib.crypto import EncryptedField


class ReportedReason(models.Model):
    """One reason as the person chose or typed it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    text = EncryptedField()  # str

    class Meta:
        ordering: ClassVar = ["case", "position"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "position"], name="one_reason_a_position")]

    def __str__(self) -> str:
        return f"reason {self.position} of {self.case_id}"


class LeaveFacts(models.Model):
    """What the rules need to know and a supervisor must not."""

    class Category(models.TextChoices):
        EMPLOYEE_SICK = "employee_sick", _("Employee Sick")
        FAMILY_SICK = "family_sick", _("Family Sick")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.OneToOneField(Case, models.CASCADE, related_name="+")
    facts = EncryptedField()  # {"category": a Category, "who": …, "relationship": …}

    def __str__(self) -> str:
        return f"facts of {self.case_id}"


class Submission(models.Model):
    """The request exactly as sent: questions as worded, answers, language, what the supervisor was to be told."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.OneToOneField(Case, models.CASCADE, related_name="+")
    content = EncryptedField()  # {"language", "rows": [[question, answer], …], "journey"}
    submitted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"submission of {self.case_id}"
