"""Check your answers, submit once, and what is shown afterwards."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from absences import submission
from absences.addresses import page_of, place_of
from absences.calendar import out_of_work
from absences.forms import SubmitForm
from absences.loading import tell_supervisor_until
from absences.models import Draft
from absences.views.answers import UNPROCESSABLE, onward, see_other
from absences.views.asking import indicator
from absences.views.opened import Opened, saved_for_later, with_draft
from absences.views.signed_in import current_user, while_employed
from cases.models.case import Absence
from cases.services.open_case import Overlap
from portal import language
from portal.lib import clock
from registration.access import employee_required

CONFLICT = 409


@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
@while_employed
def check(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The summary. Its button submits; the same button twice, or in two tabs, makes one case."""
    if switched := language.switched(request):
        return switched
    if "_save_later" in request.POST:
        return saved_for_later(request, opened)
    if page := opened.walk.first_open:
        return onward(place_of(opened.draft, page).url)
    if request.method != "POST":
        return _summary(request, opened, SubmitForm())
    if request.POST.get("_version", "") != str(opened.draft.version):
        changed = _("Your answers changed in another tab. Check them again, then submit.")
        return _summary(request, opened, SubmitForm(), warning=changed, status=CONFLICT)
    try:
        submission.submit(opened.draft, by=opened.user, now=opened.now)
    except submission.Unfinished:
        return onward(page_of(opened.draft, "resume"))
    except submission.Left:
        return see_other("call_first", why="left")
    except Overlap as overlap:
        form = SubmitForm({})
        sentence = _("You already reported this time. See case %(case)s, or call %(phone)s to change it")
        form.add_error(None, sentence % {"case": overlap.case_number, "phone": opened.contact.phone})
        return _summary(request, opened, form, status=UNPROCESSABLE)
    return onward(page_of(opened.draft, "done"))


def _summary(
    request: HttpRequest, opened: Opened, form: SubmitForm, *, warning: str = "", status: int = 200
) -> HttpResponse:
    draft = opened.draft
    context = {
        "form": form,
        "title": _("Check your answers, then submit"),
        "warning": warning,
        "rows": [(page.step.slug, row) for page, row in opened.walk.rows()],
        "draft": draft,
        "version": draft.version,
        "contact": opened.contact,
        "tell_supervisor_until": opened.setting.tell_supervisor_until,
        "back_url": place_of(draft, opened.walk.pages[-1]).url,
        **indicator(opened, len(opened.journey.parts)),
    }
    return render(request, "absences/check.html", context, status=status)


@require_safe
@employee_required
def done(request: HttpRequest, journey: str, draft: UUID) -> HttpResponse:
    """The confirmation; it can be opened again."""
    _user, employee = current_user(request)
    mine = Draft.objects.of(employee).filter(journey=journey)
    sent = get_object_or_404(mine.select_related("submitted_case"), pk=draft)
    if sent.submitted_case is None:
        return onward(page_of(sent, "resume"))
    context = {
        "title": _("Your absence has been reported"),
        "draft": sent,
        "case": sent.submitted_case,
        "absences": sent.submitted_case.absences.all(),
        "submitted_at": clock.local(sent.submitted_case.opened_at),
        "tell_supervisor_until": tell_supervisor_until(journey, employee, clock.today()),
    }
    return render(request, "absences/done.html", context)


@require_safe
@employee_required
def calendar(request: HttpRequest, journey: str, draft: UUID) -> HttpResponse:
    """The absence as a calendar entry."""
    _user, employee = current_user(request)
    sent = get_object_or_404(Draft.objects.of(employee).exclude(submitted_case=None), pk=draft, journey=journey)
    absence = get_object_or_404(Absence.objects.select_related("case"), case=sent.submitted_case_id)
    headers = {"Content-Disposition": 'attachment; filename="absence.ics"'}
    return HttpResponse(out_of_work(absence), content_type="text/calendar; charset=utf-8", headers=headers)
