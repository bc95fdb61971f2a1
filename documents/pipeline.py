"""One check of one file: lease, scan, open, release or refuse. Every step may be the last one of this process.

The lease is a row's; bytes that were made for a check that died are found by `reconciling`. What the row says is
written once at the end, by whoever still holds the lease: a file is released by the check that scanned it or not at
all.
"""

from __future__ import annotations

import base64
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

import structlog
from django.db.models import F

from documents import converting, endings, scanner, storage
from documents.converting import Killed
from documents.models import DocumentFile
from documents.scanner import ScannerAway
from documents.storage import Damaged, Missing, StorageAway, Writer
from portal.lib.database_time import ClockTimestamp, from_now

LEASE_SECONDS = 150  # longer than a scan, a child and two transfers may take together
State, Refusal, Kind = DocumentFile.State, DocumentFile.Refusal, DocumentFile.Kind
log = structlog.get_logger("portal.documents")


@dataclass(frozen=True)
class Verdict:
    """`refused` is "" for a file that may be opened; `pdf` the name of the pages made of a photo, "" for a PDF."""

    refused: str = ""
    pages: int = 0
    pdf: str = ""


def check(file_id: UUID) -> None:
    """Check the file once, if it waits. Called twice or at once by two, it is checked once."""
    token = uuid.uuid4()
    if not _lease(file_id, token):
        return
    file = DocumentFile.objects.filter(pk=file_id, lease_token=token, state=State.SCANNING).first()
    if file is None:
        return  # we slept here until the lease was somebody else's
    try:
        verdict = _examined(file)
    except (ScannerAway, StorageAway, Killed, Missing, Damaged) as error:
        log.warning("file waits", file_id=str(file.pk), error=type(error).__name__)
        endings.wait(file)
    except Exception:
        log.exception("check broke", file_id=str(file.pk))
        endings.wait(file)
    else:
        endings.settle(file, verdict)


def _lease(file_id: UUID, token: UUID) -> bool:
    """In a transaction of its own: from here until the lease ends nobody else checks it."""
    waiting = DocumentFile.objects.filter(pk=file_id, state__in=(State.RECEIVED, State.WAITING))
    return bool(
        waiting.filter(next_at__lte=ClockTimestamp()).update(
            state=State.SCANNING,
            attempts=F("attempts") + 1,
            lease_token=token,
            lease_until=from_now(LEASE_SECONDS),
        )
    )


def _examined(file: DocumentFile) -> Verdict:
    """Scanned first: what is known to be bad is not opened."""
    key = base64.b64decode(file.key)
    if scanner.scan(storage.read(file.original, key)):
        return Verdict(refused=Refusal.VIRUS)
    with _pages(key) as pages:
        found = converting.examine(file.kind, storage.read(file.original, key), keep=pages.take)
        if found.refused:
            return Verdict(refused=found.refused)
        return Verdict(pages=found.pages, pdf=pages.kept())


class _Pages:
    """The PDF made of a photo, sealed as it comes. Nothing is begun for a file that yields none."""

    def __init__(self, key: bytes) -> None:
        self.key, self.name = key, ""
        self._writer: Writer | None = None

    def take(self, piece: bytes) -> None:
        if self._writer is None:
            self.name = storage.new_name()
            self._writer = Writer(self.name, self.key)
        self._writer.write(piece)

    def kept(self) -> str:
        if self._writer:
            self._writer.close()
            self._writer = None
        return self.name

    def drop(self) -> None:
        if self._writer:
            self._writer.abandon()


@contextmanager
def _pages(key: bytes) -> Iterator[_Pages]:
    pages = _Pages(key)
    try:
        yield pages
    finally:
        pages.drop()
