"""What the person who asked for leave can expect, as long as it is still to come."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cases.covers import is_covered
from cases.models.case import Case, ContactChoice, Task
from cases.promises import promises
from portal.lib.clock import local
from registration.models import User


@dataclass(frozen=True)
class NextSteps:
    call_by: dt.date | None  # None: the call was made
    call_days: int  # business days, as the next
    notice_by: dt.date | None  # None: the notice of rights was sent
    notice_days: int
    phone: str  # E.164; "" where the viewer may not be told it yet
    best_time: dt.time | None  # None: any


def next_steps(case: Case, *, owner: User) -> NextSteps:
    """Of a leave; the caller has seen to it that the viewer may know. Three queries. A new account is not told the
    number that was given before it.
    """
    promised = promises(local(case.opened_at).date())
    to_do = set(Task.objects.filter(case=case, closed_at=None).values_list("kind", flat=True))
    wish = ContactChoice.objects.get(case=case).wish
    return NextSteps(
        call_by=promised.call_by if Task.Kind.CALL_EMPLOYEE in to_do else None,
        call_days=promised.call_days,
        notice_by=promised.notice_by if Task.Kind.NOTICE_DUE in to_do else None,
        notice_days=promised.notice_days,
        phone="" if is_covered(case.opened_at, owner=owner) else wish["phone"],
        best_time=None if wish["best_time"] == "any" else dt.time(int(wish["best_time"])),
    )
