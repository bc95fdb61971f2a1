"""The columns of the roster file: what each is read with and where it goes. docs/roster-file.md explains them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

from registration.roster.feed import cells, spans
from registration.roster.feed.faults import CellFault
from registration.roster.models import Employee, WorkSchedule

BALANCES = ("sick", "vacation", "personal")
MOST_MINUTES = 10_000_000


@dataclass(frozen=True)
class Field:
    """One value of a row: `read` takes a cell of each column and answers PostgreSQL's text for it, or None."""

    target: str  # a column of registration_employee, or one that only staging has
    sql_type: str
    columns: tuple[str, ...]
    read: Callable[..., str | None]
    needed: bool = False  # the file must have the column; others may be left out and keep what is stored
    kept: bool = True  # a column of registration_employee


def _one(column: str, read: Callable[[str], str | None], sql_type: str = "text", *, needed: bool = False) -> Field:
    return Field(column, sql_type, (column,), read, needed)


_minutes = cells.number(0, MOST_MINUTES)


def _balances(*given: str) -> str:
    """Minutes left, by kind; an empty cell says that the kind is not kept for this person."""
    minutes = {kind: _minutes(cell) for kind, cell in zip(BALANCES, given, strict=True)}
    return json.dumps({kind: int(amount) for kind, amount in minutes.items() if amount is not None})


_kind = cells.one_of(dict(WorkSchedule.Kind.choices), "")


@lru_cache(maxsize=4096)  # most people share a few schedules
def _schedule(kind: str, pattern: str, starts_on: str) -> str | None:
    if not (kind or pattern or starts_on):
        return None
    if not (kind and starts_on):
        raise CellFault("needs schedule_kind and schedule_from, or all three empty.")
    kind = _kind(kind)
    return json.dumps(
        {"kind": kind, "pattern": spans.pattern(kind, pattern), "starts_on": cells.needed_date(starts_on)}
    )


def _periods(cell: str) -> str:
    return json.dumps(spans.spans(cell, may_bridge=True))


FIELDS: tuple[Field, ...] = (
    _one("employee_number", cells.employee_number, needed=True),
    _one("first_name", cells.name, needed=True),
    _one("last_name", cells.name, needed=True),
    _one("birthdate", cells.needed_date, "date", needed=True),
    _one("home_zip", cells.zip_code, needed=True),
    _one("hire_date", cells.needed_date, "date", needed=True),
    Field("supervisor_number", "text", ("supervisor_number",), cells.other_employee_number, needed=True, kept=False),
    _one("street", cells.text(100)),
    _one("street_2", cells.text(100)),
    _one("city", cells.text(60)),
    _one("state", cells.state),
    _one("status", cells.one_of(dict(Employee.Status.choices), Employee.Status.ACTIVE)),
    _one("kind", cells.one_of(dict(Employee.Kind.choices), Employee.Kind.REGULAR)),
    _one("employee_group", cells.text(20)),
    _one("work_email", cells.email),
    _one("work_phone", cells.phone),
    _one("language", cells.one_of(dict(settings.LANGUAGES), settings.LANGUAGE_CODE)),
    _one("probation_end", cells.date, "date"),
    _one("full_time", cells.yes_no("true"), "boolean"),
    _one("hours_worked_12_months", cells.number(0, 8784), "integer"),
    _one("worksite_headcount", cells.number(0, 1_000_000), "integer"),
    _one("daily_minutes", cells.number(1, 1440, default=480), "smallint"),
    _one("works_holidays", cells.yes_no("false"), "boolean"),
    _one("pfml_eligible", cells.yes_no(None), "boolean"),
    _one("pfml_benefit_year_start", cells.date, "date"),
    Field("balances", "jsonb", tuple(f"{kind}_minutes" for kind in BALANCES), _balances),
    Field("schedule", "jsonb", ("schedule_kind", "schedule", "schedule_from"), _schedule, kept=False),
    Field("periods", "jsonb", ("employment_periods",), _periods, kept=False),
)
AGENCY_COLUMNS = ("secretariat", "agency")  # read by RowReader, which knows the agencies
NEEDED = tuple(column for field in FIELDS if field.needed for column in field.columns) + AGENCY_COLUMNS
GROUPS = (*(field.columns for field in FIELDS), *((column,) for column in AGENCY_COLUMNS))
