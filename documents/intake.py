"""Taking a file in: from the socket straight into encrypted storage. No plain byte of it touches a disk.

A page that takes a file is `csrf_exempt` and looks up what it is about; then `taking` wraps a call of a view that is
`csrf_protect`. So strangers, and forms of other sites, are turned away before a byte of the file is read, and what came
with a stale token is deleted:

    if intake.is_too_large(request):
        intake.drain(request)        # and answer 413 with the page
    with intake.taking(request):
        return add(request, case)       # csrf_protect; request.FILES["file"] is a SealedFile for `receiving.receive`
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from documents import sniffing, storage
from documents.models import DocumentFile
from documents.storage import StorageAway, Writer

Refusal = DocumentFile.Refusal
FORM_BYTES = 256 * 1024  # what a form may weigh besides its file
DRAIN_BYTES, DRAIN_SECONDS, DRAIN_PIECE = 200 * 1024 * 1024, 60.0, 256 * 1024
log = structlog.get_logger("portal.documents")


def limit_bytes() -> int:
    return int(settings.UPLOAD_MAX_MB) * 1024 * 1024


def is_too_large(request: HttpRequest) -> bool:
    """By what the browser says it will send, before any of it is read. Then answer after `drain`."""
    return _announced(request) > limit_bytes() + FORM_BYTES


def drain(request: HttpRequest) -> None:
    """Reads on and keeps nothing, within bounds, so that the browser gets to read the answer.

    A server that answers and hangs up in the middle of an upload shows people a broken connection, no page.
    """
    left = min(_announced(request), DRAIN_BYTES)
    until = time.monotonic() + DRAIN_SECONDS
    while left > 0 and time.monotonic() < until:
        try:
            piece = request.read(min(DRAIN_PIECE, left))
        except OSError:  # UnreadablePostError is one: the browser went away
            return
        if not piece:
            return
        left -= len(piece)


@contextmanager
def taking(request: HttpRequest) -> Iterator[None]:
    """Within it, the first file of the request is taken. Enter it before anything reads `request.POST`.

    What was not received by the end of it, because the form was wrong or the browser went away, is deleted.
    """
    handler = SealingHandler(request)
    request.upload_handlers = [handler]
    try:
        yield
    finally:
        handler.clear()


def _announced(request: HttpRequest) -> int:
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isascii() and text.isdecimal() else 0


class SealedFile(UploadedFile):  # type: ignore[type-arg]  # generic in the stubs only
    """A file that lies encrypted in storage and belongs to no paper yet.

    `why` is set, and nothing is stored, when the file is not taken.
    """

    def __init__(self, name: str, *, size: int, why: DocumentFile.Refusal | None = None) -> None:
        super().__init__(name=name, size=size)
        self.why = why
        self.place, self.key = "", b""
        self.kind: DocumentFile.Kind | None = None
        self.sha256 = ""
        self._kept = False

    def keep(self) -> None:
        """A row has it now."""
        self._kept = True

    def close(self) -> None:
        """Deletes it, unless it is kept. Django calls it too, at the end of the request."""
        if not self.place or self._kept:
            return
        place, self.place = self.place, ""
        try:
            storage.delete(place)
        except StorageAway:
            log.warning("left for the night", error="StorageAway")


class Intake:
    """Takes one file piece by piece: counts, hashes, looks at its beginning, and seals it into storage."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.why: DocumentFile.Refusal | None = None
        self.kind: DocumentFile.Kind | None = None
        self._size, self._head = 0, b""
        self._hash = hashlib.sha256()
        self._place, self._key = storage.new_name(), storage.new_key()
        self._writer: Writer | None = None

    def take(self, piece: bytes) -> None:
        """After the first reason to refuse the file, the rest of it is let go by."""
        if self.why:
            return
        self._size += len(piece)
        if self._size > limit_bytes():
            self.refuse(Refusal.SIZE)
        elif self.kind is None:
            self._begin(piece)
        else:
            self._write(piece)

    def finish(self) -> SealedFile:
        if not self.why and self.kind is None:
            self._know(self._head)
        if not self.why and self._writer:
            try:
                self._writer.close()
            except StorageAway:
                self.refuse(Refusal.FAILED)
        return self._sealed()

    def refuse(self, why: DocumentFile.Refusal) -> None:
        self.why = why
        self.abandon()

    def abandon(self) -> None:
        """Nothing of it stays."""
        if self._writer:
            self._writer.abandon()
            self._writer = None

    def _begin(self, piece: bytes) -> None:
        self._head += piece
        if len(self._head) >= sniffing.HEAD_BYTES:
            self._know(self._head)

    def _know(self, head: bytes) -> None:
        kind = sniffing.kind_of(head)
        if not head:
            self.refuse(Refusal.ZERO)
        elif kind is None or not sniffing.name_agrees(self.name, kind):
            self.refuse(Refusal.TYPE)
        else:
            self.kind = kind
            self._write(head)

    def _write(self, piece: bytes) -> None:
        self._hash.update(piece)
        try:
            self._writer = self._writer or Writer(self._place, self._key)
            self._writer.write(piece)
        except StorageAway:
            log.error("storage away", error="StorageAway")
            self.refuse(Refusal.FAILED)

    def _sealed(self) -> SealedFile:
        sealed = SealedFile(self.name, size=self._size, why=self.why)
        if not self.why:
            sealed.place, sealed.key, sealed.kind = self._place, self._key, self.kind
            sealed.sha256 = self._hash.hexdigest()
        return sealed


class SealingHandler(FileUploadHandler):
    """Django's hook into a form that is being read: the first file goes to an `Intake`, any other is passed over."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._intake: Intake | None = None
        self._sealed: SealedFile | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        if self._sealed:
            raise SkipFile
        super().new_file(*args, **kwargs)
        self._intake = Intake(self.file_name or "")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self._intake:
            self._intake.take(raw_data)

    def file_complete(self, file_size: int) -> SealedFile | None:
        if self._intake:
            self._sealed, self._intake = self._intake.finish(), None
        return self._sealed

    def clear(self) -> None:
        """Nothing stays that no row has."""
        if self._intake:
            self._intake.abandon()
        if self._sealed:
            self._sealed.close()


def seal(pieces: Iterable[bytes], *, name: str) -> SealedFile:
    """Takes a file that is not part of a form. The caller closes it."""
    intake = Intake(name)
    try:
        for piece in pieces:
            intake.take(piece)
    except BaseException:
        intake.abandon()
        raise
    return intake.finish()
