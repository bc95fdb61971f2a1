"""A file that was taken in becomes part of a paper: a row that says it waits to be checked."""

from __future__ import annotations

import base64

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from cases.models.case import Case
from documents import sniffing
from documents.intake import SealedFile
from documents.models import Document, DocumentFile, DocumentRequest, DocumentType
from portal.lib.database_time import from_now
from registration.models import User

Refusal = DocumentFile.Refusal
FILES_A_PAPER = 20  # pages photographed one by one
DAY_SECONDS = 24 * 3600
TWICE_SECONDS = 10 * 60  # the same bytes within it are the same sending: a second tap, or Back and again


class Refused(Exception):
    """The file is not taken. `why` says so in a word, `documents.wording.refusal` in a sentence."""

    def __init__(self, why: DocumentFile.Refusal) -> None:
        super().__init__(why)
        self.why = why


class Closed(Exception):
    """The paper was looked at or removed: it takes no more files."""


class Cancelled(Exception):
    """The case was cancelled: it takes no more papers. One that was denied or closed does, for an appeal."""


class TooMany(Exception):
    """This case, or this paper, has had as many files as one day, or one paper, may bring."""


def receive(
    *,
    case: Case,
    type: DocumentType,  # what it is called everywhere else
    upload: SealedFile,
    by: User,
    channel: Document.Channel = Document.Channel.PORTAL,
    request: DocumentRequest | None = None,
    into: Document | None = None,
) -> DocumentFile:
    """A new paper of the case, or one more file of the paper `into`. It is checked from the moment this commits.

    What was sent twice is one file: the second time gets the first one's, and keeps nothing. Raises Refused, TooMany or
    Cancelled, and Closed when nothing can be added to `into` any more; then nothing is kept.
    """
    if upload.why or upload.kind is None:
        raise Refused(upload.why or Refusal.TYPE)
    with transaction.atomic():
        locked = Case.objects.select_for_update(no_key=True).get(pk=case.pk)  # counts hold while we count
        if locked.status == Case.Status.CANCELLED:
            raise Cancelled
        if sent := _sent_just_now(case, type, upload, by, channel, into):
            return sent
        document = _room_in(into) if into else _new_document(case, type, by, channel, request)
        file = _new_file(document, upload)
    upload.keep()
    return file


def _sent_just_now(
    case: Case, type: DocumentType, upload: SealedFile, by: User, channel: Document.Channel, into: Document | None
) -> DocumentFile | None:
    """What was refused or taken back since may be sent again."""
    same = DocumentFile.objects.filter(sha256=upload.sha256, received_at__gt=from_now(-TWICE_SECONDS))
    there = {"document": into} if into else {"document__case": case, "document__type": type}
    live = same.filter(**there, document__review=Document.Review.NONE).exclude(state=DocumentFile.State.REFUSED)
    return live.filter(document__added_by=by, document__channel=channel).order_by("received_at").first()


def _new_document(
    case: Case,
    type: DocumentType,
    by: User,
    channel: Document.Channel,
    request: DocumentRequest | None,
) -> Document:
    own = channel == Document.Channel.PORTAL
    if own and _added_today(case) >= settings.DOCUMENTS_A_DAY:
        raise TooMany
    return Document.objects.create(case=case, type=type, channel=channel, added_by=by, request=request)


def _added_today(case: Case) -> int:
    """Also those removed since: it is a limit on work, not on what is kept."""
    return case.documents.filter(channel=Document.Channel.PORTAL, created_at__gt=from_now(-DAY_SECONDS)).count()


def _room_in(document: Document) -> Document:
    locked = Document.objects.select_for_update(no_key=True, of=("self",)).get(pk=document.pk)
    if locked.removed_at or locked.review != Document.Review.NONE:
        raise Closed
    if locked.files.count() >= FILES_A_PAPER:
        raise TooMany
    return locked


def _new_file(document: Document, upload: SealedFile) -> DocumentFile:
    kind = upload.kind or DocumentFile.Kind.PDF
    last = document.files.aggregate(last=Max("position"))["last"]
    return DocumentFile.objects.create(
        document=document,
        position=(last or 0) + 1,
        name=sniffing.shown_name(upload.name or "", kind),
        size=upload.size or 0,
        kind=kind,
        sha256=upload.sha256,
        key=base64.b64encode(upload.key).decode(),
        original=upload.place,
    )
