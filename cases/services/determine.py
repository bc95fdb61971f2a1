"""Working out which policy covers which days of a leave. The rules propose; a person's decisions stay as they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import structlog
from django.db import transaction

from cases.ledger import approved_use, used
from cases.models.case import Case
from cases.models.confidential import CalculationInputs
from cases.models.determination import DECIDED, Calculation, Determination, DeterminationSpan
from cases.models.policy import Policy
from cases.policy import determination as policy
from cases.policy import policies as rules
from cases.policy.balance import half_up
from cases.policy.codec import dump
from cases.policy.engine import ENGINE_VERSION, roster_of
from cases.services.decisions import Piece, decisions_of, pieces
from cases.services.inputs import Inputs, inputs_of, without
from cases.services.undetermined import ALL, close_tasks, hand_to_staff
from portal.lib import clock

log = structlog.get_logger("portal.determine")

OTHERS = 5  # open leaves of one person that are worked out anew at once
ROUNDS = 3  # of them, at most
Status = Case.Status


def determine_case(case: Case, *, now: dt.datetime) -> None:
    """Puts new determinations in the place of the case's current ones; the person's other leaves follow.

    A day-to-day case has none, and what ended stays as it is. The caller has a transaction and holds the lock on the
    case's employee. Whatever goes wrong here is undone, logged and made a task for staff: a request is never lost
    because it could not be worked out. `now` is civil time.
    """
    if case.kind != Case.Kind.LEAVE or case.status not in Case.OPEN:
        return
    before = approved_use(case)
    _determine_safely(case, now=now)
    if approved_use(case) != before:
        determine_others(case, now=now)


def determine_others(case: Case, *, now: dt.datetime) -> None:
    """The person's other open leaves, whose time this one's approved days count against. As `determine_case`.

    Also for whoever approves or denies days of the case. The newest OTHERS, by their first day, and again while what is
    approved of one of them changes what is left to another; the rest become tasks.
    """
    others = Case.objects.filter(employee=case.employee_id).exclude(pk=case.pk).open_leaves().newest_first()
    locked = list(others.select_for_update(no_key=True, of=("self",)).select_related("employee"))
    for other in locked[OTHERS:]:
        hand_to_staff(other, ALL, now=now)
    ascending = sorted(locked[:OTHERS], key=lambda other: other.first_day or clock.local(other.opened_at).date())
    for _ in range(ROUNDS):
        before = [approved_use(other) for other in ascending]
        for other in ascending:
            _determine_safely(other, now=now)
        if [approved_use(other) for other in ascending] == before:
            break


def cancel_determinations(case: Case, *, now: dt.datetime) -> None:
    """Nothing of a cancelled leave stands; what was worked out stays to be read. The person's other leaves follow."""
    before = approved_use(case)
    for row in Determination.objects.current().filter(case=case).prefetch_related("spans"):
        spans = list(row.spans.all())
        Determination.objects.filter(pk=row.pk).update(superseded_at=now)
        again = _cancelled(row)
        again.save()
        for span in spans:
            span.pk, span.determination, span.status = None, again, Status.CANCELLED
        DeterminationSpan.objects.bulk_create(spans)
    if before:
        determine_others(case, now=now)


def _cancelled(row: Determination) -> Determination:
    return Determination(
        calculation_id=row.calculation_id,
        case_id=row.case_id,
        policy_id=row.policy_id,
        policy_version=row.policy_version,
        status=Status.CANCELLED,
        result=row.result,
    )


def _determine_safely(case: Case, *, now: dt.datetime) -> None:
    try:
        with transaction.atomic():
            unread = _determine(case, now=now)
    except Exception:
        log.exception("determination failed")
        hand_to_staff(case, ALL, now=now)
        return
    for code in unread:
        hand_to_staff(case, code, now=now)
    close_tasks(case, but=unread, now=now)


def _determine(case: Case, *, now: dt.datetime) -> list[str]:
    """The codes of the policies that could not be worked out: their former answers stay."""
    decided = decisions_of(case)
    inputs, policies = inputs_of(case, decided=[span for spans in decided.values() for span in spans])
    inputs, answers = _answers(inputs)
    unread = sorted(policies.keys() - {each.code for each in inputs.policies})
    results = [result for result in answers if result.eligibility != "NOT_APPLICABLE"]
    standing = {code for code, spans in decided.items() if any(span.status in DECIDED for span in spans)}
    silent = standing - {result.policy for result in results}
    _supersede(case, keep={*silent, *unread}, now=now)
    calculation = _calculation(case, inputs, now=now)
    _write(calculation, policies, results, decided)
    return unread


def _answers(inputs: Inputs) -> tuple[Inputs, tuple[policy.Determination, ...]]:
    """What the policies answer that can be worked out, and what they were told. Raises when none can."""
    try:
        return inputs, inputs.determine()
    except Exception:
        wrong = {each.code: problem for each in inputs.policies if (problem := _problem(each, inputs))}
        left = replace(inputs, policies=tuple(without(wrong.keys(), inputs.policies)))
        answers = left.determine()
        if all(answer.eligibility == "NOT_APPLICABLE" for answer in answers):
            raise  # no policy is at fault: the person or the leave is
    for code, problem in wrong.items():
        log.error("policy cannot be worked out", code=code, exc_info=problem)
    return left, answers


def _problem(terms: rules.Policy, inputs: Inputs) -> Exception | None:
    """Why a policy cannot be worked out, even on its own."""
    try:
        replace(inputs, policies=(terms,)).determine()
    except Exception as problem:
        return problem
    return None


def _supersede(case: Case, *, keep: Collection[str], now: dt.datetime) -> None:
    """All but decisions of policies that no longer speak to the leave: only a person takes those back."""
    current = Determination.objects.current().filter(case=case)
    current.exclude(policy__code__in=keep).update(superseded_at=now)


def _calculation(case: Case, inputs: Inputs, *, now: dt.datetime) -> Calculation:
    request = inputs.request
    week = roster_of(request, inputs.employee, inputs.calendar).reference_week(request.start)
    calculation = Calculation.objects.create(
        case=case, computed_at=now, engine_version=ENGINE_VERSION, week_minutes=str(week)
    )
    CalculationInputs.objects.create(calculation=calculation, content=dump(inputs))
    return calculation


def _write(
    calculation: Calculation,
    policies: Mapping[str, Policy],
    results: Sequence[policy.Determination],
    decided: Mapping[str, Sequence[DeterminationSpan]],
) -> None:
    rows = [_row(calculation, policies[result.policy], result) for result in results]
    spans = [_spans(row, result, decided.get(result.policy, ())) for row, result in zip(rows, results, strict=True)]
    for row, its_spans in zip(rows, spans, strict=True):
        row.status = _summary({span.status for span in its_spans})
    Determination.objects.bulk_create(rows)
    DeterminationSpan.objects.bulk_create(span for its_spans in spans for span in its_spans)


def _row(calculation: Calculation, row: Policy, result: policy.Determination) -> Determination:
    return Determination(
        calculation=calculation, case=calculation.case, policy=row, policy_version=row.version, result=dump(result)
    )


def _summary(statuses: set[str]) -> str:
    """Of the whole leave: what is still open shows; approved in part is approved."""
    order = [Status.INFO_NEEDED, Status.PENDING, Status.APPROVED, Status.DENIED]
    return next(status for status in order if status in statuses)


def _spans(
    row: Determination, result: policy.Determination, decided: Sequence[DeterminationSpan]
) -> list[DeterminationSpan]:
    """What nobody has decided is pending: the rules never approve and never deny."""
    block = row.case.pattern == Case.Pattern.CONTINUOUS
    charged = None if block else {day.date for day in result.days}
    proposed = Status.INFO_NEEDED if result.eligibility == "PENDING_INFO" else Status.PENDING
    return [
        DeterminationSpan(
            determination=row,
            first_day=piece.first_day,
            last_day=piece.last_day,
            status=piece.decision or proposed,
            proposal=segment.status,
            proposal_when_decided=piece.proposal_when_decided,
            minutes=_covered_minutes(result, piece),
        )
        for segment in result.segments
        for piece in pieces(segment, decided, charged)
    ]


def _covered_minutes(result: policy.Determination, piece: Piece) -> int:
    within = [day for day in result.days if piece.first_day <= day.date <= piece.last_day]
    return half_up(sum(used(day) if piece.decision == Status.APPROVED else day.approved_minutes for day in within))
