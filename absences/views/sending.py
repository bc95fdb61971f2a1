"""Check your answers, then submit once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from absences import late, made, submission
from absences.addresses import Place, page_of, place_of
from absences.duty import whom_to_tell
from absences.forms import SubmitForm
from absences.journeys.dates import leaves_in_the_way
from absences.journeys.engine import Page, repeats
from absences.journeys.need import DAY_TO_DAY, LEAVE
from absences.journeys.time import ABSENCE_TIME
from absences.telling import notice_of
from absences.views import time
from absences.views.answers import CONFLICT, UNPROCESSABLE, not_sent, onward, see_other
from absences.views.asked import indicator
from absences.views.journey import first_open_or_check
from absences.views.opened import Opened, saved_for_later, with_open_draft
from cases.services.open_case import Overlap
from notifications.recipients import reaches_supervisor
from portal import language


@require_http_methods(["GET", "HEAD", "POST"])
@with_open_draft
def check(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The summary. Its button submits; the same button twice, or in two tabs, makes one case."""
    if opened.draft.journey == ABSENCE_TIME:
        return time.review(request, opened)
    if switched := language.switched(request):
        return switched
    if "_save_later" in request.POST:
        return saved_for_later(request, opened)
    if opened.walk.first_open:
        return _not_yet(request, opened)
    if request.method != "POST":
        return _summary(request, opened, SubmitForm(), warning=not_sent(request))
    if request.POST.get("_version", "") != str(opened.draft.version):
        changed = _("Your answers changed in another tab. Check them again, then submit.")
        return _summary(request, opened, SubmitForm(), warning=changed, status=CONFLICT)
    try:
        submission.submit(opened.draft, by=opened.user, now=opened.now)
    except submission.Unfinished:
        _say_not_submitted(request)
        return onward(page_of(opened.draft, "resume"))
    except submission.Left:
        return see_other("call_first", why="left")
    except Overlap as overlap:
        return _refused(request, opened, overlap)
    return onward(page_of(opened.draft, "done"))


def _not_yet(request: HttpRequest, opened: Opened) -> HttpResponse:
    """A question is open, perhaps again: a day is too old since midnight, another tab changed an answer."""
    if request.method == "POST" or late.not_sent(request):
        _say_not_submitted(request)
    return first_open_or_check(opened)


def _say_not_submitted(request: HttpRequest) -> None:
    messages.warning(request, _("We did not submit your request. This question needs an answer first."))


def _refused(request: HttpRequest, opened: Opened, overlap: Overlap) -> HttpResponse:
    """This time was reported in another case a moment ago."""
    form = SubmitForm({})
    sentence = _("You already reported this time. See case %(case)s, or call %(phone)s to change it")
    when = "date" if opened.draft.journey == DAY_TO_DAY else "days"
    form.refuse(
        sentence % {"case": overlap.case_number, "phone": opened.contact.phone},
        way_out=Place(opened.draft, when, returning=True).url,
    )
    return _summary(request, opened, form, status=UNPROCESSABLE)


def _summary(
    request: HttpRequest, opened: Opened, form: SubmitForm, *, warning: str = "", status: int = 200
) -> HttpResponse:
    draft, setting = opened.draft, opened.setting
    until, reached = setting.tell_supervisor_until, reaches_supervisor(draft.employee_id)
    context = {
        "form": form,
        "title": _("Check your answers, then submit"),
        "warning": warning,
        "in_the_way": leaves_in_the_way(opened.walk.facts, setting) if draft.journey == LEAVE else [],
        "parts": _parts(opened),
        "draft": draft,
        "employee": draft.employee,
        "version": draft.version,
        "made": made.token(Place(draft, made.CHECK), opened.user.pk),
        "contact": opened.contact,
        "notice": notice_of(draft.journey, draft.employee, opened.walk.facts),
        "duty": whom_to_tell(draft.journey, until=until, today=setting.today, reached=reached),
        "back_url": place_of(draft, opened.walk.pages[-1]).url,
        **indicator(opened, len(opened.journey.parts)),
    }
    return render(request, "absences/check.html", context, status=status)


def _parts(opened: Opened) -> list[tuple[Any, list[dict[str, Any]]]]:
    """The journey's parts with their answers, without those in which nothing was asked."""
    answered = [(page.step.part, row) for page in opened.walk.pages for row in _rows(opened, page)]
    named = enumerate(opened.journey.parts, start=1)
    parts = [(name, [row for part, row in answered if part == number]) for number, name in named]
    return [(name, rows) for name, rows in parts if rows]


def _rows(opened: Opened, page: Page) -> Iterator[dict[str, Any]]:
    """What the summary says of one page; the first row bears the name to which a changed answer returns."""
    step = page.step
    items = step.in_words(page.items) if repeats(step) else []
    url = Place(opened.draft, step.slug, returning=True).url
    for number, row in enumerate(step.rows(page.cleaned)):
        anchor = "" if number else step.slug
        yield {"name": row.name, "answer": row.answer, "items": items, "change_url": url, "anchor": anchor}
