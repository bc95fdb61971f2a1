"""Working out which policy covers which days of a leave. The rules propose; a person's decisions stay as they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import structlog
from django.db import transaction

from cases.models.case import Case
from cases.models.confidential import CalculationInputs
from cases.models.determination import DECIDED, Calculation, Determination, DeterminationSpan
from cases.models.policy import Policy
from cases.policy import determination as policy
from cases.policy.balance import half_up
from cases.policy.codec import dump
from cases.policy.engine import ENGINE_VERSION, roster_of
from cases.policy.periods import ONE_DAY
from cases.services.inputs import Inputs, inputs_of
from cases.services.tasks import Kind, WaitsOn, open_task
from portal.lib import clock

log = structlog.get_logger("portal.determine")

COVERED = ("APPROVABLE", "PARTIAL")
Status = Case.Status


def determine_case(case: Case, *, now: dt.datetime) -> None:
    """Puts new determinations in the place of the case's current ones. A day-to-day case has none.

    The caller has a transaction and holds the lock on the case's employee. Whatever goes wrong here is undone, logged
    and made a task for staff: a request is never lost because it could not be worked out. `now` is civil time.
    """
    if case.kind != Case.Kind.LEAVE:
        return
    try:
        with transaction.atomic():
            _determine(case, now=now)
    except Exception:
        log.exception("determination failed")
        open_task(
            key=f"determination {case.pk} {clock.local(now).date()}",
            kind=Kind.DETERMINATION_FAILED,
            waits_on=WaitsOn.STAFF,
            case_id=case.pk,
            agency_id=case.employee.agency_id,
            due_on=clock.local(now).date(),
            now=now,
        )


def _determine(case: Case, *, now: dt.datetime) -> None:
    decided = _decided(case)
    inputs, policies = inputs_of(case, decided=[span for spans in decided.values() for span in spans])
    results = [result for result in inputs.determine() if result.eligibility != "NOT_APPLICABLE"]
    _supersede(case, keep=decided.keys() - {result.policy for result in results}, now=now)
    calculation = _calculation(case, inputs, now=now)
    rows = [_row(calculation, policies[result.policy], result) for result in results]
    spans = [
        _spans(case, row, result, decided.get(result.policy, ())) for row, result in zip(rows, results, strict=True)
    ]
    for row, its_spans in zip(rows, spans, strict=True):
        row.status = _summary({span.status for span in its_spans})
    Determination.objects.bulk_create(rows)
    DeterminationSpan.objects.bulk_create(span for its_spans in spans for span in its_spans)


def _decided(case: Case) -> dict[str, list[DeterminationSpan]]:
    """What a person has approved or denied, by policy, ascending. Nothing is left of it when the case is cancelled."""
    if case.status == Status.CANCELLED:
        return {}
    found: dict[str, list[DeterminationSpan]] = {}
    spans = DeterminationSpan.objects.filter(
        determination__case=case, determination__superseded_at=None, status__in=DECIDED
    )
    for span in spans.select_related("determination__policy").order_by("first_day"):
        found.setdefault(span.determination.policy.code, []).append(span)
    return found


def _supersede(case: Case, *, keep: Iterable[str], now: dt.datetime) -> None:
    """All but decisions of policies that no longer speak to the leave: only a person takes those back."""
    current = Determination.objects.current().filter(case=case)
    current.exclude(policy__code__in=list(keep)).update(superseded_at=now)


def _calculation(case: Case, inputs: Inputs, *, now: dt.datetime) -> Calculation:
    request = inputs.request
    week = roster_of(request, inputs.employee, inputs.calendar).reference_week(request.start)
    calculation = Calculation.objects.create(
        case=case, computed_at=now, engine_version=ENGINE_VERSION, week_minutes=str(week)
    )
    CalculationInputs.objects.create(calculation=calculation, content=dump(inputs))
    return calculation


def _row(calculation: Calculation, row: Policy, result: policy.Determination) -> Determination:
    return Determination(
        calculation=calculation, case=calculation.case, policy=row, policy_version=row.version, result=dump(result)
    )


def _summary(statuses: set[str]) -> str:
    """Of the whole leave: what is still open shows; approved in part is approved."""
    order = [Status.INFO_NEEDED, Status.PENDING, Status.APPROVED, Status.DENIED, Status.CANCELLED]
    return next(status for status in order if status in statuses)


def _spans(
    case: Case, row: Determination, result: policy.Determination, decided: Sequence[DeterminationSpan]
) -> list[DeterminationSpan]:
    proposed = _proposed(case, result)
    return [
        DeterminationSpan(
            determination=row,
            first_day=piece.first_day,
            last_day=piece.last_day,
            status=piece.decision or proposed,
            proposal=segment.status,
            minutes=_covered_minutes(result, piece),
        )
        for segment in result.segments
        for piece in _pieces(segment, decided)
    ]


def _proposed(case: Case, result: policy.Determination) -> Status:
    """What the employee sees until a specialist has decided. The rules never approve and never deny."""
    if case.status == Status.CANCELLED:
        return Status.CANCELLED
    return Status.INFO_NEEDED if result.eligibility == "PENDING_INFO" else Status.PENDING


@dataclass(frozen=True)
class Piece:
    """Part of a segment; `decision` is "" where nobody has decided."""

    first_day: dt.date
    last_day: dt.date
    decision: str


def _pieces(segment: policy.Segment, decided: Sequence[DeterminationSpan]) -> Iterator[Piece]:
    """A segment cut where decisions begin and end."""
    first = segment.from_
    for span in decided:
        start, end = max(first, span.first_day), min(segment.to, span.last_day)
        if start > end:
            continue
        if first < start:
            yield Piece(first, start - ONE_DAY, "")
        yield Piece(start, end, span.status if _stands(span, segment) else "")
        first = end + ONE_DAY
    if first <= segment.to:
        yield Piece(first, segment.to, "")


def _stands(span: DeterminationSpan, segment: policy.Segment) -> bool:
    """An approval does not reach to days for which nothing is left any more: a person looks at them again."""
    return span.status == Status.DENIED or segment.status in COVERED


def _covered_minutes(result: policy.Determination, piece: Piece) -> int:
    within = (day.approved_minutes for day in result.days if piece.first_day <= day.date <= piece.last_day)
    return half_up(sum(within))
