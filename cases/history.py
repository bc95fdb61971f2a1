"""The read side of the record: what a person has reported."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from cases.covers import covered, until
from cases.determinations import PolicySpan, spans_of
from cases.models.case import Absence, Case, CaseQuerySet
from cases.models.confidential import LeaveFacts
from cases.reasons import own_categories, reasons_for
from cases.wording import in_all
from portal.lib.clock import local
from registration.models import Employee, User

PAGE = 10  # cases a page
FEW = 10  # days of a case that are shown at once


@dataclass(frozen=True)
class ReportedDay:
    """Time already reported and not cancelled. Times are None for a full day."""

    date: dt.date
    full_day: bool
    start: dt.time | None
    end: dt.time | None
    case_number: str


def reported_days(employee: Employee, since: dt.date) -> list[ReportedDay]:
    """Every reported absence on or after `since`, oldest first. One query."""
    rows = Absence.objects.filter(employee=employee, status=Absence.Status.REPORTED, date__gte=since)
    columns = rows.values_list("date", "full_day", "start_time", "end_time", "case__number")
    return [ReportedDay(*row) for row in columns]


@dataclass(frozen=True)
class OpenLeave:
    """A leave that is not denied, cancelled or closed. Days are None where none is known."""

    case_number: str
    pattern: str  # a Case.Pattern value
    first_day: dt.date | None
    last_day: dt.date | None
    opened_on: dt.date  # in the employer's time zone


def open_leaves(employee: Employee) -> list[OpenLeave]:
    """Newest first. One query."""
    cases = Case.objects.filter(employee=employee).open_leaves().newest_first()
    return [
        OpenLeave(case.number, case.pattern, case.first_day, case.last_day, local(case.opened_at).date())
        for case in cases
    ]


@dataclass(frozen=True)
class Card:
    """A case as its owner reads it, with the owner's own words."""

    case: Case
    absences: list[Absence]
    reasons: list[str]
    category: str  # "Employee Sick", "Employee Health Condition"; "" where there is none
    hides_why: bool  # the owner wants neither reasons nor category on the screen; both are empty then
    covered_until: dt.datetime | None  # civil time; until then both are empty as well, for the account is new
    spans: list[PolicySpan]  # those of one policy together

    @property
    def overtime_asked(self) -> bool:
        return any(absence.overtime for absence in self.absences)

    @property
    def has_days(self) -> bool:
        """Whether there is time away that a calendar could show."""
        return self.case.pattern == Case.Pattern.CONTINUOUS or bool(self._reported)

    @property
    def has_many_days(self) -> bool:
        return len(self.absences) > FEW

    @property
    def in_all(self) -> str:
        """Like “2 days, 15 hours in all”, without what was cancelled; "" where one line says it."""
        if len(self.absences) == 1 or not self._reported:
            return ""
        days = {absence.date for absence in self._reported}
        return in_all(len(days), sum(absence.minutes for absence in self._reported))

    @property
    def _reported(self) -> list[Absence]:
        return [absence for absence in self.absences if not absence.is_cancelled]


@dataclass(frozen=True)
class Page:
    cards: list[Card]
    before: str  # the number of the last case here, from which the next page goes on; "" on the last page


def page_of(cases: CaseQuerySet, *, owner: User, before: Case | None = None, why: bool = True) -> Page:
    """The newest PAGE of the owner's `cases`, or the next ones after `before`. The same queries for any number."""
    older = cases.older_than(before) if before else cases
    found = list(older.newest_first().prefetch_related("absences")[: PAGE + 1])
    shown = found[:PAGE]
    return Page(cards_of(shown, owner=owner, why=why), before=shown[-1].number if len(found) > PAGE else "")


def cards_of(cases: list[Case], *, owner: User, why: bool = True) -> list[Card]:
    """Without `why`, what would say why is not even read. Raises PermissionDenied when a case is not the owner's."""
    categories: dict[UUID, str] = own_categories(cases, owner=owner) if why else {}
    reasons: dict[UUID, list[str]] = reasons_for(cases, viewer=owner) if why else {}
    spans = spans_of(cases, owner=owner, why=why)
    secret, end = covered(cases, viewer=owner), until(owner)
    return [
        Card(
            case=case,
            absences=list(case.absences.all()),
            reasons=reasons.get(case.pk, []),
            category=_label(categories.get(case.pk, "")),
            hides_why=not why,
            covered_until=end if case.pk in secret else None,
            spans=_by_policy(spans[case.pk]),
        )
        for case in cases
    ]


def _by_policy(spans: list[PolicySpan]) -> list[PolicySpan]:
    """Policies as they begin, each with its own days in order."""
    codes = list(dict.fromkeys(span.policy_code for span in spans))
    return sorted(spans, key=lambda span: codes.index(span.policy_code))


def _label(category: str) -> str:
    return str(dict(LeaveFacts.Category.choices).get(category, ""))
