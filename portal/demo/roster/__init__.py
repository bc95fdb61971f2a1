"""The invented roster, as the two files that an employer would deliver. Seeded: the same day gives the same files."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from portal.demo.roster import agencies, cast, crowd, phones
from portal.demo.roster.person import Person

VERSION = 1  # a demo whose people are of another version loads them again
SIZES = {"full": 1950, "small": 90}  # beside the cast


def people(today: dt.date, size: str = "full") -> list[Person]:
    """Every line of the roster file."""
    numbers = phones.work_phones()
    of_cast = {part.number: next(numbers) for part in cast.ALL}
    return [*cast.people(today, of_cast), *crowd.people(SIZES[size], today, numbers)]


def write(folder: Path, today: dt.date, size: str = "full") -> tuple[Path, Path]:
    """The agencies file and the roster file."""
    folder.mkdir(parents=True, exist_ok=True)
    of_agencies, everybody = agencies.rows(today), people(today, size)
    columns = list(dict.fromkeys(["secretariat", *(name for one in everybody for name in one)]))
    return (
        _write(folder / "agencies.csv", list(of_agencies[0]), of_agencies),
        _write(folder / "roster.csv", columns, everybody),
    )


def _write(path: Path, columns: Sequence[str], rows: Sequence[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path
