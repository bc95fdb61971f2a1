"""The pages of a journey: one view serves every step, forward or to change one answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from absences.addresses import Place, exit_of, new_item_of, page_of, place_of
from absences.journeys.engine import Page, StepForm, Walk, repeats
from absences.journeys.need import Need, belongs_elsewhere
from absences.views.answers import leave_for, onward
from absences.views.asked import Asked
from absences.views.asking import ask, checked, keep
from absences.views.opened import Opened, saved_for_later, with_open_draft
from absences.views.stale import keep_out_of_place, list_has_changed
from absences.views.start import begin
from portal import language


@require_safe
@with_open_draft
def resume(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Where the person left off."""
    return first_open_or_check(opened)


def first_open_or_check(opened: Opened) -> HttpResponse:
    """The first open question, or who takes the request where its answer leads elsewhere; else the summary."""
    page = opened.walk.first_open
    if page is None:
        return onward(page_of(opened.draft, "check"))
    if way_out := exit_of(page):
        return leave_for(way_out, journey=opened.draft.journey, draft=opened.draft)
    return onward(place_of(opened.draft, page).url)


@require_http_methods(["GET", "HEAD", "POST"])
@with_open_draft
def answer_step(request: HttpRequest, opened: Opened, step: str, *, returning: bool = False) -> HttpResponse:
    """One question. `returning`: it was opened from the summary, which comes next unless a new question does."""
    page = opened.walk.page(step)
    place = Place(opened.draft, step, returning=returning)
    if page is None:  # skipped ahead, or a branch that was left
        return not_asked(request, opened, place)
    if repeats(page.step) and not page.items:
        return onward(new_item_of(place, page).url)
    if opened.draft.case_id:  # its list is also its summary
        return onward(page_of(opened.draft, "check"))
    asked = Asked(place, page, page.step.part, _back_url(opened, page, returning=returning), items=page.items)
    if request.method != "POST":
        return ask(request, opened, asked)
    form = checked(request, opened, asked)
    return form if isinstance(form, HttpResponse) else _take(request, opened, asked, form)


def not_asked(request: HttpRequest, opened: Opened, place: Place) -> HttpResponse:
    """The question is not one of this request, or not yet. What a stale page brings to it is kept where it can be."""
    if request.method != "POST":
        return first_open_or_check(opened)
    switched = language.switched(request)
    keep_out_of_place(request, opened, place)
    if "_save_later" in request.POST:
        return saved_for_later(request, opened)
    return switched or first_open_or_check(opened)


def _take(request: HttpRequest, opened: Opened, asked: Asked, form: StepForm) -> HttpResponse:
    """An answer that may be kept: where it leads."""
    page, place = asked.page, asked.place
    if page.step is Need and belongs_elsewhere(form.cleaned_data["need"], opened.draft.journey):
        messages.info(request, _("We kept the request you started. You can finish it from your home page."))
        return begin(request, form.cleaned_data["need"])
    if repeats(page.step):
        if list_has_changed(request, opened, place):
            messages.warning(request, _("Your list has changed since this page was opened. Check it, then continue."))
            return onward(place.url)
        if any(item.open for item in page.items):
            messages.warning(request, _("Finish this day first, or stop adding it."))
            return onward(place_of(opened.draft, page, returning=place.returning).url)
        if page.step.wants_more(form.cleaned_data):
            return onward(new_item_of(place, page).url)
    before = opened.walk
    keep(request, opened, asked, form)
    if way_out := page.step.way_out(form.cleaned_data, opened.setting):
        return leave_for(way_out, journey=opened.draft.journey, draft=opened.draft)
    after = opened.walked()
    _say_what_was_removed(request, page, before, after)
    returning = place.returning or (repeats(page.step) and after.first_open is None)
    return _onward(opened, after, page.step.slug, returning=returning)


def _onward(opened: Opened, walk: Walk, slug: str, *, returning: bool) -> HttpResponse:
    page = walk.after(slug, returning=returning)
    if page is None:
        anchor = f"#{slug}" if returning else ""
        return onward(page_of(opened.draft, "check") + anchor)
    return onward(place_of(opened.draft, page, returning=returning).url)


def _say_what_was_removed(request: HttpRequest, changed: Page, before: Walk, after: Walk) -> None:
    """Answers of a branch that was left do not go along; whoever left it is told."""
    for page in before.pages:
        if page.step in after.hidden and not page.open:
            names = {"what": changed.step.question, "removed": page.step.question}
            messages.info(request, _("You changed “%(what)s,” so we removed “%(removed)s.”") % names)


def _back_url(opened: Opened, page: Page, *, returning: bool) -> str:
    if returning and opened.walk.first_open is None:
        return page_of(opened.draft, "check")
    return back_to_before(opened, page)


def back_to_before(opened: Opened, page: Page) -> str:
    """The question before this one; of time on a case, the case."""
    before = opened.walk.before(page.step.slug)
    if before is None and opened.draft.case is not None:
        return reverse("cases:case", args=[opened.draft.case.number])
    return reverse("absences:who_for") if before is None else place_of(opened.draft, before).url
