"""Leaves that could not be worked out: work for staff until they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from cases.models.case import Case, Task
from cases.services.tasks import Kind, WaitsOn, open_task
from portal.lib import clock

ALL = "all"  # in place of a policy's code: no policy could be worked out


def hand_to_staff(case: Case, code: str, *, now: dt.datetime) -> None:
    """One open task of a case and a policy. The caller holds the lock on the case's employee; `now` is civil time."""
    about = _about(case, code)
    if Task.objects.filter(key__startswith=about, closed_at=None).exists():
        return
    today = clock.local(now).date()
    open_task(
        key=f"{about}{now:%Y%m%d%H%M%S%f}",
        kind=Kind.DETERMINATION_FAILED,
        waits_on=WaitsOn.STAFF,
        case_id=case.pk,
        agency_id=case.employee.agency_id,
        due_on=today,
        now=now,
    )


def close_tasks(case: Case, *, but: Iterable[str], now: dt.datetime) -> None:
    """Of a case that was worked out, all but those of the policies `but`."""
    tasks = Task.objects.filter(case=case, kind=Kind.DETERMINATION_FAILED, closed_at=None)
    for code in but:
        tasks = tasks.exclude(key__startswith=_about(case, code))
    tasks.update(closed_at=now)


def _about(case: Case, code: str) -> str:
    return f"determination {case.pk} {code} "
