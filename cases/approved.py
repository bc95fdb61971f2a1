"""The days of a leave that a person has approved."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cases.models.case import Case
from cases.models.determination import DeterminationSpan


@dataclass(frozen=True)
class ApprovedDays:
    """First and last days, both included, under whichever policy. None while nothing is approved."""

    spans: tuple[tuple[dt.date, dt.date], ...] = ()

    def leave_out(self, day: dt.date) -> bool:
        """Whether other days are approved and `day` is not: a specialist looks at it."""
        return bool(self.spans) and not any(first <= day <= last for first, last in self.spans)


def approved_days(case: Case) -> ApprovedDays:
    """As they stand now. One query."""
    approved = DeterminationSpan.objects.filter(
        determination__case=case, determination__superseded_at=None, status=Case.Status.APPROVED
    )
    return ApprovedDays(tuple(approved.values_list("first_day", "last_day").order_by("first_day")))
