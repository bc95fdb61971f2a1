"""What the relay goes round: apps register their lanes and chores when they are loaded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import QuerySet


@dataclass(frozen=True)
class Lane:
    """Work that waits in a table. `work` does one batch in transactions of its own and returns how many rows."""

    name: str
    waiting: Callable[[], QuerySet[Any]]  # its SQL is made once: times in it must be the database's
    work: Callable[[], int]


@dataclass(frozen=True)
class Chore:
    """Something to be looked after every so many `seconds`, in a thread of its own."""

    name: str
    seconds: float
    work: Callable[[], object]


class Rounds:
    """The relay's list."""

    def __init__(self) -> None:
        self.lanes: list[Lane] = []
        self.chores: list[Chore] = []

    def waiting(self) -> list[Lane]:
        """The lanes with work, by one question to the database: the relay asks it twenty times a second."""
        question, values = self._question
        with connection.cursor() as cursor:
            cursor.execute(question, values)
            answers = cursor.fetchone() or ()
        return [lane for lane, waits in zip(self.lanes, answers, strict=True) if waits]

    @cached_property
    def _question(self) -> tuple[str, list[Any]]:
        asked = [lane.waiting().order_by().values("pk").query.sql_with_params() for lane in self.lanes]
        return "SELECT " + ", ".join(f"EXISTS({sql})" for sql, _ in asked), [value for _, own in asked for value in own]


registered = Rounds()
