"""The request exactly as the person sent it, for that person."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied

from cases.covers import is_covered
from cases.models.case import Case, TimeReport
from cases.models.confidential import Submission, TimeSubmission
from registration.models import User


@dataclass(frozen=True)
class Submitted:
    language: str  # in which it was asked and answered
    rows: list[tuple[str, str]]  # question as worded, answer as shown
    submitted_at: dt.datetime  # civil time


def what_was_submitted(case: Case, *, owner: User) -> Submitted:
    """One query. Raises PermissionDenied for anybody else, and for an owner from whom it is covered."""
    if not case.belongs_to(owner) or is_covered(case.opened_at, owner=owner):
        raise PermissionDenied
    sent = Submission.objects.get(case=case)
    return _submitted(sent.content, sent.submitted_at)


def what_was_added(report: TimeReport, *, owner: User) -> Submitted:
    """The same of time added to a case. One query. Reads `report.case`."""
    if not report.case.belongs_to(owner) or is_covered(report.reported_at, owner=owner):
        raise PermissionDenied
    return _submitted(TimeSubmission.objects.get(report=report).content, report.reported_at)


def _submitted(content: dict[str, Any], at: dt.datetime) -> Submitted:
    return Submitted(
        language=content["language"],
        rows=[(question, answer) for question, answer in content["rows"]],
        submitted_at=at,
    )
