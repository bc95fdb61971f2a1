"""The agencies file into the database: secretariats, agencies, their call-out words, their services' dates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from django.db import transaction

from registration.roster.feed import cells, reader, spans
from registration.roster.feed.faults import CellFault, FileFault, RowFault
from registration.roster.models import Agency, AgencyService, Secretariat, Service

Tell = Callable[[RowFault], None]
Coded = TypeVar("Coded", Agency, Secretariat)

LONGEST_CALL_OUT = 5_000
_words = cells.text(200, needed=True)
_any_words = cells.text(LONGEST_CALL_OUT)
_code = cells.text(20, needed=True)


def _call_out(cell: str) -> str:
    """Instructions for people; the one kind of cell that may have several lines."""
    lines = [cells.clean(line) for line in cell.splitlines()]
    return _any_words("\n".join(lines).strip())


COLUMNS: dict[str, Callable[[str], Any]] = {
    "secretariat": lambda cell: _code(cells.clean(cell)),
    "secretariat_name": lambda cell: _words(cells.clean(cell)),
    "agency": lambda cell: _code(cells.clean(cell)),
    "agency_name": lambda cell: _words(cells.clean(cell)),
    "call_out_en": _call_out,
    "call_out_es": _call_out,
    "tells_next_level": lambda cell: cells.yes_no("true")(cells.clean(cell)) == "true",
    Service.LEAVE.value: lambda cell: spans.spans(cells.clean(cell)),
    Service.DAY_TO_DAY.value: lambda cell: spans.spans(cells.clean(cell)),
}


@dataclass
class Summary:
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0

    @property
    def read(self) -> int:
        return self.added + self.changed + self.unchanged + self.refused


@transaction.atomic
def load(path: Path, *, tell: Tell) -> Summary:
    """Loads the lines that are right and `tell`s of the others; no agency is removed.

    Of an agency in the file, the file's service dates replace the stored ones. Raises FileFault.
    """
    header, rows = reader.header_and_rows(path)
    places = reader.positions(header, needed=COLUMNS, groups=[(column,) for column in COLUMNS])
    summary, seen = Summary(), dict[str, int]()
    for line, row in rows:
        values = _read(line, row, places, tell)
        if values is None:
            summary.refused += 1
            continue
        code = values["agency"]
        if code in seen:
            raise FileFault(f"Agency {code} stands on lines {seen[code]} and {line}. Keep one line an agency.")
        seen[code] = line
        outcome = _write(values)
        setattr(summary, outcome, getattr(summary, outcome) + 1)
    if not summary.read:
        raise FileFault(f"{path.name} has a first line and no agencies.")
    return summary


def _read(line: int, row: list[str], places: dict[str, int], tell: Tell) -> dict[str, Any] | None:
    if len(row) != len(places):
        message = f"has {len(row)} cells, the first line has {len(places)}. Check commas and quotation marks."
        tell(RowFault(line, "whole line", message))
        return None
    values: dict[str, Any] = {}
    for column, read in COLUMNS.items():
        try:
            values[column] = read(row[places[column]])
        except CellFault as fault:
            tell(RowFault(line, column, str(fault)))
    return values if len(values) == len(COLUMNS) else None


def _write(values: dict[str, Any]) -> str:
    """What became of the line: the name of a count."""
    secretariat, renamed = _keep(Secretariat, values["secretariat"], {"name": values["secretariat_name"]})
    fields = {name: values[name] for name in ("call_out_en", "call_out_es", "tells_next_level")}
    fields |= {"name": values["agency_name"], "secretariat": secretariat}
    agency, outcome = _keep(Agency, values["agency"], fields)
    dated = [_keep_services(agency, service, values[service.value]) for service in Service]
    if outcome == "unchanged" and ("changed" in dated or renamed == "changed"):
        return "changed"
    return outcome


def _keep(model: type[Coded], code: str, fields: dict[str, Any]) -> tuple[Coded, str]:
    found = model.objects.filter(code=code).first()
    if found is None:
        return model.objects.create(code=code, **fields), "added"
    if all(getattr(found, name) == value for name, value in fields.items()):
        return found, "unchanged"
    for name, value in fields.items():
        setattr(found, name, value)
    found.save()
    return found, "changed"


def _keep_services(agency: Agency, service: Service, dates: list[spans.Span]) -> str:
    wanted = [(start, end) for start, end, _ in dates]
    rows = AgencyService.objects.filter(agency=agency, service=service).order_by("starts_on")
    now = [(row.starts_on.isoformat(), row.ends_on.isoformat() if row.ends_on else None) for row in rows]
    if now == wanted:
        return "unchanged"
    rows.delete()
    AgencyService.objects.bulk_create(
        AgencyService(agency=agency, service=service, starts_on=start, ends_on=end) for start, end in wanted
    )
    return "changed"
