"""Roster files as an employer would export them."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

NEEDED = {
    "employee_number": "004711",
    "first_name": "Ada",
    "last_name": "Okafor",
    "birthdate": "1979-05-04",
    "home_zip": "02108",
    "hire_date": "2015-01-05",
    "secretariat": "",
    "agency": "DPH",
    "supervisor_number": "",
}


def write_roster(path: Path, *people: Mapping[str, Any], columns: Sequence[str] = ()) -> Path:
    """A file with one line a person; what a person does not say is that of NEEDED, or empty."""
    names = list(columns) or list(dict.fromkeys([*NEEDED, *(column for person in people for column in person)]))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        writer.writerows([{**NEEDED, **person}.get(name, "") for name in names] for person in people)
    return path
