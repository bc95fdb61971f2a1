"""A determination kept for years: its inputs, the rows and the engine it came from, and what it said, as JSON text.

The same record always gives the same bytes, and its inputs the same determinations for as long as ENGINE_VERSION is
theirs.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from cases.policy.codec import dump, load
from cases.policy.determination import Determination
from cases.policy.engine import ENGINE_VERSION, determine
from cases.policy.policies import Policy
from cases.policy.types import Calendar, Employee, LedgerEntry, Request


@dataclass(frozen=True)
class Record:
    """Everything `determine` was given and gave."""

    engine_version: str
    request: Request
    employee: Employee
    ledger: tuple[LedgerEntry, ...]
    policies: tuple[Policy, ...]
    calendar: Calendar
    determinations: tuple[Determination, ...]


def recorded(
    request: Request,
    employee: Employee,
    ledger: Sequence[LedgerEntry],
    policies: Sequence[Policy],
    calendar: Calendar,
) -> Record:
    """Determines, and keeps the inputs with the answer."""
    answer = determine(request, employee, ledger, policies, calendar)
    return Record(ENGINE_VERSION, request, employee, tuple(ledger), tuple(policies), calendar, answer)


def to_text(record: Record) -> str:
    return json.dumps(dump(record), ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> Record:
    """Raises Malformed, naming the key, for anything but a record."""
    return load(Record, json.loads(text))


def replay(record: Record) -> Record:
    """What this engine answers to the same inputs today."""
    return recorded(record.request, record.employee, record.ledger, record.policies, record.calendar)
