"""How a check ends: the row is written by whoever still holds its lease, together with what is to be told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from django.db import transaction
from django.db.models import QuerySet

from cases.models.case import Case
from cases.services import papers
from documents import storage
from documents.models import Document, DocumentFile, DocumentRequest
from documents.storage import StorageAway
from portal.lib import clock
from portal.lib.database_time import ClockTimestamp, from_now

if TYPE_CHECKING:
    from documents.pipeline import Verdict

FIRST_WAIT, LONGEST_WAIT, DOUBLINGS = 5, 300, 10  # seconds, seconds
State = DocumentFile.State
log = structlog.get_logger("portal.documents")


def wait(file: DocumentFile) -> None:
    """It could not be checked now. Each time it waits longer, five minutes at most; never is it given up."""
    pause = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(file.attempts - 1, DOUBLINGS))
    _held(file).update(state=State.WAITING, next_at=from_now(pause), nudged_at=None, lease_token=None, lease_until=None)


def settle(file: DocumentFile, verdict: Verdict) -> None:
    """Release it, or refuse it and forget its bytes; tell its owner, once for each paper."""
    with transaction.atomic():
        papers_locked = Document.objects.select_for_update(no_key=True, of=("self",))
        paper = papers_locked.select_related("case__employee", "added_by", "request").get(pk=file.document_id)
        written = _refused(file, verdict) if verdict.refused else _released(file, verdict)
        if written:
            _tell_refused(paper, file) if verdict.refused else _tell_received(paper)
    if not written and verdict.pdf:
        forget(verdict.pdf)
    elif verdict.refused:
        erase(file)


def _held(file: DocumentFile) -> QuerySet[DocumentFile]:
    """The row, if its lease is still ours: an older check must not undo what a newer one found."""
    return DocumentFile.objects.filter(pk=file.pk, state=State.SCANNING, lease_token=file.lease_token)


def _released(file: DocumentFile, verdict: Verdict) -> int:
    return _held(file).update(
        state=State.RELEASED,
        scanned_at=ClockTimestamp(),
        final_at=ClockTimestamp(),
        pages=verdict.pages,
        pdf=verdict.pdf,
        lease_token=None,
        lease_until=None,
    )


def _refused(file: DocumentFile, verdict: Verdict) -> int:
    """Without its key nobody reads it again, whatever becomes of the bytes."""
    return _held(file).update(
        state=State.REFUSED,
        refusal=verdict.refused,
        final_at=ClockTimestamp(),
        key=None,
        lease_token=None,
        lease_until=None,
    )


def _tell_received(paper: Document) -> None:
    """With the first file of it that is clean; the request it answers is met with that."""
    if paper.received_at:
        return
    now = clock.now()
    Document.objects.filter(pk=paper.pk).update(received_at=ClockTimestamp())
    if paper.request:
        standing = DocumentRequest.objects.select_for_update(no_key=True).filter(pk=paper.request.pk)
        list(standing)  # whoever removes another paper sent for it is done, or waits until this one counts
        standing.filter(met_by=None, withdrawn_at=None).update(met_by=paper)
        papers.no_longer_awaited(request_id=paper.request.pk, now=now)
    papers.paper_received(
        case_id=paper.case_id,
        paper_id=paper.pk,
        agency_id=paper.case.employee.agency_id,
        by=paper.added_by,
        now=now,
        on=clock.local(now).date(),
    )


def _tell_refused(paper: Document, file: DocumentFile) -> None:
    """Once a paper, and only who uploaded it: what staff attached they look after themselves."""
    others = DocumentFile.objects.filter(document=paper, state=State.REFUSED).exclude(pk=file.pk)
    if paper.channel != Document.Channel.PORTAL or others.exists():
        return
    if paper.case.status == Case.Status.CANCELLED:
        return  # nothing is needed any more
    asked = DocumentRequest.objects.awaited().filter(answers=paper).first()
    due_on = asked.due_on if asked else None
    papers.paper_again(case_id=paper.case_id, by=paper.added_by, now=clock.now(), due_on=due_on)


def erase(file: DocumentFile) -> None:
    """The bytes of a file that was refused or taken back. What cannot be deleted now is tried again by `sweep`."""
    if all([forget(name) for name in (file.original, file.pdf) if name]):
        DocumentFile.objects.filter(pk=file.pk, state=State.REFUSED).update(original="", pdf="")


def forget(name: str) -> bool:
    """Whether the object is certainly gone."""
    try:
        storage.delete(name)
    except StorageAway:
        log.warning("bytes not deleted yet", error="StorageAway")
        return False
    return True
