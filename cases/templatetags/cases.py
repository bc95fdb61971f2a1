"""How a case is put into words on a page."""

from __future__ import annotations

from django import template

from cases import wording
from cases.determinations import PolicySpan
from cases.models.case import Absence, Case

register = template.Library()


@register.filter
def when(absence: Absence) -> str:
    """The date, the times and the length in one sentence."""
    return wording.when(date=absence.date, minutes=absence.minutes, start=absence.start_time, end=absence.end_time)


@register.filter
def hours(absence: Absence) -> str:
    """From when to when."""
    return wording.hours(absence.start_time, absence.end_time)


@register.filter
def dates(case: Case) -> str:
    """From its first to its last day."""
    return wording.dates(case.first_day, case.last_day)


@register.filter
def status_sentence(case: Case) -> str:
    """What the status means for the person."""
    return str(wording.STATUS[Case.Status(case.status)])


@register.filter
def pattern(case: Case) -> str:
    """How a leave is taken; nothing for a day-to-day absence, which is always one."""
    return str(wording.PATTERN.get(Case.Pattern(case.pattern), ""))


@register.filter
def span_dates(span: PolicySpan) -> str:
    """From its first to its last day, short: they stand in lists."""
    return wording.span_dates(span.first_day, span.last_day)
