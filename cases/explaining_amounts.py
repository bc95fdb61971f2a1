"""How much a policy gives and what is left of it, in whole sentences in the active language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.explaining import cited
from cases.policy.balance import half_up
from cases.policy.determination import Determination, LimitFinding, Quantity, Span
from portal.lib.wording import date_range, duration, long_date

BINDING = "LIMIT_BINDING:"
DECIMALS = 2

NOTES = {
    "LOOKAHEAD_BINDING": gettext_lazy("Leave that is approved for later days is kept for them, so less is left now."),
    "SINGLE_PERIOD_ENDED": gettext_lazy("The only 12 months in which this policy gives leave are over."),
    "NEW_PERIOD_DURING_LEAVE": gettext_lazy("A new leave year begins during this leave. You may have to apply again."),
    "HOLIDAY_CHARGED": gettext_lazy("A holiday counts as leave only when you are away for the whole week."),
    "HOLIDAY_NOT_CHARGED": gettext_lazy("A holiday does not count as leave."),
    "CLOSURE_CHARGED": gettext_lazy(
        "A day on which your workplace is closed counts as leave only when you are away all week."
    ),
    "CLOSURE_NOT_CHARGED": gettext_lazy("A day on which your workplace is closed does not count as leave."),
    "CLOSURE_WEEK_NOT_COUNTED": gettext_lazy("A week in which your workplace is closed does not count as leave."),
    "MANDATORY_OT_CHARGED": gettext_lazy("Mandatory overtime that you miss counts as leave."),
    "VOLUNTARY_OT_NOT_CHARGED": gettext_lazy("Voluntary overtime that you miss does not count as leave."),
    "NOT_SCHEDULED": gettext_lazy("Time when you were not scheduled to work does not count as leave."),
    "ROUNDED_DOWN": gettext_lazy("Part of a day is rounded down."),
    "RAISED_TO_MINIMUM": gettext_lazy("Part of a day counts as the shortest time this policy knows."),
    "CAPPED_AT_SCHEDULE": gettext_lazy("No more counts as leave than you were scheduled to work."),
    "OVERLAP_ALREADY_CHARGED": gettext_lazy("Time that another leave has already counted does not count again."),
    "WAITING_PERIOD_UNPAID": gettext_lazy("The first days, %(dates)s, are a waiting period: protected, but not paid."),
    "WAITING_PERIOD_DENIED": gettext_lazy("The first days, %(dates)s, are a waiting period and are not covered."),
    "WAITING_PERIOD_WAIVED": gettext_lazy("There is no waiting period this time."),
}


@dataclass(frozen=True)
class Measure:
    """How amounts of one policy are put into words: as weeks of the person’s own week, or as hours.

    Where weeks are `uneven`, hours are always those of the average week, so that they add up.
    """

    in_weeks: bool
    week: Fraction  # minutes; 0 where no hours are scheduled
    uneven: bool = False

    def words(self, amount: Fraction) -> str:
        """Like “12 weeks (450 hours)”, “24 hours”, “Nothing”."""
        if not amount:
            return _("Nothing")
        if not self.in_weeks:
            return duration(half_up(amount))
        if not self.week:
            return weeks(amount)
        return _with_hours(amount, half_up(amount * self.week))

    def shown(self, quantity: Quantity | None) -> str:
        """As the rules rounded it."""
        if quantity is None or not (quantity.minutes or quantity.weeks):
            return _("Nothing")
        if quantity.weeks is None or not quantity.minutes or self.uneven:
            return self.words(Fraction(quantity.minutes) if quantity.weeks is None else quantity.weeks)
        return _with_hours(quantity.weeks, quantity.minutes)


def _with_hours(amount: Fraction, minutes: int) -> str:
    # Translators: 12 weeks (450 hours)
    return _("%(weeks)s (%(hours)s)") % {"weeks": weeks(amount), "hours": duration(minutes)}


def weeks(amount: Fraction) -> str:
    """Like “1 week”, “2.53 weeks”."""
    whole = amount.denominator == 1
    shown = str(amount.numerator) if whole else number_format(round(float(amount), DECIMALS))
    return ngettext("%(n)s week", "%(n)s weeks", amount.numerator if whole else DECIMALS) % {"n": shown}


def governing(result: Determination) -> LimitFinding | None:
    """The limit that leaves the least; None where nothing was counted."""
    binding = [limit for limit in result.limits if f"{BINDING}{limit.id}" in result.notes]
    return min(binding or result.limits, key=lambda limit: limit.left - limit.during, default=None)


def telling(result: Determination) -> list[LimitFinding]:
    """The limits worth telling: one that has no period yet, and bounds nothing, has not begun to count."""
    first = governing(result)
    return [limit for limit in result.limits if limit == first or limit.used or limit.period]


def limited(limit: LimitFinding, measure: Measure, *, shared: bool = False) -> str:
    """One limit: when, how much, and what is used of it; of one that is shared, only what is left."""
    amount = {"amount": measure.words(limit.amount), "used": measure.words(limit.used)}
    if not limit.amount:
        told = _("We know of no time that this policy gives you.")
    elif shared:  # what a partner has used is never told as the person's own
        left = _("You and your partner share %(amount)s of this leave. %(left)s of it is left.")
        none = _("You and your partner share %(amount)s of this leave. None of it is left.")
        told = (left if limit.left > 0 else none) % {**amount, "left": measure.words(limit.left)}
    elif limit.period is None and limit.used:
        told = _("You may use %(amount)s in all. You have used %(used)s.") % amount
    elif limit.period is None:
        told = _("You may use %(amount)s in all. You have not used any of it.") % amount
    else:
        told = _measured(limit, limit.period) % amount
        if limit.during:
            more = _("Other leave on days of this one takes %(during)s.")
            told = f"{told} {more % {'during': measure.words(limit.during)}}"
    return cited(told, limit.authority)


def _measured(limit: LimitFinding, period: Span) -> str:
    """With %(amount)s and %(used)s still to be filled in. A rolling period has no end that one could wait for."""
    days = {"n": limit.months, "date": long_date(limit.on), "from": long_date(period.from_)}
    if limit.method == "rolling_backward":
        used = _(
            "You may use %(amount)s in any %(n)s months. In the %(n)s months up to %(date)s, you used %(used)s."
            " Time comes back %(n)s months after you used it."
        )
        unused = _(
            "You may use %(amount)s in any %(n)s months. In the %(n)s months up to %(date)s, you did not use any of it."
        )
    elif limit.method == "rolling_backward_at_start":
        used = _(
            "You may use %(amount)s from %(from)s, %(n)s months before this leave, to its end. You have used %(used)s."
        )
        unused = _(
            "You may use %(amount)s from %(from)s, %(n)s months before this leave, to its end."
            " You have not used any of it."
        )
    else:
        days["dates"] = date_range(period.from_, period.to)
        used = _("You may use %(amount)s in the time from %(dates)s. You have used %(used)s.")
        unused = _("You may use %(amount)s in the time from %(dates)s. You have not used any of it.")
    return (used if limit.used else unused) % {**days, "amount": "%(amount)s", "used": "%(used)s"}


def telling_notes(result: Determination) -> list[str]:
    """The notes worth telling: which limit is used up first matters where there are several."""
    limits = {f"{BINDING}{limit.id}" for limit in telling(result) if limit.amount}
    return [code for code in result.notes if _is_told(code, result, limits)]


def _is_told(code: str, result: Determination, limits: set[str]) -> bool:
    if code.startswith(BINDING):
        return code in limits and len(limits) > 1
    both = code.replace("_NOT_CHARGED", "_CHARGED")  # what counts only in whole weeks says the other half, too
    return both == code or both not in result.notes


def noted(code: str, result: Determination, measure: Measure) -> str:
    """One note of the rules. Raises KeyError for a code without words."""
    if code.startswith(BINDING):
        limit = next(limit for limit in result.limits if limit.id == code.removeprefix(BINDING))
        return _("What is used up first: %(amount)s.") % {"amount": measure.words(limit.amount)}
    span = result.waiting_period
    dates = {"dates": date_range(span.from_, span.to) if span else ""}
    return cited(str(NOTES[code]) % dates, _law(code, result))


def _law(code: str, result: Determination) -> str:
    """Where a note's rule stands, if that is elsewhere than the policy."""
    own = {citation.authority for citation in result.citations if citation.rule == result.policy}
    laws = (citation.authority for citation in result.citations if citation.rule == code)
    return next((law for law in laws if law not in own), "")


def course(result: Determination, measure: Measure, *, back: dt.date | None = None) -> Iterator[str]:
    """What this leave takes, and when nothing is left. `back`: the first day covered after nothing was left."""
    limit = governing(result)
    if limit is None or not limit.amount:
        return
    if measure.in_weeks and measure.week:
        yield _week(measure)
    if result.approved and result.approved.minutes:
        yield _("This leave takes %(amount)s.") % {"amount": measure.shown(result.approved)}
    if result.exhausted and result.exhausted.minutes:
        yield _("For %(amount)s of it nothing is left.") % {"amount": measure.shown(result.exhausted)}
    yield from _running_out(result, back)
    if result.first_uncovered_date:
        yield _("The first day not covered in full is %(date)s.") % {"date": long_date(result.first_uncovered_date)}


def _week(measure: Measure) -> str:
    hours = {"hours": duration(half_up(measure.week))}
    if not measure.uneven:
        return _("Your week has %(hours)s. A day counts as the part of that week’s time that you miss.") % hours
    return (
        _(
            "Your weeks differ. A day counts as the part of its own week’s time that you miss, and a whole week counts"
            " as 1 week. Hours are told as of your average week, which has %(hours)s."
        )
        % hours
    )


def began_empty(result: Determination) -> bool:
    """Whether nothing was left before this leave took anything."""
    start = result.balance_start
    return start is not None and not (start.weeks or start.minutes)


def _running_out(result: Determination, back: dt.date | None) -> Iterator[str]:
    if result.exhaustion_date is None:
        return
    if began_empty(result):
        yield _("Nothing was left when this leave began.")
    elif back is None:
        yield _("Nothing is left after %(date)s.") % {"date": long_date(result.exhaustion_date)}
    if back:
        yield _("Time is left again on %(date)s.") % {"date": long_date(back)}
