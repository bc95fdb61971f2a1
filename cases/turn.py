"""Whose turn it is on a case, and by which date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from cases.models.case import Case, Task

UNDECIDED = (Case.Status.PENDING, Case.Status.INFO_NEEDED)
Open = tuple[str, dt.date | None, str]  # of a task: whom it waits on, its day, its kind


@dataclass(frozen=True)
class Turn:
    whose: str  # a Task.WaitsOn value; "" where nobody has anything to do
    by: dt.date | None
    late: bool  # that day is over
    sends_paper: bool  # what is wanted is a document, and the case page says which


def turn_of(case: Case, *, today: dt.date) -> Turn | None:
    """None for a case that has ended. The caller has seen to it that the viewer may know. One query.

    What waits on the employee comes first. A day-to-day absence waits on nobody here: its department decides.
    """
    if case.status not in Case.OPEN:
        return None
    tasks = list(Task.objects.filter(case=case, closed_at=None).values_list("waits_on", "due_on", "kind"))
    whose = _whose(case, tasks)
    wanted = [(day, kind) for waits_on, day, kind in tasks if waits_on == whose]
    by = min((day for day, _kind in wanted if day is not None), default=None)
    return Turn(
        whose=whose,
        by=by,
        late=by is not None and by < today,
        sends_paper=any(kind == Task.Kind.SEND_DOCUMENT for _day, kind in wanted),
    )


def _whose(case: Case, tasks: Sequence[Open]) -> str:
    waiting = {waits_on for waits_on, _day, _kind in tasks}
    if Task.WaitsOn.EMPLOYEE in waiting or case.status == Case.Status.INFO_NEEDED:
        return Task.WaitsOn.EMPLOYEE
    if case.kind == Case.Kind.LEAVE and case.status in UNDECIDED:
        return Task.WaitsOn.STAFF
    return ""


def is_behind(case: Case) -> bool:
    """Whether the newest of a leave is not worked out yet. The caller has seen to it that the viewer may know."""
    return Task.objects.filter(case=case, kind=Task.Kind.DETERMINATION_FAILED, closed_at=None).exists()
