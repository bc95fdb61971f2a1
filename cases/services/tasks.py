"""Opening work for a person."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from cases.models.case import Task

Kind = Task.Kind
WaitsOn = Task.WaitsOn


def open_task(
    *,
    key: str,
    kind: Task.Kind,
    waits_on: Task.WaitsOn,
    now: dt.datetime,
    case_id: UUID | None = None,
    agency_id: int | None = None,
    due_on: dt.date | None = None,
) -> None:
    """One task a `key`, however often and from however many processes its cause is met. `now` is civil time."""
    task = Task(
        key=key, kind=kind, waits_on=waits_on, case_id=case_id, agency_id=agency_id, due_on=due_on, opened_at=now
    )
    Task.objects.bulk_create([task], ignore_conflicts=True)


def is_open(kind: Task.Kind) -> bool:
    """Whether work of this kind waits for somebody."""
    return Task.objects.filter(kind=kind, closed_at=None).exists()


def open_again(key: str) -> None:
    """The cause of a closed task is back."""
    Task.objects.filter(key=key).exclude(closed_at=None).update(closed_at=None)


def close_all(kind: Task.Kind, *, now: dt.datetime) -> None:
    """Their cause is gone. `now` is civil time."""
    Task.objects.filter(kind=kind, closed_at=None).update(closed_at=now)
