"""The pages of a person’s cases, and the case that other pages need."""

from __future__ import annotations

from cases.models.case import Case
from portal.lib import clock
from tests.factories.records import full_day, now_and_then, open_leave_case
from tests.pages.recipes.kinds import Endpoint, Recipe, named
from tests.pages.world import World


def _number(world: World) -> str:
    return world.case.number


def leave_number(world: World) -> str:
    """Of a leave taken now and then, opened when first asked for."""
    employee = world.me.employee
    leave = employee.cases.filter(kind=Case.Kind.LEAVE).first()
    days = now_and_then(full_day(clock.today()))
    return (leave or open_leave_case(employee, leave=days, now=clock.now())).number


RECIPES: dict[str, Recipe | Endpoint] = {
    "cases:history": Recipe(named("cases:history"), queries=16),
    "cases:case": Recipe(named("cases:case", number=_number), private=True, queries=15),
    "cases:reasons": Endpoint("a POST that hides or shows reasons and goes back"),
    "cases:timeline": Recipe(named("cases:timeline", number=leave_number), private=True),
}
