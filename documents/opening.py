"""Reading a file: only what was released, and only with a record of who read it."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from itertools import chain

from django.db import transaction

from documents import storage
from documents.models import Document, DocumentFile
from portal.audit.recording import record_access
from registration.models import User

OWNER = "owner"


class NotReleased(Exception):
    """It is not checked yet, or was refused, or taken back. Nobody opens it."""


def open_file(
    file: DocumentFile, *, viewer: User, purpose: str = "", role: str = OWNER, original: bool = False
) -> Iterator[bytes]:
    """The bytes, a frame at a time: of a photo the pages made of it, or the `original`.

    The caller has made sure that the viewer may, and in which `role`. The viewing is recorded, with the `purpose`
    given, before the first byte is read and in the same transaction. Raises NotReleased, or storage.Missing,
    Damaged or StorageAway; then nothing was read and nothing is recorded.
    """
    with transaction.atomic():
        row = DocumentFile.objects.select_for_update(no_key=True).get(pk=file.pk)
        if not row.is_released or Document.objects.filter(pk=row.document_id).exclude(removed_at=None).exists():
            raise NotReleased
        record_access(
            actor=viewer,
            role=role,
            action="open_document",
            object_type="document",
            object_ids=[row.document_id],
            purpose=purpose,
        )
        frames = storage.read((not original and row.pdf) or row.original, base64.b64decode(row.key))
        first = next(frames)
    return chain([first], frames)


def media_type(file: DocumentFile, *, original: bool = False) -> str:
    """Of what `open_file` gives."""
    if file.kind == DocumentFile.Kind.PDF or not original:
        return "application/pdf"
    return f"image/{file.kind}"
