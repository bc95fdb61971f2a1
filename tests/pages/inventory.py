"""Every page there is: read off the URL configuration and the journeys, never from a list somebody must remember."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from absences.journeys.catalogue import JOURNEYS
from absences.journeys.engine import repeats

NOT_OURS = ("admin",)  # Django's administration has tests of its own (tests/integration/test_admin.py)


def url_names() -> Iterator[str]:
    return (name for name, _arguments in addresses())


def names_with_arguments() -> set[str]:
    """Of addresses that name something: a number, a draft, a word."""
    return {name for name, arguments in addresses() if arguments}


def addresses(resolver: URLResolver | None = None, prefix: str = "", outer: int = 0) -> Iterator[tuple[str, int]]:
    """Every URL's name, and how many arguments its address takes."""
    for pattern in (resolver or get_resolver()).url_patterns:
        arguments = outer + pattern.pattern.regex.groups
        if isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}", arguments
        elif pattern.namespace not in NOT_OURS:
            yield from addresses(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix, arguments)


def every_page() -> list[str]:
    """Keys of recipes: the URL's name, "name/journey/step" where one address serves a journey's steps, and
    "name/journey" where the page differs by journey.
    """
    names = set(url_names())
    steps = {
        f"{name}/{journey}/{slug}" for name, slugs in BY_STEP.items() for journey in JOURNEYS for slug in slugs(journey)
    }
    ends = {f"{name}/{journey}" for name in BY_JOURNEY for journey in JOURNEYS}
    return sorted((names - set(BY_STEP) - set(BY_JOURNEY)) | steps | ends)


def step_slugs(journey: str) -> list[str]:
    return [step.slug for step in JOURNEYS[journey].steps]


def item_slugs(journey: str) -> list[str]:
    """ "<list>/<item's step>" of every list of the journey."""
    lists = [step for step in JOURNEYS[journey].steps if repeats(step)]
    return [f"{step.slug}/{asked.slug}" for step in lists for asked in step.item_journey.steps]


BY_STEP = {  # one address, as many pages as the journeys have steps
    "absences:step": step_slugs,
    "absences:change": step_slugs,
    "absences:item": item_slugs,
    "absences:item_change": item_slugs,
}
BY_JOURNEY = ("absences:check", "absences:done")
