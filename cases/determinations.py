"""What a person may know of how their leave stands with each policy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from cases.covers import covered
from cases.explaining import cited, explained, tells_why
from cases.explaining_amounts import Measure, course, governing, limited, noted, telling, telling_notes
from cases.meanings import meaning, shown_status
from cases.models.case import Case
from cases.models.confidential import CalculationInputs
from cases.models.determination import Determination, DeterminationSpan
from cases.policy import determination as rules
from cases.policy.codec import load
from registration.models import User


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
    meaning: str  # what is proposed or decided, in the active language


@dataclass(frozen=True)
class PolicyAccount:
    """How much one policy gives for a leave, in words such as “12 weeks (450 hours)”, and how that was worked out."""

    policy_code: str
    policy_name: str
    entitled: str
    used: str  # before this leave, or approved for later; of a shared limit only that it is shared
    covered: str  # of this leave
    left: str  # on its last day
    worked_out: tuple[str, ...]  # whole sentences, with the law that each stands on


def spans_of(cases: Iterable[Case], *, owner: User, why: bool = True) -> dict[UUID, list[PolicySpan]]:
    """Of each case, by first day and then in the order of policies; [] where there are none. One query.

    Of a covered case nothing is read: a policy's name alone tells whether somebody is ill or has a child. Without
    `why`, no meaning tells the child's date or the condition. Raises PermissionDenied when one of the cases is not
    the owner’s.
    """
    own = {case.pk: case for case in _own(cases, owner)}
    found: dict[UUID, list[PolicySpan]] = {key: [] for key in own}
    readable = found.keys() - covered(own.values(), viewer=owner)
    rows = DeterminationSpan.objects.filter(determination__case__in=readable, determination__superseded_at=None)
    in_order = ("first_day", "determination__policy__position", "determination__policy__code")
    results: dict[UUID, rules.Determination] = {}
    for row in rows.select_related("determination__policy").order_by(*in_order) if found else ():
        if row.determination_id not in results:
            results[row.determination_id] = result_of(row.determination)
        case = own[row.determination.case_id]
        found[case.pk].append(_span(row, results[row.determination_id], case=case, why=why))
    return found


def _own(cases: Iterable[Case], owner: User) -> list[Case]:
    own = list(cases)
    if not all(case.belongs_to(owner) for case in own):
        raise PermissionDenied
    return own


def _span(row: DeterminationSpan, result: rules.Determination, *, case: Case, why: bool) -> PolicySpan:
    policy, status = row.determination.policy, shown_status(row, case)
    return PolicySpan(
        policy_code=policy.code,
        policy_name=policy.name,
        status=status,
        status_label=str(Case.Status(status).label),
        first_day=row.first_day,
        last_day=row.last_day,
        minutes=row.minutes,
        meaning=meaning(row, result, case=case, why=why),
    )


def result_of(row: Determination) -> rules.Determination:
    """As the rules gave it, but without its days, which may be hundreds. Raises cases.policy.codec.Malformed."""
    return load(rules.Determination, {**row.result, "days": []})


def accounts_of(case: Case, *, owner: User, why: bool = True) -> list[PolicyAccount]:
    """Of every policy that speaks to the leave, in their order. Raises PermissionDenied for anybody else.

    One query, and one for each policy that was edited since.
    A cancelled leave takes nothing, and has none; of a covered one nothing is worked out before its owner's eyes.
    Without `why`, nothing is said of tests that tell the child's date or the condition.
    """
    (own,) = _own([case], owner)
    if own.status == Case.Status.CANCELLED or covered([own], viewer=owner):
        return []
    rows = Determination.objects.current().filter(case=own).select_related("policy", "calculation")
    return [_account(row, pattern=own.pattern, why=why) for row in rows.order_by("policy__position", "policy__code")]


def _account(row: Determination, *, pattern: str, why: bool) -> PolicyAccount:
    result = result_of(row)
    if not why:
        told = tuple(finding for finding in result.findings if not tells_why(finding))
        result = replace(result, findings=told)
    measure = _measure(row)
    limit = governing(result)
    nothing = Fraction(0)
    shared = _shared(row)
    used = measure.words(limit.used + limit.during if limit else nothing)
    return PolicyAccount(
        policy_code=row.policy.code,
        policy_name=row.policy.name,
        entitled=measure.words(limit.amount if limit else nothing),
        used=_("Shared with your partner") if limit and (limit.used or limit.during) and limit.id in shared else used,
        covered=measure.shown(result.approved),
        left=_left(row, result, measure, pattern=pattern),
        worked_out=tuple(dict.fromkeys(_worked_out(result, measure, shared, back=_back(row)))),
    )


def _measure(row: Determination) -> Measure:
    week = Fraction(row.calculation.week_minutes)
    uneven = any(Fraction(day["divisor"]) != week for day in row.result["days"])
    return Measure(in_weeks=row.result["unit"] == "weeks", week=week, uneven=uneven)


def _back(row: Determination) -> dt.date | None:
    """The first day that this leave is covered again after nothing was left."""
    empty = row.result["exhaustion_date"]
    covered = (day["date"] for day in row.result["days"] if Fraction(day["approved_minutes"]))
    again = next((day for day in covered if empty and day > empty), None)
    return dt.date.fromisoformat(again) if again else None


def _left(row: Determination, result: rules.Determination, measure: Measure, *, pattern: str) -> str:
    """What is left after the last day that this leave takes.

    The rules' closing balance is of the last day of the year a leave taken now and then is asked for: by then, old
    use has rolled off or a new year has begun, and it would promise time that is not there today.
    """
    if pattern != Case.Pattern.INTERMITTENT:
        return measure.shown(result.balance_end)
    taken = row.result["days"]
    return measure.words(Fraction(taken[-1]["left_after"])) if taken else measure.shown(result.balance_start)


def _shared(row: Determination) -> frozenset[str]:
    """The limits to which a partner's use counts, as the policy stood when it was worked out."""
    terms = row.policy.row if row.policy.version == row.policy_version else _terms_then(row)
    return frozenset(limit["id"] for limit in terms.get("limits", ()) if limit.get("include_partner"))


def _terms_then(row: Determination) -> dict[str, Any]:
    told = CalculationInputs.objects.get(calculation=row.calculation_id).content["policies"]
    terms: dict[str, Any] = next(policy for policy in told if policy["code"] == row.policy.code)
    return terms


def _worked_out(
    result: rules.Determination, measure: Measure, shared: frozenset[str], *, back: dt.date | None
) -> Iterator[str]:
    """The tests, then the limits, then what this leave takes and what was special about it."""
    for finding in result.findings:
        yield cited(explained(finding), finding.authority)
    for limit in telling(result):
        yield limited(limit, measure, shared=limit.id in shared)
    yield from course(result, measure, back=back)
    for code in telling_notes(result):
        yield noted(code, result, measure)
