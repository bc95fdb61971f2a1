"""Where a question stands: its key in a draft's answers, and its address."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace

from django.urls import reverse

from absences.journeys.engine import Page, item_key, repeats
from absences.models import Draft, Journey

IN_ADDRESS = {Journey.DAY_TO_DAY: "absence", Journey.LEAVE: "leave", Journey.ABSENCE_TIME: "time"}


class JourneyConverter:
    """The journey's word at the beginning of an address."""

    regex = "|".join(IN_ADDRESS.values())

    def to_python(self, value: str) -> str:
        return next(journey for journey, word in IN_ADDRESS.items() if word == value)

    def to_url(self, value: str) -> str:
        try:
            return IN_ADDRESS[Journey(value)]
        except (KeyError, ValueError) as error:
            raise ValueError(f"no address for {value}") from error


class ItemConverter:
    """The random name of one item of a list."""

    regex = "[0-9a-f]{8}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def new_item() -> str:
    """A name no other item has. Nothing is stored under it before its first answer."""
    return secrets.token_hex(4)


def page_of(draft: Draft, name: str, **arguments: str) -> str:
    """The address of a page of the draft that is no question: "check", "done", "resume" …"""
    return reverse(f"absences:{name}", kwargs={"journey": draft.journey, "draft": draft.pk, **arguments})


def key_at(step: str, item: str = "", item_step: str = "") -> str:
    """Where the answer is kept of the question at this address."""
    return item_key(step, item, item_step) if item else step


@dataclass(frozen=True)
class Place:
    """One question of a draft: a step, or a step about one item of a list."""

    draft: Draft
    step: str
    item: str = ""
    item_step: str = ""
    returning: bool = False  # opened from the summary, which comes next unless a new question does

    @property
    def key(self) -> str:
        return key_at(self.step, self.item, self.item_step)

    @property
    def url(self) -> str:
        if not self.item:
            return page_of(self.draft, "change" if self.returning else "step", step=self.step)
        name = "item_change" if self.returning else "item"
        return page_of(self.draft, name, step=self.step, item=self.item, item_step=self.item_step)

    @property
    def remove_url(self) -> str:
        """Where its item is removed."""
        return page_of(self.draft, "remove", step=self.step, item=self.item)

    def at(self, item_step: str) -> Place:
        """Another question about the same item."""
        return replace(self, item_step=item_step)

    def hub(self) -> Place:
        return replace(self, item="", item_step="")


def place_of(draft: Draft, page: Page, *, returning: bool = False) -> Place:
    """Where `page` is answered: of a list, its first unfinished item, a new one when there is none, else the hub."""
    hub = Place(draft, page.step.slug, returning=returning)
    if not repeats(page.step):
        return hub
    unfinished = next((item for item in page.items if item.open), None)
    if unfinished is not None and unfinished.walk.first_open is not None:
        return replace(hub, item=unfinished.id, item_step=unfinished.walk.first_open.step.slug)
    if not page.items:
        return new_item_of(hub, page)
    return hub


def exit_of(page: Page) -> str:
    """Where the answer at `place_of` this page leads instead of onward, "" when it leads on or is not given."""
    unfinished = next((item for item in page.items if item.open), None)
    asked = unfinished.walk.first_open if unfinished else page
    return asked.way_out if asked else ""


def new_item_of(hub: Place, page: Page) -> Place:
    assert repeats(page.step)
    return replace(hub, item=new_item(), item_step=page.step.item_journey.steps[0].slug)
