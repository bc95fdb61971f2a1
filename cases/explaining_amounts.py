"""How much a policy gives and what is left of it, in whole sentences in the active language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.explaining import cited
from cases.policy.authorities import NOTES as NOTE_LAWS
from cases.policy.balance import half_up
from cases.policy.determination import Determination, LimitFinding, Quantity
from portal.lib.wording import date_range, duration, long_date

BINDING = "LIMIT_BINDING:"
DECIMALS = 2

NOTES = {
    "LOOKAHEAD_BINDING": gettext_lazy("Leave that is approved for later days is kept for them, so less is left now."),
    "SINGLE_PERIOD_ENDED": gettext_lazy("The only 12 months in which this policy gives leave are over."),
    "NEW_PERIOD_DURING_LEAVE": gettext_lazy("A new leave year begins during this leave. You may have to apply again."),
    "HOLIDAY_CHARGED": gettext_lazy("A holiday counts as leave when you are away for the whole week."),
    "HOLIDAY_NOT_CHARGED": gettext_lazy("A holiday does not count as leave."),
    "CLOSURE_CHARGED": gettext_lazy(
        "A day on which your workplace is closed counts as leave when you are away all week."
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
    """How amounts of one policy are put into words: as weeks of the person’s own week, or as hours."""

    in_weeks: bool
    week: Fraction  # minutes; 0 where no hours are scheduled

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
        if quantity.weeks is None or not quantity.minutes:
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
    return min(binding or result.limits, key=lambda limit: limit.left, default=None)


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
        dates = {"dates": date_range(limit.period.from_, limit.period.to)}
        used = _("You may use %(amount)s in the time from %(dates)s. You have used %(used)s.")
        unused = _("You may use %(amount)s in the time from %(dates)s. You have not used any of it.")
        told = (used if limit.used else unused) % {**amount, **dates}
    return cited(told, limit.authority)


def telling_notes(result: Determination) -> list[str]:
    """The notes worth telling: which limit is used up first matters where there are several."""
    limits = {f"{BINDING}{limit.id}" for limit in telling(result) if limit.amount}
    return [code for code in result.notes if not code.startswith(BINDING) or (code in limits and len(limits) > 1)]


def noted(code: str, result: Determination, measure: Measure) -> str:
    """One note of the rules. Raises KeyError for a code without words."""
    if code.startswith(BINDING):
        limit = next(limit for limit in result.limits if limit.id == code.removeprefix(BINDING))
        return _("What is used up first: %(amount)s.") % {"amount": measure.words(limit.amount)}
    span = result.waiting_period
    dates = {"dates": date_range(span.from_, span.to) if span else ""}
    return cited(str(NOTES[code]) % dates, NOTE_LAWS.get(code, ""))


def course(result: Determination, measure: Measure) -> Iterator[str]:
    """What this leave takes, and when nothing is left."""
    limit = governing(result)
    if limit is None or not limit.amount:
        return
    if measure.in_weeks and measure.week:
        week = {"hours": duration(half_up(measure.week))}
        yield _("Your week has %(hours)s. A day counts as the part of that week’s time that you miss.") % week
    if result.approved and result.approved.minutes:
        yield _("This leave takes %(amount)s.") % {"amount": measure.shown(result.approved)}
    if result.exhausted and result.exhausted.minutes:
        yield _("For %(amount)s of it nothing is left.") % {"amount": measure.shown(result.exhausted)}
    if result.exhaustion_date:
        yield _("Nothing is left after %(date)s.") % {"date": long_date(result.exhaustion_date)}
    if result.first_uncovered_date:
        yield _("The first day not covered in full is %(date)s.") % {"date": long_date(result.first_uncovered_date)}
