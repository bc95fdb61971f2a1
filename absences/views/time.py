"""Time on an open case: from the case to its days, and the list on which they are checked and submitted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from absences import drafts, made, submission
from absences.addresses import Place, new_item_of, page_of, place_of
from absences.duty import whom_to_tell
from absences.forms import SubmitForm
from absences.journeys.absence_time import in_all
from absences.journeys.engine import Item, Page
from absences.journeys.time import ABSENCE_TIME, TimeDays
from absences.telling import notice_of_days
from absences.views.answers import CONFLICT, UNPROCESSABLE, not_sent, onward, see_other
from absences.views.asked import Asked, indicator
from absences.views.asking import cards
from absences.views.opened import Opened, no_time_taken, saved_for_later
from absences.views.signed_in import current_user, while_employed
from cases.approved import ApprovedDays, approved_days
from cases.models.case import Case
from cases.services.report_absences import Overlap
from cases.services.report_time import NoTimeTaken
from notifications.recipients import reaches_supervisor
from portal import language
from portal.lib import clock
from portal.office.models import ContactRecord
from registration.access import employee_required


@require_http_methods(["GET", "HEAD", "POST"])
@employee_required
@while_employed
def new(request: HttpRequest, number: str) -> HttpResponse:
    """The button of a case. Who opens the address, as after logging in again, finds the button there."""
    user, _employee = current_user(request)
    case = get_object_or_404(Case.objects.visible_to(user), number=number)
    if not case.takes_time:
        return no_time_taken(request, case, ContactRecord.objects.get(pk=1))
    if request.method != "POST":
        return onward(reverse("cases:case", args=[number]))
    return begin(request, case)


def begin(request: HttpRequest, case: Case) -> HttpResponse:
    """To the days of this case that are not submitted yet: one draft a case, however often it is begun."""
    user, employee = current_user(request)
    draft = drafts.start(employee=employee, journey=ABSENCE_TIME, by=user, answers={}, now=clock.now(), case=case)
    return onward(page_of(draft, "resume"))


def review(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The list of days. Its button submits; the same button twice, or in two tabs, makes one report."""
    if switched := language.switched(request):
        return switched
    if "_save_later" in request.POST:
        return saved_for_later(request, opened)
    (page,) = opened.walk.pages
    if not page.items:
        return onward(place_of(opened.draft, page).url)
    if request.method != "POST":
        return _list(request, opened, page, SubmitForm(), warning=not_sent(request))
    if request.POST.get("_version", "") != str(opened.draft.version):
        changed = _("Your answers changed in another tab. Check them again, then submit.")
        return _list(request, opened, page, SubmitForm(), warning=changed, status=CONFLICT)
    if page.open:
        messages.warning(request, _("Finish this day first, or stop adding it."))
        return onward(place_of(opened.draft, page).url)
    return _submit(request, opened, page)


def _submit(request: HttpRequest, opened: Opened, page: Page) -> HttpResponse:
    try:
        submission.submit(opened.draft, by=opened.user, now=opened.now)
    except submission.Unfinished:
        return onward(page_of(opened.draft, "resume"))
    except submission.Left:
        return see_other("call_first", why="left")
    except NoTimeTaken:
        return no_time_taken(request, _case(opened), opened.contact)
    except Overlap as overlap:
        form = SubmitForm({})
        sentence = _("You already reported this time. See case %(case)s, or call %(phone)s to change it")
        form.refuse(sentence % {"case": overlap.case_number, "phone": opened.contact.phone}, way_out="#days")
        return _list(request, opened, page, form, status=UNPROCESSABLE)
    return onward(page_of(opened.draft, "done"))


def _case(opened: Opened) -> Case:
    assert opened.draft.case is not None
    return opened.draft.case


def _list(
    request: HttpRequest, opened: Opened, page: Page, form: SubmitForm, *, warning: str = "", status: int = 200
) -> HttpResponse:
    draft, setting, case = opened.draft, opened.setting, _case(opened)
    days = [item.facts for item in TimeDays.in_order(page.items) if not item.open]
    until, reached = setting.tell_supervisor_until, reaches_supervisor(draft.employee_id)
    hub = Place(draft, page.step.slug)
    context = {
        "form": form,
        "title": TimeDays.question,
        "warning": warning,
        "draft": draft,
        "employee": draft.employee,
        "contact": opened.contact,
        "version": draft.version,
        "made": made.token(Place(draft, made.CHECK), opened.user.pk),
        "cards": _cards(opened, page, approved_days(case)),
        "total": in_all(days),
        "finished": not page.open,
        "add_url": new_item_of(hub, page).url if len(page.items) < TimeDays.most else "",
        "most": TimeDays.most,
        "notice": notice_of_days(draft.employee, days, case_number=case.number) if days else None,
        "duty": whom_to_tell(ABSENCE_TIME, until=until, today=setting.today, reached=reached),
        "back_url": "",
        **indicator(opened, len(opened.journey.parts)),
    }
    return render(request, "absences/time_days.html", context, status=status)


def _cards(opened: Opened, page: Page, approved: ApprovedDays) -> list[dict[str, Any]]:
    """As in a leave; a day that was not approved says who looks at it."""
    asked = Asked(Place(opened.draft, page.step.slug), page, TimeDays.part, back_url="", items=page.items)
    outside = {item.id for item in page.items if _outside(item, approved)}
    sentence = _("This date is outside your approved dates. A specialist will review it.")
    return [
        {**entry, "card": replace(entry["card"], lines=(*entry["card"].lines, sentence))}
        if entry["card"].id in outside
        else entry
        for entry in cards(asked)
    ]


def _outside(item: Item, approved: ApprovedDays) -> bool:
    return not item.open and approved.leave_out(item.facts["date"])
