"""What is shown of a request once it was sent. It can be opened again, by its owner."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from absences.addresses import page_of
from absences.calendar import has_days, out_of_work
from absences.duty import whom_to_tell
from absences.journeys.need import LEAVE
from absences.journeys.time import ABSENCE_TIME
from absences.loading import tell_supervisor_until
from absences.models import Draft
from absences.views.answers import onward
from absences.views.signed_in import current_user
from cases.models.case import Case, CaseEvent, TimeReport
from cases.next_steps import next_steps
from cases.reasons import own_facts
from cases.submitted import what_was_added, what_was_submitted
from cases.views.hiding import says_why
from notifications.recipients import reaches_supervisor
from portal.lib import clock
from registration.access import employee_required
from registration.models import Employee, User

THROUGH_DFML = frozenset({"dfml", "employer_then_dfml"})  # ways to be paid that are asked for elsewhere as well


@require_safe
@employee_required
def done(request: HttpRequest, journey: str, draft: UUID) -> HttpResponse:
    """The confirmation: the number, what happens next and by when, what was submitted."""
    user, employee = current_user(request)
    mine = Draft.objects.of(employee).filter(journey=journey)
    sent = get_object_or_404(mine.select_related("submitted_case"), pk=draft)
    case = sent.submitted_case
    if case is None:
        return onward(page_of(sent, "resume"))
    context: dict[str, Any] = {
        "draft": sent,
        "case": case,
        "duty": _duty(journey, employee),
        "says_why": says_why(request),
    }
    if journey == ABSENCE_TIME:
        return render(request, "absences/done_time.html", {**context, **_of_time(sent, user)})
    absences = list(case.absences.all())
    context |= {
        "absences": absences,
        "in_calendar": has_days(case, absences),
        "submitted": what_was_submitted(case, owner=user),
    }
    if journey == LEAVE:
        return render(request, "absences/done_leave.html", {**context, **_of_leave(case, user)})
    return render(request, "absences/done.html", {**context, "title": _("Your absence has been reported")})


def _of_time(sent: Draft, user: User) -> dict[str, Any]:
    report = TimeReport.objects.select_related("case").get(submission_key=sent.pk)
    absences = list(report.absences.all())
    told = report.events.get(kind=CaseEvent.Kind.TIME_ADDED)
    return {
        "title": _("Submission Successful"),
        "absences": absences,
        "in_calendar": has_days(report.case, absences),
        "days": len({absence.date for absence in absences}),
        "minutes": sum(absence.minutes for absence in absences),
        "event_id": told.pk,
        "submitted": what_was_added(report, owner=user),
    }


def _duty(journey: str, employee: Employee) -> str:
    today = clock.today()
    until = tell_supervisor_until(journey, employee, today)
    return whom_to_tell(journey, until=until, today=today, reached=reaches_supervisor(employee.pk))


def _of_leave(case: Case, user: User) -> dict[str, Any]:
    facts = own_facts([case], owner=user)[case.pk]
    return {
        "title": _("Your request has been submitted"),
        "steps": next_steps(case, owner=user),
        "through_dfml": facts.get("pay") in THROUGH_DFML,
        "for_a_child": facts["category"] == "bonding",
    }


@require_safe
@employee_required
def calendar(request: HttpRequest, journey: str, draft: UUID) -> HttpResponse:
    """The time away as a calendar file; a leave without known days has none."""
    _user, employee = current_user(request)
    mine = Draft.objects.of(employee).filter(journey=journey).select_related("submitted_case")
    case = get_object_or_404(mine.exclude(submitted_case=None), pk=draft).submitted_case
    assert case is not None
    reported = case.absences.filter(report__submission_key=draft) if journey == ABSENCE_TIME else case.absences.all()
    absences = list(reported)
    if not has_days(case, absences):
        raise Http404
    headers = {"Content-Disposition": 'attachment; filename="absence.ics"'}
    return HttpResponse(out_of_work(case, absences), content_type="text/calendar; charset=utf-8", headers=headers)
