"""What some days under one policy mean for the person: one plain answer, and who decides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from cases import wording
from cases.explaining import asked, explained, tells_why
from cases.explaining_amounts import NOTES, Measure, began_empty, governing
from cases.models.case import Case
from cases.models.determination import DeterminationSpan
from cases.policy.determination import Determination, Finding
from portal.lib.wording import duration, long_date, short_date

Status = Case.Status
UNDECIDED = (Status.PENDING, Status.INFO_NEEDED)
COVERED = ("APPROVABLE", "PARTIAL")
NO_HOURS = Fraction(0)
KEPT = "LOOKAHEAD_BINDING"


@dataclass(frozen=True)
class Answer:
    """What a policy answers for some days. Without `why`, no test that tells of the reason is quoted."""

    span: DeterminationSpan
    result: Determination
    why: bool

    def findings(self, how: str) -> Iterator[Finding]:
        """The tests that came out so and were decisive."""
        found = (finding for finding in self.result.findings if finding.result == how and finding.decides)
        return (finding for finding in found if self.why or not tells_why(finding))


def shown_status(span: DeterminationSpan, case: Case) -> str:
    """What nobody decided ends with its case."""
    return case.status if span.status in UNDECIDED and case.status not in Case.OPEN else span.status


def meaning(span: DeterminationSpan, result: Determination, *, case: Case, why: bool) -> str:
    """In the active language. What nobody has decided is told as what is proposed, as long as the case is open.

    Without `why`, it says nothing from which the reason could be told.
    """
    status = Status(shown_status(span, case))
    if status not in UNDECIDED:
        return str(wording.STATUS[status])
    answer = Answer(span, result, why)
    if span.proposal in PROBABLY_NOT and (told := PROBABLY_NOT[span.proposal](answer)):
        return told
    if status == Status.INFO_NEEDED:
        return _("%(why)s Your specialist decides.") % {"why": _unknown(answer)}
    if span.proposal == "PARTIAL":
        return _("Covered in part, if your specialist agrees: %(time)s.") % {"time": duration(span.minutes)}
    if span.proposal == "DEFERRED":
        return _("Not needed yet: another policy covers these days.")
    return _("Covered, if your specialist agrees.")


def _unknown(answer: Answer) -> str:
    """What is not known, and who is asked for it."""
    told = [f"{explained(finding)} {asked(finding)}" for finding in answer.findings("UNKNOWN")]
    return " ".join(told) or _("We do not know everything yet that this policy asks for.")


def _refused(why: str) -> str:
    if not why:
        return _("Probably not covered. Your specialist decides.")
    return _("Probably not covered. %(why)s Your specialist decides.") % {"why": why}


def _exhausted(answer: Answer) -> str:
    """ "" where the policy has nothing to use up and something else is open."""
    result = answer.result
    limit, day = governing(result), result.exhaustion_date
    if limit is None or not limit.amount or day is None:
        unknown = result.eligibility == "PENDING_INFO"
        return "" if unknown else _refused(_("You have no time left under this policy."))
    amount = {"amount": Measure(in_weeks=result.unit == "weeks", week=NO_HOURS).words(limit.amount)}
    before = [part.to for part in result.segments if part.status in COVERED and part.to < answer.span.first_day]
    if began_empty(result) and not before and KEPT in result.notes:
        return _refused(str(NOTES[KEPT]))
    if began_empty(result) and not before:
        told = _(
            "Probably not covered: your %(amount)s were already used up when this leave began. Your specialist decides."
        )
        return told % amount
    told = _("Probably not covered: your %(amount)s are used up on %(date)s. Your specialist decides.")
    return told % {**amount, "date": short_date(_used_up_on(result, before, day))}


def _used_up_on(result: Determination, before: list[dt.date], first: dt.date) -> dt.date:
    """Before these days: the first time, or, where time came back in between, the last day that was covered."""
    again = any(part.status == "EXHAUSTED" and part.to < max(before, default=first) for part in result.segments)
    return max(before) if again else first


def _ineligible(answer: Answer) -> str:
    starts = answer.result.eligible_from
    if starts and starts > answer.span.first_day:
        return _refused(_("This policy covers you from %(date)s.") % {"date": long_date(starts)})
    return _refused(next((explained(finding) for finding in answer.findings("FAIL")), ""))


def _waiting(answer: Answer) -> str:
    return _refused(_("These days are the waiting period."))


def _out_of_window(answer: Answer) -> str:
    return _refused(_("This policy does not give leave on these days."))


PROBABLY_NOT: dict[str, Callable[[Answer], str]] = {
    "EXHAUSTED": _exhausted,
    "INELIGIBLE": _ineligible,
    "WAITING": _waiting,
    "OUT_OF_WINDOW": _out_of_window,
}
