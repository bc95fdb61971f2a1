"""Rows against storage, once a night: a row without bytes is a lost paper, bytes without a row are nobody's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import structlog
from django.db.models import Q

from cases.services import tasks
from documents import storage
from documents.backends import Bucket
from documents.models import DocumentFile
from portal.lib import clock

ORPHANED_AFTER = dt.timedelta(days=1)  # an upload or a check that takes longer is dead
BATCH = 500
State = DocumentFile.State
log = structlog.get_logger("portal.documents")


@dataclass(frozen=True)
class Found:
    lost: int  # files whose bytes are gone; staff have a task for each
    deleted: int  # objects that belonged to nobody


def reconcile(*, now: dt.datetime) -> Found:
    """`now` is real time. Raises StorageAway or what the storage raises while it is listed."""
    place = storage.place()
    kept: set[str] = set()
    deleted = 0
    for batch in _batches(place.kept(storage.PREFIX)):
        kept |= {name for name, _ in batch}
        deleted += _delete_orphans([name for name, written in batch if written < now - ORPHANED_AFTER])
    if isinstance(place, Bucket):
        place.forget_unfinished(now - ORPHANED_AFTER)
    return Found(lost=_report_lost(kept, listed_at=now), deleted=deleted)


def _batches(objects: Iterable[tuple[str, dt.datetime]]) -> Iterator[list[tuple[str, dt.datetime]]]:
    left = iter(objects)
    while batch := list(islice(left, BATCH)):
        yield batch


def _delete_orphans(names: list[str]) -> int:
    known = DocumentFile.objects.filter(Q(original__in=names) | Q(pdf__in=names)).values_list("original", "pdf")
    owned = {name for pair in known for name in pair}
    orphans = [name for name in names if name not in owned]
    for name in orphans:
        storage.delete(name)
    return len(orphans)


def _report_lost(kept: set[str], *, listed_at: dt.datetime) -> int:
    """What the list did not show is asked for by name before anybody is alarmed: it may have come meanwhile."""
    lost = 0
    rows = DocumentFile.objects.exclude(state=State.REFUSED).filter(received_at__lt=listed_at)
    for file in rows.select_related("document__case__employee").iterator(chunk_size=BATCH):
        wanted = [name for name in (file.original, file.pdf) if name and name not in kept]
        if any(not storage.exists(name) for name in wanted):
            lost += 1
            report_lost(file)
    return lost


def report_lost(file: DocumentFile) -> None:
    """Its bytes are gone or are not what they were: somebody asks for it again, or finds a copy. Once a file."""
    log.error("document lost", file_id=str(file.pk))
    tasks.open_task(
        key=f"document lost {file.pk}",
        kind=tasks.Kind.DOCUMENT_LOST,
        waits_on=tasks.WaitsOn.STAFF,
        case_id=file.document.case_id,
        agency_id=file.document.case.employee.agency_id,
        now=clock.now(),
    )
