"""The roster file into the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction

from registration.roster.feed import reader, staging
from registration.roster.feed.faults import FileFault, RowFault
from registration.roster.feed.fields import GROUPS, NEEDED
from registration.roster.feed.rows import RowReader, Tell

Pair = tuple[int, str, str]


@dataclass(frozen=True)
class Summary:
    """What a load did, in lines of the file. `unlinked`: loaded, but the supervisor's number is not known."""

    added: int
    changed: int
    unchanged: int
    refused: int
    unlinked: int
    pairs: tuple[Pair, ...]  # (line, number, number): people who supervise each other; allowed, worth a look

    @property
    def read(self) -> int:
        return self.added + self.changed + self.unchanged + self.refused


class _Feed:
    """The file's lines on their way into staging, counted."""

    def __init__(self, path: Path, *, today: dt.date, tell: Tell) -> None:
        header, self.rows = reader.header_and_rows(path)
        self.lines = RowReader(reader.positions(header, needed=NEEDED, groups=GROUPS), today=today, tell=tell)
        self.refused = self.read = 0

    def __iter__(self) -> Iterator[tuple[object, ...]]:
        for line, cells in self.rows:
            self.read += 1
            values = self.lines.read(line, cells)
            if values is None:
                self.refused += 1
                number = self.lines.number_of(cells).replace("\0", "")
                yield line, True, *(number if name == "employee_number" else None for name in staging.STAGED)
            else:
                yield line, False, *map(values.get, staging.STAGED)


@transaction.atomic
def load(path: Path, *, today: dt.date, tell: Tell) -> Summary:
    """Loads the lines that are right and `tell`s of the others; nobody is removed.

    Raises FileFault when the file as a whole cannot be trusted; then nothing was written.
    """
    feed = _Feed(path, today=today, tell=tell)
    with connection.cursor() as cursor:
        if not staging.lock(cursor):
            raise FileFault("Another file is being loaded. Wait until it is done.")
        staging.create(cursor)
        staging.fill(cursor, feed)
        if not feed.read:
            raise FileFault(f"{path.name} has a first line and no people.")
        if twice := staging.duplicates(cursor):
            listed = "; ".join(f"{number} on lines {', '.join(map(str, lines))}" for number, lines in twice)
            raise FileFault(f"Employee numbers stand more than once: {listed}. Keep one line a person.")
        staging.drop_refused(cursor)
        zeros = staging.drop_differing_in_zeros(cursor)
        for line, number, other in zeros:
            tell(RowFault(line, "employee_number", _zeros_lost(number, other)))
        staging.merge(cursor, {field.target for field in feed.lines.given})
        unlinked = staging.unlinked(cursor)
        for line, number in unlinked:
            tell(RowFault(line, "supervisor_number", _nobody(number)))
        added, changed, unchanged = staging.counts(cursor)
        pairs = tuple(staging.pairs(cursor))
    return Summary(added, changed, unchanged, feed.refused + len(zeros), len(unlinked), pairs)


def _zeros_lost(number: str, other: str) -> str:
    return (
        f"{number} and {other} differ only in zeros at the start, as when a spreadsheet program removes them. "
        "Format the column as text and export again."
    )


def _nobody(number: str) -> str:
    return (
        f"{number} is nobody's number in this file or on the roster. Everything else of the line was loaded; "
        "the supervisor stays as before. Correct the number, or load that person."
    )
