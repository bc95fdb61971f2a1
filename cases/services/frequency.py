"""Marking time that is more often, or longer, than a leave was certified for."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from django.db.models import Q

from cases.models.case import Absence, Case
from cases.models.certification import Certification
from cases.policy.frequency import over


def mark_over(case: Case) -> frozenset[dt.date]:
    """Marks all reported time of the case anew. Returns the days that went over it just now.

    For whoever reports or cancels time, or records a certification; the caller has a transaction and holds the lock on
    the case. Time counts as reported all the same: a specialist looks at it. One query where nothing is certified.
    """
    certified = [each.terms() for each in Certification.objects.filter(case=case)]
    if not certified:
        return frozenset()
    reported = case.absences.filter(status=Absence.Status.REPORTED)
    minutes: Counter[dt.date] = Counter()
    marked = set()
    for day, missed, is_over in reported.values_list("date", "minutes", "over_approved"):
        minutes[day] += missed
        marked |= {day} if is_over else set()
    days = over(minutes, certified)
    reported.filter(Q(date__in=days), over_approved=False).update(over_approved=True)
    reported.exclude(date__in=days).filter(over_approved=True).update(over_approved=False)
    return days - marked
