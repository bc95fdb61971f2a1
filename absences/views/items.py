"""One entry of a list: its questions, one after the other, and removing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from absences import drafts
from absences.addresses import Place, key_at
from absences.journeys.engine import Item, ListStep, Page, repeats
from absences.views.answers import leave_for, onward
from absences.views.asked import Asked, indicator
from absences.views.asking import ask, checked, keep
from absences.views.journey import back_to_before, first_open_or_check, not_asked
from absences.views.opened import Opened, with_open_draft
from absences.views.stale import was_removed

PAGE_WITH_FORM = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE_WITH_FORM)
@with_open_draft
def answer_item(
    request: HttpRequest, opened: Opened, step: str, item: str, item_step: str, *, returning: bool = False
) -> HttpResponse:
    """One question about one item. A name that no item has is a new item; its first answer makes it."""
    listed = opened.walked(focus=item).page(step)
    found = listed.item(item) if listed else None
    page = found.walk.page(item_step) if found else None
    place = Place(opened.draft, step, item, item_step, returning=returning)
    if listed is None or found is None or page is None or was_removed(request, opened, place):
        return not_asked(request, opened, place)
    if len(listed.items) > _list(listed).most:
        return onward(place.hub().url)
    being_added = not _was_finished(opened, listed, item)
    asked = Asked(
        place,
        page,
        listed.step.part,
        back_url=_back_url(opened, listed, found, place),
        cancel_url=place.remove_url if being_added else "",
    )
    if request.method != "POST":
        return ask(request, opened, asked)
    form = checked(request, opened, asked)
    if isinstance(form, HttpResponse):
        return form
    keep(request, opened, asked, form)
    if way_out := page.step.way_out(form.cleaned_data, opened.setting):
        return leave_for(way_out, journey=opened.draft.journey, draft=opened.draft)
    return _next(request, opened, place, being_added=being_added)


def _next(request: HttpRequest, opened: Opened, place: Place, *, being_added: bool) -> HttpResponse:
    """The item's next question; after its last one, the list with the news."""
    listed = opened.walked(focus=place.item).page(place.step)
    assert listed is not None
    item = listed.item(place.item)
    assert item is not None
    page = item.walk.after(place.item_step, returning=False)
    if page is not None:
        return onward(place.at(page.step.slug).url)
    news = _("We added %(item)s.") if being_added else _("We changed %(item)s.")
    messages.success(request, news % {"item": _list(listed).item_name(item.facts)})
    return onward(place.hub().url)


def _was_finished(opened: Opened, listed: Page, item: str) -> bool:
    """Whether the item was answered to its end once: then it is being changed, even while it is open again."""
    last = _list(listed).item_journey.steps[-1].slug
    return key_at(listed.step.slug, item, last) in opened.draft.answers


def _list(page: Page) -> type[ListStep]:
    assert repeats(page.step)
    return page.step


def _back_url(opened: Opened, listed: Page, item: Item, place: Place) -> str:
    before = item.walk.before(place.item_step)
    if before is not None:
        return place.at(before.step.slug).url
    others = any(other.id != item.id for other in listed.items)
    return place.hub().url if others or not item.open else back_to_before(opened, listed)


@require_http_methods(PAGE_WITH_FORM)
@with_open_draft
def remove(request: HttpRequest, opened: Opened, step: str, item: str) -> HttpResponse:
    """Removing an item, or stopping before it was ever complete. It always asks first."""
    listed = opened.walk.page(step)
    if listed is None or not repeats(listed.step):
        return first_open_or_check(opened)
    found = listed.item(item)
    if found is None:  # removed already, or never begun
        return _back_to_list(opened, step)
    if request.method != "POST":
        return _ask_first(request, opened, listed, found)
    was_finished = _was_finished(opened, listed, item)
    drafts.remove_item(opened.draft, step, item, now=opened.now)
    if was_finished:
        messages.success(request, _("We removed %(item)s.") % {"item": _list(listed).item_name(found.facts)})
    return _back_to_list(opened, step)


def _back_to_list(opened: Opened, step: str) -> HttpResponse:
    """The list; when nothing is left on it, the question before it."""
    listed = opened.walked().page(step)
    if listed is None or listed.items:
        return onward(Place(opened.draft, step).url)
    return onward(back_to_before(opened, listed))


def _ask_first(request: HttpRequest, opened: Opened, listed: Page, item: Item) -> HttpResponse:
    being_added = not _was_finished(opened, listed, item.id)
    if being_added and item.walk.first_open is not None:
        title, keep_at = _("Stop adding this day?"), item.walk.first_open.step.slug
        keep_url = Place(opened.draft, listed.step.slug, item.id, keep_at).url
    else:
        title = _("Remove %(item)s?") % {"item": _list(listed).item_name(item.facts)}
        keep_url = Place(opened.draft, listed.step.slug).url
    context = {
        "title": title,
        "unfinished": being_added,
        "lines": () if item.open else _list(listed).lines(item.facts),
        "keep_url": keep_url,
        "contact": opened.contact,
        **indicator(opened, listed.step.part),
    }
    return render(request, "absences/remove.html", context)
