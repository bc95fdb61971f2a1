"""The pages of a report or request, step by step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.pages.inventory import BY_STEP, JOURNEYS
from tests.pages.recipes.cases import leave_number
from tests.pages.recipes.kinds import Endpoint, Prepare, Recipe, named
from tests.pages.world import ITEM, World


def _step(name: str, journey: str, slug: str) -> Callable[[World], str]:
    return lambda world: reverse(name, kwargs={"journey": journey, "draft": world.drafts[journey].pk, "step": slug})


def _item(name: str, journey: str, slug: str) -> Callable[[World], str]:
    step, item_step = slug.split("/")
    return lambda world: reverse(
        name,
        kwargs={
            "journey": journey,
            "draft": world.drafts[journey].pk,
            "step": step,
            "item": ITEM,
            "item_step": item_step,
        },
    )


def _of_draft(name: str, journey: str = "day_to_day", **arguments: str) -> Callable[[World], str]:
    return lambda world: reverse(name, kwargs={"journey": journey, "draft": world.drafts[journey].pk, **arguments})


def submitted(journey: str) -> Prepare:
    def submit(world: World, client: Client) -> None:
        draft = world.drafts[journey]
        client.post(_of_draft("absences:check", journey)(world), {"_version": draft.version})

    return submit


REFUSED: dict[str, dict[str, Any]] = {  # where an empty form is no mistake
    "hours": {"length": "other", "hours": "x", "minutes": ""},
    "details": {"note": "Xqznote" * 144},
}


LEADS_ON = {"absence_time/days"}  # its list is its summary


ANSWERED_BEFORE: dict[str, dict[str, dict[str, list[str]]]] = {  # what leads to a page that other answers hide
    "day_to_day/times": {"full-day": {"full_day": ["no"]}},
    "leave/person": {"type": {"need": ["family_health"]}},
    "leave/arrival": {"type": {"need": ["pregnancy"]}},
    "leave/child": {"type": {"need": ["bonding"]}},
    "leave/dates": {"schedule": {"continuous": ["yes"]}},
    "leave/days/times": {f"days/{ITEM}/full-day": {"full_day": ["no"]}},
    "absence_time/days/times": {f"days/{ITEM}/full-day": {"full_day": ["no"]}},
}


def _steps() -> dict[str, Recipe]:
    recipes = {}
    for name, slugs in BY_STEP.items():
        address = _item if name in ("absences:item", "absences:item_change") else _step
        for journey in JOURNEYS:
            for slug in slugs(journey):
                recipes[f"{name}/{journey}/{slug}"] = Recipe(
                    address(name, journey, slug),
                    private=True,
                    refused=REFUSED.get(slug.split("/")[-1], {}),
                    prepare=_answered(journey, slug),
                    queries=14,
                    leads_on=f"{journey}/{slug}" in LEADS_ON,
                )
    return recipes


def _answered(journey: str, slug: str) -> Prepare | None:
    answers = ANSWERED_BEFORE.get(f"{journey}/{slug}")
    if answers is None:
        return None

    def answer(world: World, client: Client) -> None:
        draft = world.drafts[journey]
        draft.answers = {**draft.answers, **answers}
        draft.save()

    return answer


RECIPES: dict[str, Recipe | Endpoint] = {
    "absences:before": Recipe(named("absences:before")),
    "absences:who_for": Recipe(named("absences:who_for"), refused={}),
    "absences:type": Recipe(named("absences:type"), refused={}, queries=13),
    "absences:call_first": Recipe(named("absences:call_first", why=lambda world: "other")),
    "absences:agency_first": Recipe(named("absences:agency_first", journey=lambda world: "leave")),
    "absences:call": Recipe(_of_draft("absences:call", "leave", why="late-leave"), private=True, queries=14),
    "absences:your_agency": Recipe(_of_draft("absences:your_agency"), private=True, queries=14),
    **{
        f"absences:check/{journey}": Recipe(_of_draft("absences:check", journey), private=True, queries=18)
        for journey in JOURNEYS
    },
    **{
        f"absences:done/{journey}": Recipe(
            _of_draft("absences:done", journey), prepare=submitted(journey), private=True, queries=17
        )
        for journey in JOURNEYS
    },
    "absences:time_new": Endpoint(
        "a POST that begins time on an open case", named("absences:time_new", number=leave_number), private=True
    ),
    "absences:new": Endpoint("a POST that begins a day-to-day report"),
    "absences:in_progress": Recipe(named("absences:in_progress", journey=lambda world: "leave"), refused={}),
    "absences:resume": Recipe(_of_draft("absences:resume", "leave"), private=True, leads_on=True),
    "absences:calendar": Endpoint(
        "the absence as a calendar file", _of_draft("absences:calendar"), prepare=submitted("day_to_day"), private=True
    ),
    "absences:start_over": Recipe(_of_draft("absences:start_over"), private=True, queries=14),
    "absences:delete": Recipe(_of_draft("absences:delete"), private=True, queries=14),
    "absences:remove": Recipe(_of_draft("absences:remove", "leave", step="days", item=ITEM), private=True, queries=14),
    **_steps(),
}
