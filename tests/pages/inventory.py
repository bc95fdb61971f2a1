"""Every page there is: read off the URL configuration and the journeys, never from a list somebody must remember."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from absences.journeys.unplanned import DayToDay

JOURNEYS = {"day_to_day": DayToDay}
BY_STEP = ("absences:step", "absences:change")  # one address, as many pages as the journeys have steps
NOT_OURS = ("admin",)  # Django's administration has tests of its own (tests/integration/test_admin.py)


def url_names(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[str]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"
        elif pattern.namespace not in NOT_OURS:
            yield from url_names(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)


def every_page() -> list[str]:
    """Keys of recipes: the URL's name, and "name/journey/step" where one address serves a journey's steps."""
    names = set(url_names())
    steps = {
        f"{name}/{journey}/{step.slug}" for name in BY_STEP for journey, kind in JOURNEYS.items() for step in kind.steps
    }
    return sorted((names - set(BY_STEP)) | steps)
