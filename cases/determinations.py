"""What a person may know of how their leave stands with each policy."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class PolicySpan:
    """One policy with one status over some days."""

    policy_code: str
    policy_name: str
    status: str  # a Case.Status value
    status_label: str  # in the active language
    first_day: dt.date
    last_day: dt.date | None  # None: no end is known yet
    minutes: int | None
    meaning: str  # one sentence, in the active language
