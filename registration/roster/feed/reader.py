"""A CSV file as lines of cells, read once from front to back, whatever its size."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from registration.roster.feed.faults import FileFault

OTHER_FORMATS = {
    b"PK\x03\x04": "an Excel workbook",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"\xff\xfe": "UTF-16 text",
    b"\xfe\xff": "UTF-16 text",
    b"%PDF": "a PDF",
}
SAVE_AS = "Save it as “CSV UTF-8 (comma delimited)” and try again."


def header_and_rows(path: Path) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """The first line, and each row with the line it begins on (from 1); empty lines are skipped.

    Raises FileFault, while the rows are read as well.
    """
    lines = _rows(path)
    _, header = next(lines, (0, None))
    if header is None:
        raise FileFault(f"{path.name} is empty.")
    return header, lines


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    _refuse_other_formats(path)
    with path.open("rb") as file:
        reader = csv.reader(_lines(file), strict=True)
        try:
            begins = 1
            for cells in reader:
                if cells:
                    yield begins, cells
                begins = reader.line_num + 1
        except csv.Error as error:
            raise FileFault(
                f"Line {begins} cannot be read: a quotation mark is not closed, or stands inside a cell undoubled. "
                "Check the line, or export the file again."
            ) from error


def _refuse_other_formats(path: Path) -> None:
    try:
        with path.open("rb") as file:
            beginning = file.read(8)
    except OSError as error:
        raise FileFault(f"{path} cannot be opened: {error.strerror}.") from error
    if not beginning.strip():
        raise FileFault(f"{path.name} is empty.")
    for start, what in OTHER_FORMATS.items():
        if beginning.startswith(start):
            raise FileFault(f"{path.name} is {what}, not a CSV file. {SAVE_AS}")


def _lines(file: Iterable[bytes]) -> Iterator[str]:
    """Decoded line by line, so that a wrong byte names its line."""
    encoding = "utf-8-sig"  # the mark that Excel puts in front is skipped
    for number, line in enumerate(file, start=1):
        try:
            yield line.decode(encoding)
        except UnicodeDecodeError as error:
            raise FileFault(f"Line {number} is not UTF-8 text (byte 0x{line[error.start]:02X}). {SAVE_AS}") from error
        encoding = "utf-8"


def positions(header: list[str], *, needed: Iterable[str], groups: Iterable[tuple[str, ...]]) -> dict[str, int]:
    """Where each column stands. `needed` must be there; of a group all columns are there or none.

    Raises FileFault, naming every fault of the header at once.
    """
    names = [cell.strip().lower() for cell in header]
    known = [column for group in groups for column in group]
    missing = [column for column in needed if column not in names]
    faults = [f"Missing: {', '.join(missing)}."] if missing else []
    for group in groups:
        if 0 < len(absent := [column for column in group if column not in names]) < len(group):
            faults.append(f"{', '.join(group)} belong together; missing: {', '.join(absent)}.")
    if unknown := [name or "(no name)" for name in names if name not in known]:
        faults.append(f"Not known: {', '.join(unknown)}.")
    if twice := sorted({name for name in names if name in known and names.count(name) > 1}):
        faults.append(f"More than once: {', '.join(twice)}.")
    if faults:
        hint = f" The cells must be separated by commas. {SAVE_AS}" if len(names) == 1 else ""
        raise FileFault("The first line must name the columns of docs/roster-file.md. " + " ".join(faults) + hint)
    return {name: place for place, name in enumerate(names)}
