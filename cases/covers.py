"""What a new account does not see yet: all that was on record when it claimed the person's row.

Whoever registered may have been somebody else (`registration.claims`). Until that is sure, reasons, answers and notes
from before are not even read, whatever the page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from cases.models.case import Case
from registration.claims import covered_before, covered_until
from registration.models import User


def is_covered(recorded_at: dt.datetime, *, owner: User) -> bool:
    """Whether what was recorded at this civil time is covered from the person whose it is. No query."""
    before = covered_before(owner, now=timezone.now())
    return before is not None and recorded_at < before + settings.CIVIL_TIME_OFFSET


def covered(cases: Iterable[Case], *, viewer: User) -> frozenset[UUID]:
    """Those of the viewer's own cases that are covered; a case of somebody else is not this module's to judge."""
    return frozenset(case.pk for case in cases if case.belongs_to(viewer) and is_covered(case.opened_at, owner=viewer))


def until(owner: User) -> dt.datetime | None:
    """The civil time at which the covers end by themselves; None: nothing is covered."""
    end = covered_until(owner, now=timezone.now())
    return end + settings.CIVIL_TIME_OFFSET if end else None
