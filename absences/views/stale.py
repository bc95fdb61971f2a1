"""Pages sent to what is no longer there: a question of a branch that was left, an item that was removed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from absences import drafts, made
from absences.addresses import Place
from absences.typed import posted_out_of_place, step_at
from absences.views.opened import Opened


def keep_out_of_place(request: HttpRequest, opened: Opened, place: Place) -> None:
    """Keep what was typed for a question that is not asked now, where it can come back, and say what became of it.

    Only of a page that we have shown: who invents an address leaves nothing.
    """
    draft, token = opened.draft, made.read(request, opened.draft.pk, place.key)
    step = step_at(opened.journey, place.step, place.item_step)
    begun = drafts.holds_item(draft, place.key) or (token is not None and not token.listed)
    if place.item and not begun:
        messages.warning(request, _("This day is no longer on your list, so we did not save the page."))
    elif token is None or step is None:
        messages.warning(request, _("That question is no longer part of your request, so we did not save the page."))
    else:
        posted = posted_out_of_place(request.POST, step, opened.setting)
        drafts.keep_unchecked(draft, place.key, posted, now=opened.now, why=(drafts.OVERTAKEN,))
        messages.warning(
            request,
            _("That question is not part of your request now. If it is asked again, you will find what you typed."),
        )


def was_removed(request: HttpRequest, opened: Opened, place: Place) -> bool:
    """Whether this page asks about an item that stood on its list when the page was made, and does not any more."""
    token = made.read(request, opened.draft.pk, place.key)
    return token is not None and token.listed and not drafts.holds_item(opened.draft, place.key)


def list_has_changed(request: HttpRequest, opened: Opened, place: Place) -> bool:
    """Whether the items of the list are other than those this page showed."""
    token = made.read(request, opened.draft.pk, place.key)
    return token is not None and token.state != drafts.state_of(opened.draft, place.key)
