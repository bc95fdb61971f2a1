"""One invented person: a line of the roster file."""

from __future__ import annotations

import datetime as dt
from typing import Any

Person = dict[str, str]


def person(number: str, first_name: str, last_name: str, agency: str, supervisor: str = "", **facts: Any) -> Person:
    """What is not said is ordinary; dates may be given as dates, yes and no as booleans."""
    known = {
        "employee_number": number,
        "first_name": first_name,
        "last_name": last_name,
        "agency": agency,
        "supervisor_number": supervisor,
        "state": "MA",
        "status": "active",
        "kind": "regular",
        "language": "en",
        "works_holidays": "no",
        "worksite_headcount": "250",
        "hours_worked_12_months": "1820",
        "pfml_eligible": "yes",
    }
    return known | {name: _written(value) for name, value in facts.items()}


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, dt.date) else "" if value is None else str(value)


def email(first_name: str, last_name: str, number: str) -> str:
    """At a reserved domain; only letters that every mail server takes."""
    letters = "".join(c for c in f"{first_name[:1]}{last_name}".lower() if c.isascii() and c.isalpha())
    return f"{letters or 'person'}.{int(number)}@example.org"
