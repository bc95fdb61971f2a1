"""Asking one question and taking its answer: the same for a step and for a step about one item of a list."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from absences import drafts, made
from absences.addresses import Place
from absences.journeys.engine import CHANGED, QUESTION_CHANGED, Item, Row, StepForm, repeats
from absences.typed import posted_for
from absences.views.answers import UNPROCESSABLE, onward
from absences.views.asked import Asked, indicator
from absences.views.conflict import conflict, in_words, is_older
from absences.views.opened import Opened, saved_for_later
from portal import language


def ask(
    request: HttpRequest,
    opened: Opened,
    asked: Asked,
    form: StepForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """The page. Without `form`, with what is stored or was typed and not checked; with it, as old as it came."""
    shown = form or _form_to_show(opened, asked)
    if form is None and has_changed(shown):
        messages.info(request, QUESTION_CHANGED)
        shown = shown.unchecked()
    context = {
        "form": shown,
        "title": asked.step.question,
        "draft": opened.draft,
        "place": asked.place,
        "cards": cards(asked),
        "contact": opened.contact,
        "setting": opened.setting,
        "version": opened.draft.version if form is None else request.POST.get("_version", ""),
        "made": _made_again(request, opened, asked) if form else made.token(asked.place, opened.user.pk),
        "overtaken": _overtaken(opened, asked) if form is None else [],
        "back_url": asked.back_url,
        "cancel_url": asked.cancel_url,
        "button": asked.step.button,
        "save_later": True,
        **indicator(opened, asked.part),
    }
    if form is None and drafts.LATE in drafts.why_kept(opened.draft, asked.place.key):
        messages.info(request, _("You were logged out. We kept what you typed. Check it and continue."))
    return render(request, asked.step.template_name, context, status=status)


def _made_again(request: HttpRequest, opened: Opened, asked: Asked) -> str:
    """The token of a page that comes back with mistakes: it stays as old as it was."""
    known = made.read(request, opened.draft.pk, asked.place.key)
    return request.POST[made.FIELD] if known else ""


def _overtaken(opened: Opened, asked: Asked) -> list[Row]:
    """The saved answer, when the page shows words from before it."""
    draft, key = opened.draft, asked.place.key
    if drafts.OVERTAKEN not in drafts.why_kept(draft, key) or key not in draft.answers:
        return []
    return in_words(asked.step, asked.form_of(draft.answers[key]))


def cards(asked: Asked) -> list[dict[str, Any]]:
    """A list's items, each with the addresses where it is changed and removed."""
    if not repeats(asked.step):
        return []
    first = asked.step.item_journey.steps[0].slug
    places = {item.id: _start_of(asked.place, item, first) for item in asked.items}
    return [
        {"card": card, "edit_url": places[card.id].url, "remove_url": places[card.id].remove_url}
        for card in asked.step.cards(asked.items)
    ]


def _start_of(hub: Place, item: Item, first: str) -> Place:
    """Where an item is gone through again, or finished."""
    unfinished = item.walk.first_open
    return replace(hub, item=item.id, item_step=unfinished.step.slug if unfinished else first)


def _form_to_show(opened: Opened, asked: Asked) -> StepForm:
    if repeats(asked.step):  # whether there are more is asked anew every time
        return asked.form_of(None)
    typed = drafts.typed_at(opened.draft, asked.place.key)
    return asked.form if typed is None else asked.form_of(typed).unchecked()


def has_changed(form: StepForm) -> bool:
    """Whether the stored answer, accepted once, no longer answers the question: an option went, something was added.

    An answer that fails by a rule, as a date that is too old by now or time that stands in another case, keeps the
    rule's own error: it says more.
    """
    codes = {error.code for errors in form.errors.as_data().values() for error in errors}
    return bool(codes) and codes <= {"required", CHANGED}


def checked(request: HttpRequest, opened: Opened, asked: Asked) -> StepForm | HttpResponse:
    """The form that may be kept, or the answer to whatever else was sent: another button, mistakes, a stale tab."""
    draft, key = opened.draft, asked.place.key
    if "_keep_saved" in request.POST:
        drafts.forget_unchecked(draft, key, now=opened.now)
        return onward(asked.place.url)
    form = asked.step.form_class(request.POST, facts=asked.form.facts, setting=asked.form.setting)
    posted = posted_for(request.POST, form)
    older = is_older(request, opened, asked, form, posted)
    if language.asked(request) or "_save_later" in request.POST:
        if older and key in draft.unchecked:
            return conflict(request, opened, asked, form, posted)
        drafts.keep_unchecked(draft, key, posted, now=opened.now, why=(drafts.OVERTAKEN,) * older)
        return language.switched(request) or saved_for_later(request, opened)
    if not form.is_valid():
        return ask(request, opened, asked, form, status=UNPROCESSABLE)
    if older:
        return conflict(request, opened, asked, form, posted)
    if reworked := form.reworked():
        drafts.keep_unchecked(draft, key, reworked.posted, now=opened.now)
        messages.success(request, reworked.news)
        return onward(asked.place.url)
    return form


def keep(request: HttpRequest, opened: Opened, asked: Asked, form: StepForm) -> None:
    """Store the answer, unless it is the one that is stored."""
    draft, key, posted = opened.draft, asked.place.key, posted_for(request.POST, form)
    if key in draft.unchecked or draft.answers.get(key) != posted:
        drafts.keep_answer(draft, key, posted, now=opened.now)
