"""Medical clearance before somebody comes back to work (R53): where an agency may file it, and what it filed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cases.models.case import Case
from cases.models.determination import Determination, DeterminationSpan
from documents.models import Document, DocumentType
from documents.status import label_of, status_of
from portal.lib import clock
from registration.models import User

TYPE = "return-to-work"


@dataclass(frozen=True)
class Filed:
    sent_at: dt.datetime  # civil
    label: str  # how far it has come, in the active language


def is_protected(case: Case) -> bool:
    """Whether some of the leave was approved under a policy that protects the job. One query."""
    current = Determination.objects.current().filter(case=case, policy__protects_job=True)
    return DeterminationSpan.objects.filter(determination__in=current, status=Case.Status.APPROVED).exists()


def clearance_type() -> DocumentType:
    return DocumentType.objects.get(code=TYPE)


def filed_by(user: User, case: Case) -> list[Filed]:
    """What this liaison filed on the case, and nothing else of its papers: the newest first. Two queries."""
    mine = Document.objects.present().filter(case=case, added_by=user, type__code=TYPE, channel=Document.Channel.STAFF)
    return [_filed(row) for row in mine.newest_first().prefetch_related("files")]


def _filed(row: Document) -> Filed:
    return Filed(clock.civil(row.created_at), label_of(row, status_of(row, list(row.files.all()))))
