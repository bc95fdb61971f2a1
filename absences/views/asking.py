"""Asking one question and taking its answer: the same for a step and for a step about one item of a list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from absences import drafts
from absences.addresses import Place, page_of
from absences.drafts import Posted
from absences.journeys.engine import Item, Page, Step, StepForm, repeats
from absences.views.answers import UNPROCESSABLE, onward
from absences.views.opened import Opened, saved_for_later
from portal import language

CONFLICT = 409


@dataclass(frozen=True)
class Asked:
    """One question as this request meets it."""

    place: Place
    page: Page  # in the journey of its own: an item's page is one of its item journey
    part: int  # of the draft's journey
    back_url: str
    cancel_url: str = ""  # stops adding an item
    items: tuple[Item, ...] = ()  # what a list's hub shows

    @property
    def step(self) -> type[Step]:
        return self.page.step

    @property
    def form(self) -> StepForm:
        """Bound to the stored answer, if there is one."""
        return self.page.form

    def form_of(self, posted: Any) -> StepForm:
        return self.step.form(posted, self.form.facts, setting=self.form.setting)


def ask(
    request: HttpRequest,
    opened: Opened,
    asked: Asked,
    form: StepForm | None = None,
    *,
    version: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page. Without `form`, with what is stored or was typed and not checked."""
    context = {
        "form": form or _form_to_show(opened, asked),
        "title": asked.step.question,
        "draft": opened.draft,
        "place": asked.place,
        "cards": _cards(asked),
        "contact": opened.contact,
        "setting": opened.setting,
        "version": version or opened.draft.version,
        "back_url": asked.back_url,
        "cancel_url": asked.cancel_url,
        "button": asked.step.button,
        "save_later": True,
        **indicator(opened, asked.part),
    }
    return render(request, asked.step.template_name, context, status=status)


def indicator(opened: Opened, part: int) -> dict[str, Any]:
    """What the step indicator shows."""
    names = [str(name) for name in opened.journey.parts]
    return {"step_number": part, "step_total": len(names), "step_name": names[part - 1], "step_names": names}


def _cards(asked: Asked) -> list[dict[str, Any]]:
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
    typed = opened.draft.unchecked.get(asked.place.key)
    return asked.form if typed is None else asked.form_of(typed).unchecked()


def posted_for(request: HttpRequest, form: StepForm) -> Posted:
    """What the browser sent under the form's own names."""
    return {name: request.POST.getlist(name) for name in form.html_names() if name in request.POST}


def checked(request: HttpRequest, opened: Opened, asked: Asked) -> StepForm | HttpResponse:
    """The form that may be kept, or the answer to whatever else was sent: another button, mistakes, a stale tab."""
    draft, key = opened.draft, asked.place.key
    form = asked.step.form_class(request.POST, facts=asked.form.facts, setting=asked.form.setting)
    posted = posted_for(request, form)
    if language.asked(request) or "_save_later" in request.POST:
        drafts.keep_unchecked(draft, key, posted, now=opened.now)
        return language.switched(request) or saved_for_later(request, opened)
    version = request.POST.get("_version", "")
    if not form.is_valid():
        return ask(request, opened, asked, form, version=version, status=UNPROCESSABLE)
    if version != str(draft.version) and draft.answers.get(key, posted) != posted:
        return _conflict(request, opened, asked, form, posted)
    if reworked := form.reworked():
        drafts.keep_unchecked(draft, key, reworked.posted, now=opened.now)
        messages.success(request, reworked.news)
        return onward(asked.place.url)
    return form


def keep(request: HttpRequest, opened: Opened, asked: Asked, form: StepForm) -> None:
    """Store the answer, unless it is the one that is stored."""
    draft, key, posted = opened.draft, asked.place.key, posted_for(request, form)
    if key in draft.unchecked or draft.answers.get(key) != posted:
        drafts.keep_answer(draft, key, posted, now=opened.now)


def _conflict(request: HttpRequest, opened: Opened, asked: Asked, form: StepForm, posted: Posted) -> HttpResponse:
    """Another tab answered this question since the form was made: show both, overwrite nothing, ask."""
    saved = asked.form
    context = {
        "title": _("You answered this question in another tab"),
        "question": asked.step.question,
        "saved": list(asked.step.rows(saved.cleaned_data)) if saved.is_valid() else [],
        "entered": list(asked.step.rows(form.cleaned_data)),
        "posted": [(name, value) for name, values in posted.items() for value in values],
        "version": opened.draft.version,
        "contact": opened.contact,
        "keep_url": page_of(opened.draft, "resume"),
        **indicator(opened, asked.part),
    }
    return render(request, "absences/conflict.html", context, status=CONFLICT)
