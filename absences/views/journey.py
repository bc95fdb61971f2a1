"""The pages of a journey: one view serves every step, forward or to change one answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from absences import drafts
from absences.drafts import Posted
from absences.journeys.engine import Page, StepForm, Walk
from absences.journeys.unplanned import DayToDay
from absences.views.answers import UNPROCESSABLE, leave_for, see_other
from absences.views.opened import Opened, saved_for_later, with_draft
from absences.views.signed_in import while_employed
from portal import language

CONFLICT = 409


@require_safe
@with_draft
@while_employed
def resume(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Where the person left off."""
    return _first_open_or_check(opened)


@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
@while_employed
def answer_step(request: HttpRequest, opened: Opened, step: str, *, returning: bool = False) -> HttpResponse:
    """One question. `returning`: it was opened from the summary, which comes next unless a new question does."""
    page = opened.walk.page(step)
    if page is None:  # skipped ahead, or a branch that was left
        return _first_open_or_check(opened)
    if request.method == "POST":
        return _answer(request, opened, page, returning=returning)
    return _ask(request, opened, page, _form_to_show(opened, page), returning=returning)


def _form_to_show(opened: Opened, page: Page) -> StepForm:
    typed = opened.draft.unchecked.get(page.step.slug)
    return page.form if typed is None else page.step.form(typed, page.facts, setting=opened.setting).unchecked()


def _ask(
    request: HttpRequest,
    opened: Opened,
    page: Page,
    form: StepForm,
    *,
    returning: bool,
    version: str = "",
    status: int = 200,
) -> HttpResponse:
    parts = [str(part) for part in DayToDay.parts]
    context = {
        "form": form,
        "title": page.step.question,
        "contact": opened.contact,
        "version": version or opened.draft.version,
        "back_url": _back_url(opened, page, returning=returning),
        "step_number": page.step.part,
        "step_total": len(parts),
        "step_name": parts[page.step.part - 1],
        "step_names": parts,
        "button": page.step.button,
        "save_later": True,
    }
    return render(request, page.step.template_name, context, status=status)


def _answer(request: HttpRequest, opened: Opened, page: Page, *, returning: bool) -> HttpResponse:
    slug, draft = page.step.slug, opened.draft
    form = page.step.form_class(request.POST, facts=page.facts, setting=opened.setting)
    posted = {name: request.POST.getlist(name) for name in form.html_names() if name in request.POST}
    if language.asked(request) or "_save_later" in request.POST:
        drafts.keep_unchecked(draft, slug, posted, now=opened.now)
        return language.switched(request) or saved_for_later(request, opened)
    version = request.POST.get("_version", "")
    if not form.is_valid():
        return _ask(request, opened, page, form, returning=returning, version=version, status=UNPROCESSABLE)
    if version != str(draft.version) and draft.answers.get(slug, posted) != posted:
        return _conflict(request, opened, page, form, posted, returning=returning)
    before = opened.walk
    if slug in draft.unchecked or draft.answers.get(slug) != posted:
        drafts.keep_answer(draft, slug, posted, now=opened.now)
    if way_out := page.step.way_out(form.cleaned_data, opened.setting):
        return leave_for(way_out)
    after = opened.walked(drafts.settled(draft))
    _say_what_was_removed(request, page, before, after)
    return _onward(opened, after, slug, returning=returning)


def _onward(opened: Opened, walk: Walk, slug: str, *, returning: bool) -> HttpResponse:
    page = walk.after(slug, returning=returning)
    if page is None:
        return HttpResponseRedirect(f"{_check_url(opened)}#{slug}" if returning else _check_url(opened), status=303)
    name = "change" if returning else "step"
    return see_other(name, draft=opened.draft.pk, step=page.step.slug)


def _say_what_was_removed(request: HttpRequest, changed: Page, before: Walk, after: Walk) -> None:
    """Answers of a branch that was left do not go along; whoever left it is told."""
    for page in before.pages:
        if page.step in after.hidden and not page.open:
            names = {"what": changed.step.question, "removed": page.step.question}
            messages.info(request, _("You changed “%(what)s,” so we removed “%(removed)s.”") % names)


def _conflict(
    request: HttpRequest, opened: Opened, page: Page, form: StepForm, posted: Posted, *, returning: bool
) -> HttpResponse:
    """Another tab answered this question since the form was made: show both, overwrite nothing, ask."""
    saved = page.form
    context = {
        "title": _("You answered this question in another tab"),
        "question": page.step.question,
        "saved": list(page.step.rows(saved.cleaned_data)) if saved.is_valid() else [],
        "entered": list(page.step.rows(form.cleaned_data)),
        "posted": [(name, value) for name, values in posted.items() for value in values],
        "version": opened.draft.version,
        "contact": opened.contact,
        "keep_url": reverse("absences:resume", kwargs={"draft": opened.draft.pk}),
        "step_number": page.step.part,
        "step_total": len(DayToDay.parts),
        "step_name": DayToDay.parts[page.step.part - 1],
    }
    return render(request, "absences/conflict.html", context, status=CONFLICT)


def _first_open_or_check(opened: Opened) -> HttpResponse:
    page = opened.walk.first_open
    if page is None:
        return see_other("check", draft=opened.draft.pk)
    return see_other("step", draft=opened.draft.pk, step=page.step.slug)


def _check_url(opened: Opened) -> str:
    return reverse("absences:check", kwargs={"draft": opened.draft.pk})


def _back_url(opened: Opened, page: Page, *, returning: bool) -> str:
    if returning and opened.walk.first_open is None:
        return _check_url(opened)
    before = opened.walk.before(page.step.slug)
    if before is None:
        return reverse("absences:who_for")
    return reverse("absences:step", kwargs={"draft": opened.draft.pk, "step": before.step.slug})
