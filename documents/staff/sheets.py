"""The papers of a case as staff see them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from cases.models.case import Case
from documents.models import Document, DocumentRequest
from documents.reviewing import may_review
from documents.staff.scope import StaffRequest, acting_role
from documents.status import PaperFile, Status, file_of, label_of, status_of
from portal.audit.recording import record_access
from portal.lib import clock


@dataclass(frozen=True)
class Sheet:
    id: UUID
    type: str
    way: str  # how it came
    sent_at: dt.datetime  # civil
    status: Status
    label: str
    files: list[PaperFile]
    waits_for_review: bool
    reviewed_by: str  # "" as long as nobody has
    reviewed_at: dt.datetime | None  # civil


def sheets_of(request: StaffRequest, case: Case) -> list[Sheet]:
    """The newest first, without those that were removed; that they were looked at is recorded. Four queries."""
    role = acting_role(request, case)
    with transaction.atomic():
        record_access(actor=request.user, role=role, action="view_documents", object_type="case", object_ids=[case.pk])
        rows = Document.objects.present().filter(case=case).newest_first()
        return [_sheet(row) for row in rows.select_related("type", "reviewed_by__employee").prefetch_related("files")]


def asked_of(case: Case) -> list[DocumentRequest]:
    """What has not come yet, the most urgent first."""
    rows = DocumentRequest.objects.awaited().filter(case=case)
    return list(rows.select_related("type").order_by("due_on", "id"))


def _sheet(row: Document) -> Sheet:
    files = list(row.files.all())
    status = status_of(row, files)
    return Sheet(
        id=row.pk,
        type=row.type.name,
        way=row.get_channel_display(),
        sent_at=clock.civil(row.created_at),
        status=status,
        label=label_of(row, status),
        files=[file_of(one) for one in files],
        waits_for_review=may_review(row, files),
        reviewed_by=row.reviewed_by.name if row.reviewed_by else "",
        reviewed_at=clock.civil(row.reviewed_at) if row.reviewed_at else None,
    )
