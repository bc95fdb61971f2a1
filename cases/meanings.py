"""What some days under one policy mean for the person: one plain answer, and who decides."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from django.utils.translation import gettext as _

from cases import wording
from cases.explaining import explained
from cases.explaining_amounts import Measure, governing
from cases.models.case import Case
from cases.models.determination import DeterminationSpan
from cases.policy.determination import Determination
from portal.lib.wording import duration, long_date, short_date

Status = Case.Status
UNDECIDED = (Status.PENDING, Status.INFO_NEEDED)
NO_HOURS = Fraction(0)


def meaning(span: DeterminationSpan, result: Determination) -> str:
    """In the active language. What nobody has decided is told as what is proposed."""
    if span.status not in UNDECIDED:
        return str(wording.STATUS[Status(span.status)])
    if span.proposal in PROBABLY_NOT and (why := PROBABLY_NOT[span.proposal](result)):
        return why
    if span.status == Status.INFO_NEEDED:
        return _("%(why)s Your specialist decides.") % {"why": next(_found(result, "UNKNOWN"))}
    if span.proposal == "PARTIAL":
        return _("Covered in part, if your specialist agrees: %(time)s.") % {"time": duration(span.minutes)}
    if span.proposal == "DEFERRED":
        return _("Not needed yet: another policy covers these days.")
    return _("Covered, if your specialist agrees.")


def _found(result: Determination, how: str) -> Iterator[str]:
    return (explained(finding) for finding in result.findings if finding.result == how)


def _refused(why: str) -> str:
    return _("Probably not covered. %(why)s Your specialist decides.") % {"why": why}


def _exhausted(result: Determination) -> str:
    """ "" where the policy has nothing to use up and something else is open."""
    limit, day = governing(result), result.exhaustion_date
    if limit is None or not limit.amount or day is None:
        unknown = result.eligibility == "PENDING_INFO"
        return "" if unknown else _refused(_("You have no time left under this policy."))
    amount = Measure(in_weeks=result.unit == "weeks", week=NO_HOURS).words(limit.amount)
    told = _("Probably not covered: your %(amount)s are used up on %(date)s. Your specialist decides.")
    return told % {"amount": amount, "date": short_date(day)}


def _ineligible(result: Determination) -> str:
    failed = next(_found(result, "FAIL"), None)
    if failed is None and result.eligible_from:
        failed = _("This policy covers you from %(date)s.") % {"date": long_date(result.eligible_from)}
    return _refused(failed or "")


def _waiting(result: Determination) -> str:
    return _refused(_("These days are the waiting period."))


def _out_of_window(result: Determination) -> str:
    return _refused(_("This policy does not give leave on these days."))


PROBABLY_NOT: dict[str, Callable[[Determination], str]] = {
    "EXHAUSTED": _exhausted,
    "INELIGIBLE": _ineligible,
    "WAITING": _waiting,
    "OUT_OF_WINDOW": _out_of_window,
}
