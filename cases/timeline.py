"""How a case's policies lie in time: the bars, and the table that says the same. Reads nothing, knows no request."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.determinations import PolicySpan
from cases.models.case import Case
from cases.policy.periods import MONTHS_IN_YEAR, ONE_DAY, calendar_year, months_from
from cases.timescale import Anchor, Bar, Scale, Tick, anchored, ticks
from cases.wording import in_all
from portal.lib.wording import short_date, short_day

TODAY_NEAR = 31 * ONE_DAY  # nearer to either end than this, today is on the line
STILL_OPEN = 30 * ONE_DAY  # what is drawn of a policy without a last day, past all that is known
TODAY_EDGE = 25.0  # percent: half the label “Today, Sep 12” on a phone, with room to spare

GLYPHS = {  # in the order of the key
    Case.Status.APPROVED: "✓",
    Case.Status.PENDING: "…",
    Case.Status.INFO_NEEDED: "!",
    Case.Status.DENIED: "✕",
    Case.Status.CANCELLED: "–",
    Case.Status.CLOSED: "■",
}


class Shown(TextChoices):
    """Which days the line runs over."""

    ALL = "all", gettext_lazy("All")
    YEAR = "year", gettext_lazy("This year")
    NEXT = "next", gettext_lazy("Next 12 months")


@dataclass(frozen=True)
class Row:
    """One policy with one status over some days; the bar may show less of them than the words say."""

    span: PolicySpan
    bar: Bar
    begun_before: bool  # it has days before the first one shown
    goes_on: bool  # it has days after the last one shown, or no last day

    @property
    def glyph(self) -> str:
        return GLYPHS[Case.Status(self.span.status)]

    @property
    def sentence(self) -> str:
        """Like “Denied: Sep 2, 2022 to Sep 8, 2022”."""
        first, last = self.span.first_day, self.span.last_day
        words = {"status": self.span.status_label, "first": short_date(first)}
        if last is None:
            return _("%(status)s: %(first)s, no end date yet") % words
        if first == last:
            # Translators: Cancelled: Nov 3, 2022
            return _("%(status)s: %(first)s") % words
        # Translators: Denied: Sep 2, 2022 to Sep 8, 2022
        return _("%(status)s: %(first)s to %(last)s") % {**words, "last": short_date(last)}

    @property
    def calendar_days(self) -> int | None:
        """Both ends count. None while there is no last day."""
        return None if self.span.last_day is None else Scale(self.span.first_day, self.span.last_day).days


@dataclass(frozen=True)
class Mark:
    """Time reported on one day."""

    day: dt.date
    minutes: int
    x: float  # percent, the middle of the day


@dataclass(frozen=True)
class Today:
    words: str
    x: float | None  # percent, the middle of the day; None when the line does not reach it

    @property
    def anchor(self) -> Anchor:
        return anchored(self.x or 0, edge=TODAY_EDGE)


@dataclass(frozen=True)
class Timeline:
    """Without rows there is nothing to draw, only marks to list."""

    rows: list[Row]  # by first day; policies of the same day as they were given
    marks: list[Mark]  # by day
    ticks: list[Tick]
    today: Today | None  # None: no day at all is known

    @property
    def key(self) -> list[tuple[str, str]]:
        """(status, label) of every status that a row has."""
        labels = {row.span.status: row.span.status_label for row in self.rows}
        return [(status.value, labels[status.value]) for status in GLYPHS if status.value in labels]

    @property
    def policies(self) -> int:
        return len({row.span.policy_code for row in self.rows})

    @property
    def summary(self) -> str:
        """Like “2 policies, from Sep 2, 2022 to Sep 16, 2022.” Needs a row."""
        first = min(row.span.first_day for row in self.rows)
        lasts = [row.span.last_day for row in self.rows]
        return _summary(self.policies, first, None if None in lasts else max(filter(None, lasts)))

    @property
    def reported(self) -> str:
        """Like “2 days, 15 hours in all”."""
        return in_all(len(self.marks), sum(mark.minutes for mark in self.marks))


def draw(spans: Sequence[PolicySpan], *, reported: Mapping[dt.date, int], today: dt.date, shown: Shown) -> Timeline:
    """`reported`: minutes by day. Only what has a day among those shown is in the result."""
    scale = _scale(spans, reported, today=today, shown=shown)
    if scale is None:
        return Timeline([], [], [], None)
    rows = [_row(span, scale) for span in sorted(spans, key=lambda span: span.first_day) if _meets(span, scale)]
    marks = [Mark(day, reported[day], scale.middle(day)) for day in sorted(reported) if scale.holds(day)]
    return Timeline(rows, marks, ticks(scale), _today(today, scale))


def _scale(spans: Sequence[PolicySpan], reported: Iterable[dt.date], *, today: dt.date, shown: Shown) -> Scale | None:
    if shown == Shown.YEAR:
        year = calendar_year(today)
        return Scale(year.from_, year.to)
    if shown == Shown.NEXT:
        year = months_from(today, MONTHS_IN_YEAR)
        return Scale(year.from_, year.to)
    lasts = [span.last_day or span.first_day for span in spans]
    known = [*(span.first_day for span in spans), *lasts, *reported]
    if not known:
        return None
    first, last = min(known), max(known)
    if any(span.last_day is None for span in spans):
        last = max(last, today) + STILL_OPEN
    if first - TODAY_NEAR <= today <= last + TODAY_NEAR:
        first, last = min(first, today), max(last, today)
    return Scale(first, last)


def _meets(span: PolicySpan, scale: Scale) -> bool:
    return span.first_day <= scale.last and (span.last_day is None or span.last_day >= scale.first)


def _row(span: PolicySpan, scale: Scale) -> Row:
    first, last = span.first_day, span.last_day
    bar = scale.bar(first, last or scale.last)
    return Row(span, bar, begun_before=first < scale.first, goes_on=last is None or last > scale.last)


def _today(today: dt.date, scale: Scale) -> Today:
    if scale.holds(today):
        # Translators: Today, Sep 12
        return Today(_("Today, %(date)s") % {"date": short_day(today)}, scale.middle(today))
    date = {"date": short_date(today)}
    if today < scale.first:
        return Today(_("Today, %(date)s, is before this timeline starts.") % date, None)
    return Today(_("Today, %(date)s, is after this timeline ends.") % date, None)


def _summary(n: int, first: dt.date, last: dt.date | None) -> str:
    words = {"n": n, "first": short_date(first), "last": short_date(last) if last else ""}
    if last is None:
        return (
            ngettext(
                "%(n)s policy, from %(first)s with no end date yet.",
                "%(n)s policies, from %(first)s with no end date yet.",
                n,
            )
            % words
        )
    if first == last:
        return ngettext("%(n)s policy, on %(first)s.", "%(n)s policies, on %(first)s.", n) % words
    return (
        ngettext("%(n)s policy, from %(first)s to %(last)s.", "%(n)s policies, from %(first)s to %(last)s.", n) % words
    )
