"""How much leave a person has used: approved days of other cases, and what was used outside this portal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from cases.models.case import Case
from cases.models.confidential import LeaveFacts, PriorUse
from cases.models.determination import DeterminationSpan
from cases.policy.codec import load
from cases.policy.determination import DayFinding
from cases.policy.types import LedgerEntry
from cases.services.inputs_cause import Cause, cause_of
from registration.models import Employee


def ledger_of(employee: Employee, *, but: Case) -> tuple[Cause, tuple[LedgerEntry, ...]]:
    """The cause of the case `but`, and all use that counts against it, by date. Three queries, however much there is.

    Only what a person approved counts. Minutes and the week they are measured by stay as they were when charged.
    """
    spans = _approved(employee, but=but)
    rows = LeaveFacts.objects.filter(case_id__in={but.pk, *(span.determination.case_id for span in spans)})
    causes = {facts.case_id: cause_of(facts) for facts in rows}
    entries = [*_charged(spans, causes, causes[but.pk]), *_outside(employee)]
    return causes[but.pk], tuple(sorted(entries, key=lambda entry: (entry.date, entry.policy)))


def approved_use(case: Case) -> frozenset[tuple[str, dt.date, Fraction, Fraction]]:
    """What the case itself adds to the person's other ones: policy, day, minutes and week. One query."""
    spans = _approved_spans().filter(determination__case=case)
    return frozenset(
        (approved[0].determination.policy.code, day.date, used(day), day.divisor)
        for approved in _by_determination(spans)
        for day in _days(approved)
    )


def _approved(employee: Employee, *, but: Case) -> list[DeterminationSpan]:
    return list(_approved_spans().filter(determination__case__employee=employee).exclude(determination__case=but))


def _approved_spans() -> QuerySet[DeterminationSpan]:
    approved = DeterminationSpan.objects.filter(determination__superseded_at=None, status=Case.Status.APPROVED)
    return approved.select_related("determination__policy").order_by("determination_id", "first_day")


def _by_determination(spans: Iterable[DeterminationSpan]) -> Iterable[list[DeterminationSpan]]:
    return (list(group) for _, group in groupby(spans, key=lambda span: span.determination_id))


def _days(approved: list[DeterminationSpan]) -> Iterable[DayFinding]:
    """The days of one determination that were approved and take something."""
    for day in load(tuple[DayFinding, ...], approved[0].determination.result["days"]):
        if used(day) and any(span.first_day <= day.date <= span.last_day for span in approved):
            yield day


def used(day: DayFinding) -> Fraction:
    """Of an approved day. One that the rules would not cover at all was approved against them, and counts whole."""
    return day.approved_minutes or day.minutes


def _charged(spans: Iterable[DeterminationSpan], causes: Mapping[UUID, Cause], asked: Cause) -> Iterable[LedgerEntry]:
    for approved in _by_determination(spans):
        decided = approved[0].determination
        cause = causes[decided.case_id].as_seen_from(asked)
        for day in _days(approved):
            yield LedgerEntry(
                policy=decided.policy.code,
                date=day.date,
                minutes=_whole(used(day)),
                week_minutes=_whole(day.divisor),
                status="approved",
                reason=cause.reason,
                relationship=cause.relationship,
                condition_id=cause.condition_id,
                event_id=cause.event.id if cause.event else None,
            )


def _whole(minutes: Fraction) -> int | Fraction:
    return minutes.numerator if minutes.denominator == 1 else minutes


def _outside(employee: Employee) -> Iterable[LedgerEntry]:
    for use in PriorUse.objects.filter(employee=employee):
        yield entry_of(use.policy_code, use.date, use.minutes, use.week_minutes, use.about)


def entry_of(policy: str, date: dt.date, minutes: int, week_minutes: int, about: Mapping[str, Any]) -> LedgerEntry:
    """`about` is as PriorUse.about has it. Raises cases.policy.codec.Malformed."""
    charged = {"policy": policy, "date": date.isoformat(), "minutes": minutes, "week_minutes": week_minutes}
    return load(LedgerEntry, {**charged, "status": "approved", **about})
