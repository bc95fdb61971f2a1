"""The lists of the documents desk: what waits for a review, for the scanner, or for the employee. Each page by page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.models.case import Case, CaseQuerySet, Task
from cases.services.papers import review_key
from documents.models import Document, DocumentFile, DocumentRequest
from portal.lib import clock
from portal.lib.wording import short_date

PAGE = 25
Rows = QuerySet[Any]


@dataclass(frozen=True)
class Line:
    case: Case  # with its person and agency
    what: str
    since: dt.date  # civil
    due: str  # in the active language


@dataclass(frozen=True)
class Page:
    lines: list[Line]
    after: str  # where the next page begins; "" on the last


@dataclass(frozen=True)
class List:
    """`order` is the column it is sorted by, before the id; `case` leads to the case."""

    name: Any
    rows: Callable[[], Rows]
    order: str
    case: str
    lines: Callable[[list[Any], dt.date], list[Line]]

    def of(self, cases: CaseQuerySet) -> Rows:
        return self.rows().filter(**{f"{self.case}__in": cases})

    def page(self, cases: CaseQuerySet, *, after: str, today: dt.date) -> Page:
        """Two queries at most. Raises ValueError when `after` is none of ours."""
        rows = self.of(cases).select_related(f"{self.case}__employee__agency")
        if after:
            rows = rows.filter(_later(self.order, after))
        found = list(rows.order_by(self.order, "id")[: PAGE + 1])
        shown = found[:PAGE]
        last = f"{getattr(shown[-1], self.order).isoformat()}_{shown[-1].pk}" if len(found) > PAGE else ""
        return Page(self.lines(shown, today), last)


def _later(order: str, after: str) -> Q:
    at, _sep, pk = after.partition("_")
    when = dt.date.fromisoformat(at) if order == "due_on" else _moment(at)
    return Q(**{f"{order}__gt": when}) | Q(**{order: when, "id__gt": UUID(pk)})


def _moment(text: str) -> dt.datetime:
    """Raises ValueError, also for what is before or after all time in our zone."""
    moment = dt.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    try:
        return moment.astimezone(dt.UTC)
    except OverflowError as error:
        raise ValueError(text) from error


def _to_review() -> Rows:
    waits = Document.objects.present().filter(review=Document.Review.NONE, received_at__isnull=False)
    return waits.select_related("type")


def _review_lines(rows: list[Document], today: dt.date) -> list[Line]:
    keys = {review_key(row.pk): row.pk for row in rows}
    due = {keys[key]: day for key, day in Task.objects.filter(key__in=keys).values_list("key", "due_on")}
    return [Line(row.case, row.type.name, _day(row.received_at), due_words(due.get(row.pk), today)) for row in rows]


def _checking() -> Rows:
    return DocumentFile.objects.filter(state__in=DocumentFile.CHECKING).select_related("document__type")


def _checking_lines(rows: list[DocumentFile], _today: dt.date) -> list[Line]:
    return [
        Line(row.document.case, row.document.type.name, _day(row.received_at), row.get_state_display()) for row in rows
    ]


def _asked() -> Rows:
    return DocumentRequest.objects.awaited().select_related("type")


def _asked_lines(rows: list[DocumentRequest], today: dt.date) -> list[Line]:
    return [Line(row.case, row.type.name, _day(row.asked_at), due_words(row.due_on, today)) for row in rows]


def _day(moment: dt.datetime | None) -> dt.date:
    assert moment is not None
    return clock.local(clock.civil(moment)).date()


def due_words(day: dt.date | None, today: dt.date) -> str:
    """“Due today”, “2 days late”, “Due Jan 12, 2023”; nothing for nothing."""
    if day is None:
        return ""
    if day < today:
        late = (today - day).days
        return ngettext("%(n)s day late", "%(n)s days late", late) % {"n": late}
    return _("Due today") if day == today else _("Due %(date)s") % {"date": short_date(day)}


LISTS = {
    "review": List(gettext_lazy("To review"), _to_review, "received_at", "case", _review_lines),
    "checking": List(gettext_lazy("Being checked"), _checking, "received_at", "document__case", _checking_lines),
    "asked": List(gettext_lazy("Asked for"), _asked, "due_on", "case", _asked_lines),
}
