"""Cancelling time, or a case whole. Nothing is deleted: what was reported stays in the history.

Lock order as everywhere: employee, then case, then facts not yet told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from cases.models.case import Absence, Case, CaseEvent, Task
from cases.services.determine import cancel_determinations, determine_case, determine_others
from cases.services.frequency import mark_over
from registration.models import Employee, User

Kind = CaseEvent.Kind


class NotOpen(Exception):
    """The case was denied or closed: there is nothing left of it to cancel."""


@transaction.atomic
def cancel_absence(*, absence: Absence, by: User, now: dt.datetime) -> None:
    """Cancels time once, however often it is asked; a day-to-day case is cancelled with its absence.

    The hours may be reported again, and the leave is worked out anew; those of one that has ended no longer count.
    `now` is civil time. The instance passed in, and its case, stay as they were read.
    """
    case = _locked(absence.case_id)
    if not case.absences.filter(pk=absence.pk, status=Absence.Status.REPORTED).exists():
        return
    if case.kind == Case.Kind.DAY_TO_DAY:
        _cancel_whole(case, by=by, now=now)
        return
    untold = _is_untold(_tells_of(absence))
    _cancel_time(case.absences.filter(pk=absence.pk))
    mark_over(case)
    _shorten(case)
    _record(case, [absence], news=None if untold else Kind.ABSENCE_CANCELLED, by=by, now=now)
    if case.status in Case.OPEN:
        determine_case(case, now=now)
    else:
        determine_others(case, now=now)  # the leave has ended and stays as it was: its time is given back to others


@transaction.atomic
def cancel_case(*, case: Case, by: User, now: dt.datetime) -> None:
    """As `cancel_absence`, for a case with all its time. Raises NotOpen; then nothing has changed."""
    locked = _locked(case.pk)
    if locked.status == Case.Status.CANCELLED:
        return
    if locked.status not in Case.OPEN:
        raise NotOpen
    _cancel_whole(locked, by=by, now=now)


def _locked(case_id: UUID) -> Case:
    owner = Case.objects.values("employee_id").filter(pk=case_id)
    Employee.objects.select_for_update(no_key=True).only("pk").get(pk__in=owner)
    return Case.objects.select_for_update(no_key=True, of=("self",)).select_related("employee").get(pk=case_id)


def _cancel_whole(case: Case, *, by: User, now: dt.datetime) -> None:
    """The days stay on the case, so that the history says which they were."""
    is_leave = case.kind == Case.Kind.LEAVE
    untold = _is_untold(Q(case=case, kind=Kind.CASE_OPENED if is_leave else Kind.ABSENCE_REPORTED))
    reported = list(case.absences.filter(status=Absence.Status.REPORTED))
    _cancel_time(case.absences.all())
    case.status = Case.Status.CANCELLED
    case.save(update_fields=["status"])
    news = Kind.CASE_CANCELLED if is_leave else Kind.ABSENCE_CANCELLED
    _record(case, reported, whole=True, news=None if untold else news, by=by, now=now)
    cancel_determinations(case, now=now)
    Task.objects.filter(case=case, closed_at=None).update(closed_at=now)


def _tells_of(absence: Absence) -> Q:
    """The fact with which supervisors hear of an absence of a leave."""
    if absence.report_id:
        return Q(report=absence.report_id, kind=Kind.TIME_ADDED)
    return Q(case=absence.case_id, kind=Kind.CASE_OPENED)


def _is_untold(telling: Q) -> bool:
    """Nobody has heard of it, and nobody will: what is cancelled is left out of notices claimed after this.

    Waits for who is claiming the fact now.
    """
    facts = CaseEvent.objects.select_for_update(no_key=True).filter(telling)
    return any(fact.dispatched_at is None for fact in facts)


def _cancel_time(absences: QuerySet[Absence]) -> None:
    absences.update(status=Absence.Status.CANCELLED)


def _shorten(case: Case) -> None:
    """A leave taken now and then lasts from its first known day to its last."""
    left = case.absences.filter(status=Absence.Status.REPORTED).values_list("date", flat=True)
    case.first_day, case.last_day = min(left, default=None), max(left, default=None)
    case.save(update_fields=["first_day", "last_day"])


def _record(
    case: Case,
    absences: Iterable[Absence],
    *,
    news: CaseEvent.Kind | None,
    by: User,
    now: dt.datetime,
    whole: bool = False,
) -> None:
    """Many facts, one message: of the kind `news`, or none."""
    facts = [CaseEvent(kind=Kind.ABSENCE_CANCELLED, absence=absence) for absence in absences]
    if whole:
        facts.append(CaseEvent(kind=Kind.CASE_CANCELLED))
    told = timezone.now()
    for fact in facts:
        fact.case, fact.at, fact.by = case, now, by
        fact.dispatched_at = None if fact.kind == news else told
    CaseEvent.objects.bulk_create(facts)
