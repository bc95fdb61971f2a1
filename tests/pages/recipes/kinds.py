"""What a recipe for a page says, and an address that shows none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.pages.world import World

STRANGER, EMPLOYEE, STAFF = "stranger", "employee", "staff"
Prepare = Callable[[World, Client], None]


@dataclass(frozen=True)
class Recipe:
    path: Callable[[World], str]
    visitor: str = EMPLOYEE
    prepare: Prepare | None = None  # what the browser did before
    refused: dict[str, Any] | None = None  # a POST of the page's form that must come back with errors (422)
    queries: int = 12
    private: bool = False  # the address names something of one person: anybody else gets a 404
    leads_on: bool = False  # answers with a redirect


@dataclass(frozen=True)
class Endpoint:
    """An address that shows no page: why, and what it accepts."""

    why: str
    path: Callable[[World], str] | None = None  # where it is private
    visitor: str = EMPLOYEE
    prepare: Prepare | None = None
    private: bool = False  # as of a page


def named(name: str, **arguments: Any) -> Callable[[World], str]:
    return lambda world: reverse(name, kwargs={key: value(world) for key, value in arguments.items()})
