"""What a person decided of a leave, as it stands when the leave is worked out anew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q

from cases.models.case import Case
from cases.models.determination import DECIDED, DeterminationSpan
from cases.policy.determination import Segment
from cases.policy.periods import ONE_DAY

GOODNESS = {"APPROVABLE": 2, "PARTIAL": 1}  # of a proposal; all others cover nothing
UNDECIDED = (Case.Status.PENDING, Case.Status.INFO_NEEDED)


def decisions_of(case: Case) -> dict[str, list[DeterminationSpan]]:
    """What a person has approved or denied, by policy, ascending; approvals withdrawn since are among them."""
    found: dict[str, list[DeterminationSpan]] = {}
    spans = DeterminationSpan.objects.filter(determination__case=case, determination__superseded_at=None)
    withdrawn = Q(status__in=UNDECIDED) & ~Q(proposal_when_decided="")
    decided = spans.filter(Q(status__in=DECIDED) | withdrawn)
    for span in decided.select_related("determination__policy").order_by("first_day"):
        found.setdefault(span.determination.policy.code, []).append(span)
    return found


@dataclass(frozen=True)
class Piece:
    """Part of a segment.

    `decision`, and the proposal it was made of, are "" where nobody has decided. With the proposal alone, an approval
    was withdrawn: it stands again as soon as the proposal is as good as it was.
    """

    first_day: dt.date
    last_day: dt.date
    decision: str = ""
    proposal_when_decided: str = ""

    def follows(self, other: Piece) -> bool:
        same = (self.decision, self.proposal_when_decided) == (other.decision, other.proposal_when_decided)
        return same and self.first_day == other.last_day + ONE_DAY


def pieces(
    segment: Segment, decided: Sequence[DeterminationSpan], charged: Collection[dt.date] | None = None
) -> list[Piece]:
    """A segment cut where decisions begin and end.

    `charged`: the days of a leave taken now and then that take something. Where time has run out, an approval is
    withdrawn for them alone: of the other days, nobody has asked for any. None for a leave in one block.
    """
    cut: list[Piece] = []
    for piece in _cut(segment, decided, charged):
        if cut and piece.follows(cut[-1]):
            cut[-1] = replace(cut[-1], last_day=piece.last_day)
        else:
            cut.append(piece)
    return cut


def _cut(
    segment: Segment, decided: Sequence[DeterminationSpan], charged: Collection[dt.date] | None
) -> Iterator[Piece]:
    first = segment.from_
    for span in decided:
        start, end = max(first, span.first_day), min(segment.to, span.last_day)
        if start > end:
            continue
        if first < start:
            yield Piece(first, start - ONE_DAY)
        yield from _decided(Piece(start, end, *_decision(span)), segment.status, charged)
        first = end + ONE_DAY
    if first <= segment.to:
        yield Piece(first, segment.to)


def _decision(span: DeterminationSpan) -> tuple[str, str]:
    """What was decided, and of which proposal. Only approvals are ever withdrawn."""
    denied = span.status == Case.Status.DENIED
    return Case.Status.DENIED if denied else Case.Status.APPROVED, span.proposal_when_decided or span.proposal


def _decided(piece: Piece, proposal: str, charged: Collection[dt.date] | None) -> Iterator[Piece]:
    """An approval is taken off the days of which the rules now say less."""
    if piece.decision == Case.Status.DENIED or not _is_worse(proposal, than=piece.proposal_when_decided):
        yield piece
        return
    if charged is None or proposal != "EXHAUSTED":
        yield replace(piece, decision="")
        return
    first = piece.first_day
    for day in sorted(day for day in charged if piece.first_day <= day <= piece.last_day):
        if first < day:
            yield replace(piece, first_day=first, last_day=day - ONE_DAY)
        yield replace(piece, first_day=day, last_day=day, decision="")
        first = day + ONE_DAY
    if first <= piece.last_day:
        yield replace(piece, first_day=first)


def _is_worse(proposal: str, *, than: str) -> bool:
    """An approval does not reach to days for which less is left than there was: a person looks at them again.

    One that was given against the proposal stands for as long as that says no less.
    """
    return GOODNESS.get(proposal, 0) < GOODNESS.get(than, 0)
