"""The request exactly as the person sent it, for that person."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied

from cases.models.case import Case
from cases.models.confidential import Submission
from registration.models import User


@dataclass(frozen=True)
class Submitted:
    language: str  # in which it was asked and answered
    rows: list[tuple[str, str]]  # question as worded, answer as shown
    submitted_at: dt.datetime  # civil time


def what_was_submitted(case: Case, *, owner: User) -> Submitted:
    """One query. Raises PermissionDenied for anybody else."""
    if not case.belongs_to(owner):
        raise PermissionDenied
    sent = Submission.objects.get(case=case)
    return Submitted(
        language=sent.content["language"],
        rows=[(question, answer) for question, answer in sent.content["rows"]],
        submitted_at=sent.submitted_at,
    )
