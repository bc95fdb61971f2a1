"""What a person may do with a paper of theirs after sending it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from cases.services import papers
from documents import asking
from documents.endings import erase
from documents.models import Document, DocumentFile, DocumentRequest
from portal.lib.database_time import ClockTimestamp
from registration.models import User


def take_back(*, document: Document, by: User, now: dt.datetime) -> bool:
    """Removes a paper that `by` uploaded and nobody has reviewed, with its bytes; what it answered is wanted again.

    False, and nothing changed, where it was reviewed meanwhile. Twice is once. `now` is civil time.
    """
    with transaction.atomic():
        locked = Document.objects.select_for_update(no_key=True, of=("self",)).get(pk=document.pk)
        if locked.review != Document.Review.NONE or locked.added_by_id != by.pk:
            return False
        files = list(locked.files.exclude(state=DocumentFile.State.REFUSED))
        _forbid(locked)
        papers.close_review(paper_id=locked.pk, now=now)
        for asked in DocumentRequest.objects.select_for_update(no_key=True).filter(met_by=locked):
            _without(asked, now=now)
    for file in files:
        erase(file)
    return True


def _without(asked: DocumentRequest, *, now: dt.datetime) -> None:
    """What met it is gone: another paper that was sent for it meets it, or it is wanted again."""
    others = asked.answers.present().filter(received_at__isnull=False, meets=None)
    other = others.exclude(review=Document.Review.AGAIN).order_by("received_at").first()
    if other:
        DocumentRequest.objects.filter(pk=asked.pk).update(met_by=other)
    else:
        asking.want_again(asked, due_on=asked.due_on, now=now)


def _forbid(document: Document) -> None:
    """From here on nobody can read them: the keys are gone. A check that is under way finds its lease lost."""
    Document.objects.filter(pk=document.pk, removed_at=None).update(removed_at=ClockTimestamp())
    document.files.exclude(state=DocumentFile.State.REFUSED).update(
        state=DocumentFile.State.REFUSED,
        refusal=DocumentFile.Refusal.REMOVED,
        key=None,
        final_at=ClockTimestamp(),
        lease_token=None,
        lease_until=None,
    )
