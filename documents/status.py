"""How far each paper of a case has come, for the person whose case it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from documents import wording
from documents.models import Document, DocumentFile, DocumentRequest, DocumentType
from documents.receiving import FILES_A_PAPER
from portal.lib import clock
from registration.claims import covered_before
from registration.models import User


class Status(StrEnum):
    CHECKING = "checking"
    REFUSED = "refused"
    RECEIVED = "received"
    REVIEWED = "reviewed"
    AGAIN = "again"


LABELS = {
    Status.CHECKING: _("Checking"),
    Status.REFUSED: _("Not accepted"),
    Status.RECEIVED: _("Received"),
    Status.REVIEWED: _("Reviewed"),
    Status.AGAIN: _("Send a new copy"),
}


@dataclass(frozen=True)
class PaperFile:
    id: UUID
    name: str
    is_open: bool  # it was found clean and can be opened
    state: str  # in the active language
    problem: str  # why it was not accepted, and what to do; "" otherwise


@dataclass(frozen=True)
class Paper:
    id: UUID
    case_number: str
    type: str
    sent_at: dt.datetime  # civil
    way: str  # how it came, "" when its owner uploaded it
    status: Status
    label: str
    again_by: dt.date | None
    files: list[PaperFile]
    may_change: bool  # its owner may still add files, or remove it

    @property
    def has_room(self) -> bool:
        return self.may_change and len(self.files) < FILES_A_PAPER


@dataclass(frozen=True)
class Awaited:
    """A paper that staff asked for and that has not come."""

    id: UUID
    case_number: str
    type_id: int
    type: str
    due_on: dt.date
    is_late: bool


def papers_of(cases: Iterable[Case], *, owner: User) -> list[Paper]:
    """The papers of these cases, the newest first. Two queries. Raises PermissionDenied for anybody but their owner."""
    known = _own(cases, owner)
    rows = Document.objects.visible_to(owner).filter(case__in=known).newest_first().select_related("type")
    files = DocumentFile.objects.order_by("position")
    return [
        _paper(row, number=known[row.case_id], owner=owner) for row in rows.prefetch_related(Prefetch("files", files))
    ]


def paper_of(document: Document, *, owner: User) -> Paper:
    """One paper with its files. One query more than the row."""
    return _paper(document, number=document.case.number, owner=owner)


def awaited_of(cases: Iterable[Case], *, owner: User, today: dt.date) -> list[Awaited]:
    """What is still asked for, the most urgent first. One query. Raises as `papers_of`."""
    known = _own(cases, owner)
    rows = DocumentRequest.objects.awaited().filter(case__in=known)
    if before := covered_before(owner, now=timezone.now()):
        rows = rows.filter(asked_at__gte=before)
    return [
        Awaited(row.pk, known[row.case_id], row.type_id, row.type.name, row.due_on, row.due_on < today)
        for row in rows.select_related("type").order_by("due_on", "id")
    ]


def open_request(case: Case, kind: DocumentType) -> DocumentRequest | None:
    """What a paper of this type answers, if it was asked for."""
    return (
        DocumentRequest.objects.filter(case=case, type=kind, met_by=None, withdrawn_at=None).order_by("due_on").first()
    )


def _own(cases: Iterable[Case], owner: User) -> dict[UUID, str]:
    """Their numbers by id."""
    known = {case.pk: case for case in cases}
    if not all(case.belongs_to(owner) for case in known.values()):
        raise PermissionDenied
    return {pk: case.number for pk, case in known.items()}


def _paper(row: Document, *, number: str, owner: User) -> Paper:
    files = list(row.files.all())
    status = status_of(row, files)
    return Paper(
        id=row.pk,
        case_number=number,
        type=row.type.name,
        sent_at=clock.civil(row.created_at),
        way="" if row.channel == Document.Channel.PORTAL else row.get_channel_display(),
        status=status,
        label=label_of(row, status),
        again_by=row.again_by,
        files=[file_of(one) for one in files],
        may_change=may_change(row, owner),
    )


def status_of(row: Document, files: list[DocumentFile]) -> Status:
    if row.review == Document.Review.AGAIN:
        return Status.AGAIN
    if row.review == Document.Review.ACCEPTED:
        return Status.REVIEWED
    if any(one.is_checking for one in files):
        return Status.CHECKING
    return Status.RECEIVED if any(one.is_released for one in files) else Status.REFUSED


def label_of(row: Document, status: Status) -> str:
    """The status in the active language, with what is wrong with a paper that could not be used."""
    return wording.again(Document.Why(row.why)) if status is Status.AGAIN else str(LABELS[status])


def may_change(row: Document, owner: User) -> bool:
    """Until somebody has looked at it, who uploaded a paper may add to it or take it back."""
    return (
        row.review == Document.Review.NONE
        and row.channel == Document.Channel.PORTAL
        and row.added_by_id == owner.pk
        and row.removed_at is None
    )


def file_of(row: DocumentFile) -> PaperFile:
    """A file as the pages list it."""
    refused = row.state == DocumentFile.State.REFUSED
    return PaperFile(
        id=row.pk,
        name=row.name,
        is_open=row.is_released,
        state=row.get_state_display(),
        problem=wording.refusal(DocumentFile.Refusal(row.refusal), megabytes=settings.UPLOAD_MAX_MB) if refused else "",
    )
