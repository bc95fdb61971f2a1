"""One line of the roster file, checked whole: every wrong cell is told at once."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence

from registration.roster.feed.cells import clean
from registration.roster.feed.faults import CellFault, RowFault
from registration.roster.feed.fields import FIELDS
from registration.roster.models import Agency

Values = dict[str, str | int | None]
Tell = Callable[[RowFault], None]


class RowReader:
    """Reads lines of a file with this header. `tell` hears of every fault, in the order of the file."""

    def __init__(self, places: Mapping[str, int], *, today: dt.date, tell: Tell) -> None:
        self.places, self.today, self.tell = places, today.isoformat(), tell
        self.given = [field for field in FIELDS if field.columns[0] in places]
        self.defaults: Values = {
            field.target: field.read(*[""] * len(field.columns)) for field in FIELDS if field not in self.given
        }
        self.agencies = {agency.code: agency for agency in Agency.objects.select_related("secretariat")}

    def read(self, line: int, row: Sequence[str]) -> Values | None:
        """The line's values by target, or None when it is refused."""
        if len(row) != len(self.places):
            message = f"has {len(row)} cells, the first line has {len(self.places)}. Check commas and quotation marks."
            self.tell(RowFault(line, "whole line", message))
            return None
        faults: list[RowFault] = []
        values = dict(self.defaults)
        for field in self.given:
            try:
                values[field.target] = field.read(*[self._cell(row, column) for column in field.columns])
            except CellFault as fault:
                faults.append(RowFault(line, ", ".join(field.columns), str(fault)))
        for check in (self._agency, self._dates, self._supervisor):
            try:
                check(values, row)
            except _AcrossCells as fault:
                faults.append(RowFault(line, fault.column, str(fault)))
        for told in faults:
            self.tell(told)
        return None if faults else values

    def number_of(self, row: Sequence[str]) -> str:
        """What the employee-number cell says, read or not: a refused line still counts as a duplicate."""
        place = self.places["employee_number"]
        return row[place].strip() if place < len(row) else ""

    def _cell(self, row: Sequence[str], column: str) -> str:
        return clean(row[self.places[column]])

    def _agency(self, values: Values, row: Sequence[str]) -> None:
        try:
            code, secretariat = self._cell(row, "agency"), self._cell(row, "secretariat")
        except CellFault as fault:
            raise _AcrossCells("agency, secretariat", str(fault)) from fault
        agency = self.agencies.get(code)
        if agency is None:
            raise _AcrossCells("agency", f"“{code[:20]}” is not known. Load it with import_agencies, or correct it.")
        if secretariat and secretariat != agency.secretariat.code:
            belongs = (
                f"{code} belongs to {agency.secretariat.code}, not to “{secretariat[:20]}”. Correct one of the two."
            )
            raise _AcrossCells("secretariat", belongs)
        values["agency_id"] = agency.pk

    def _dates(self, values: Values, row: Sequence[str]) -> None:
        born, hired = values.get("birthdate"), values.get("hire_date")
        if born and str(born) >= self.today:
            raise _AcrossCells("birthdate", f"{born} is not in the past. Check the year.")
        if born and hired and str(hired) <= str(born):
            raise _AcrossCells("hire_date", f"{hired} is not after the birthdate. Check both.")
        if hired and values.get("periods") == "[]":
            values["periods"] = json.dumps([(hired, None, False)])

    def _supervisor(self, values: Values, row: Sequence[str]) -> None:
        number = values.get("employee_number")
        if number and number == values.get("supervisor_number"):
            raise _AcrossCells("supervisor_number", "is the person's own number. Name another person, or nobody.")


class _AcrossCells(CellFault):
    """Cells that are fine one by one and wrong together."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column = column
