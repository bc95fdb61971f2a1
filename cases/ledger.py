"""How much leave a person has used: approved days of other cases, and what was used outside this portal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from cases.models.case import Absence, Case, CaseEvent
from cases.models.confidential import LeaveFacts, PriorUse
from cases.models.determination import DeterminationSpan
from cases.policy.codec import load
from cases.policy.determination import DayFinding
from cases.policy.types import LedgerEntry
from cases.services.inputs_cause import Cause, cause_of, event_named
from registration.models import Employee

Cancelled = Mapping[tuple[UUID, dt.date], dt.datetime]  # when all time of a case and a day was cancelled


def ledger_of(employee: Employee, *, but: Case) -> tuple[Cause, tuple[LedgerEntry, ...]]:
    """The cause of the case `but`, and all use that counts against it, by date. Four queries, however much there is.

    Only what a person approved counts. Minutes and the week they are measured by stay as they were when charged.
    """
    spans = _approved(employee, but=but)
    rows = LeaveFacts.objects.filter(case_id__in={but.pk, *(span.determination.case_id for span in spans)})
    causes = {facts.case_id: cause_of(facts) for facts in rows}
    charged = _charged(spans, _given_back(spans), causes, causes[but.pk])
    entries = [*charged, *_outside(employee, causes[but.pk])]
    return causes[but.pk], tuple(sorted(entries, key=lambda entry: (entry.date, entry.policy)))


def approved_use(case: Case) -> frozenset[tuple[str, dt.date, Fraction, Fraction]]:
    """What the case itself adds to the person's other ones: policy, day, minutes and week. At most two queries."""
    spans = list(_approved_spans().filter(determination__case=case))
    given_back = _given_back(spans)
    return frozenset(
        (approved[0].determination.policy.code, day.date, used(day), day.divisor)
        for approved in _by_determination(spans)
        for day in _days(approved, given_back)
    )


def _approved(employee: Employee, *, but: Case) -> list[DeterminationSpan]:
    return list(_approved_spans().filter(determination__case__employee=employee).exclude(determination__case=but))


def _approved_spans() -> QuerySet[DeterminationSpan]:
    approved = DeterminationSpan.objects.filter(determination__superseded_at=None, status=Case.Status.APPROVED)
    related = approved.select_related("determination__policy", "determination__calculation")
    return related.order_by("determination_id", "first_day")


def _given_back(spans: Iterable[DeterminationSpan]) -> Cancelled:
    """Days of which all time was cancelled: a leave that ended is not worked out anew. No query without spans."""
    cases = {span.determination.case_id for span in spans}
    if not cases:
        return {}
    still = Absence.objects.filter(
        case=OuterRef("case"), date=OuterRef("absence__date"), status=Absence.Status.REPORTED
    )
    facts = CaseEvent.objects.filter(case__in=cases, absence__status=Absence.Status.CANCELLED)
    facts = facts.filter(~Exists(still), kind=CaseEvent.Kind.ABSENCE_CANCELLED)
    return {(case, day): at for case, day, at in facts.order_by("at").values_list("case_id", "absence__date", "at")}


def _by_determination(spans: Iterable[DeterminationSpan]) -> Iterable[list[DeterminationSpan]]:
    return (list(group) for _, group in groupby(spans, key=lambda span: span.determination_id))


def _days(approved: list[DeterminationSpan], given_back: Cancelled) -> Iterable[DayFinding]:
    """The days of one determination that were approved, take something, and were not cancelled since."""
    decided = approved[0].determination
    worked_out = decided.calculation.computed_at
    for day in load(tuple[DayFinding, ...], decided.result["days"]):
        if given_back.get((decided.case_id, day.date), worked_out) > worked_out:
            continue
        if used(day) and any(span.first_day <= day.date <= span.last_day for span in approved):
            yield day


def used(day: DayFinding) -> Fraction:
    """Of an approved day. One that the rules would not cover at all was approved against them, and counts whole."""
    return day.approved_minutes or day.minutes


def _charged(
    spans: Iterable[DeterminationSpan], given_back: Cancelled, causes: Mapping[UUID, Cause], asked: Cause
) -> Iterable[LedgerEntry]:
    for approved in _by_determination(spans):
        decided = approved[0].determination
        cause = causes[decided.case_id].as_seen_from(asked)
        for day in _days(approved, given_back):
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


def _outside(employee: Employee, asked: Cause) -> Iterable[LedgerEntry]:
    """A birth or placement typed with a day a little off is the one that is asked for, as for other leaves."""
    for use in PriorUse.objects.filter(employee=employee):
        entry = entry_of(use.policy_code, use.date, use.minutes, use.week_minutes, use.about)
        if asked.event and entry.event_id and asked.is_for(event_named(entry.event_id)):
            entry = replace(entry, event_id=asked.event.id)
        yield entry


def entry_of(policy: str, date: dt.date, minutes: int, week_minutes: int, about: Mapping[str, Any]) -> LedgerEntry:
    """`about` is as PriorUse.about has it. Raises cases.policy.codec.Malformed."""
    charged = {"policy": policy, "date": date.isoformat(), "minutes": minutes, "week_minutes": week_minutes}
    return load(LedgerEntry, {**charged, "status": "approved", **about})
