"""How to get to every page: who visits, at what address, after what. A page without a recipe fails the suite."""

from __future__ import annotations

from tests.pages.recipes import absences, cases, documents, public, registration, staff
from tests.pages.recipes.kinds import EMPLOYEE, STAFF, STRANGER, Endpoint, Recipe

__all__ = ["EMPLOYEE", "RECIPES", "STAFF", "STRANGER", "Endpoint", "Recipe"]

RECIPES: dict[str, Recipe | Endpoint] = {
    **public.RECIPES,
    **registration.RECIPES,
    **staff.RECIPES,
    **absences.RECIPES,
    **cases.RECIPES,
    **documents.RECIPES,
}
