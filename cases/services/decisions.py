"""What a person decided of a leave, as it stands when the leave is worked out anew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cases.models.case import Case
from cases.models.determination import DECIDED, DeterminationSpan
from cases.policy.determination import Segment
from cases.policy.periods import ONE_DAY

GOODNESS = {"APPROVABLE": 2, "PARTIAL": 1}  # of a proposal; all others cover nothing


def decisions_of(case: Case) -> dict[str, list[DeterminationSpan]]:
    """What a person has approved or denied, by policy, ascending."""
    found: dict[str, list[DeterminationSpan]] = {}
    spans = DeterminationSpan.objects.filter(
        determination__case=case, determination__superseded_at=None, status__in=DECIDED
    )
    for span in spans.select_related("determination__policy").order_by("first_day"):
        found.setdefault(span.determination.policy.code, []).append(span)
    return found


@dataclass(frozen=True)
class Piece:
    """Part of a segment. `decision`, and the proposal it was made of, are "" where nobody has decided."""

    first_day: dt.date
    last_day: dt.date
    decision: str = ""
    proposal_when_decided: str = ""


def pieces(segment: Segment, decided: Sequence[DeterminationSpan]) -> Iterator[Piece]:
    """A segment cut where decisions begin and end."""
    first = segment.from_
    for span in decided:
        start, end = max(first, span.first_day), min(segment.to, span.last_day)
        if start > end:
            continue
        if first < start:
            yield Piece(first, start - ONE_DAY)
        was = span.proposal_when_decided or span.proposal
        stands = span.status == Case.Status.DENIED or not _is_worse(segment.status, than=was)
        yield Piece(start, end, span.status, was) if stands else Piece(start, end)
        first = end + ONE_DAY
    if first <= segment.to:
        yield Piece(first, segment.to)


def _is_worse(proposal: str, *, than: str) -> bool:
    """An approval does not reach to days for which less is left than there was: a person looks at them again.

    One that was given against the proposal stands for as long as that says no less.
    """
    return GOODNESS.get(proposal, 0) < GOODNESS.get(than, 0)
