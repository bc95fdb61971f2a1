"""What holds for every page: it has a recipe, works, is nobody else's, stays cheap, speaks Spanish.

The pages come from the URL configuration and the journeys' steps, so a new page without a recipe fails.
"""

from __future__ import annotations

import html
import re

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.pages.inventory import every_page
from tests.pages.recipes import EMPLOYEE, RECIPES, STAFF, STRANGER, Endpoint, Recipe
from tests.pages.world import WORD, World, make_world

pytestmark = pytest.mark.django_db
PAGES = sorted(key for key, recipe in RECIPES.items() if isinstance(recipe, Recipe) and not recipe.leads_on)
FORMS = [key for key in PAGES if RECIPES[key].refused is not None]
SAME_IN_BOTH = {"no", "error", "fax", "cookies", "guam", "puerto", "rico"}  # words spelt alike
# A quoted message is in the language of whoever gets it.
NOT_WORDING = re.compile(r"<(script|style|template|svg|blockquote)\b.*?</\1>|<!--.*?-->", re.DOTALL)


def arrive(key: str, world: World, *, language: str = "en") -> tuple[Client, str]:
    """A browser that may open the page now, and the page's address."""
    recipe = RECIPES[key]
    client = world.client({EMPLOYEE: world.me, STAFF: world.staff, STRANGER: None}[recipe.visitor], language)
    if recipe.prepare:
        recipe.prepare(world, client)
    return client, recipe.path(world)


def visit(key: str, world: World, *, language: str = "en", refuse: bool = False) -> HttpResponse:
    client, path = arrive(key, world, language=language)
    return client.post(path, RECIPES[key].refused) if refuse else client.get(path)


def wording(response, world: World) -> set[str]:
    """The pieces of text a person sees, without what is data."""
    body = NOT_WORDING.sub(" ", response.content.decode())
    pieces = re.findall(r">([^<]+)<", body) + re.findall(r'(?:aria-label|alt|title)="([^"]+)"', body)
    texts = {re.sub(r"\s+", " ", html.unescape(piece)).strip() for piece in pieces}
    return {text for text in texts if WORD.search(text) and not world.is_data(text)}


def test_every_page_has_a_recipe():
    assert sorted(RECIPES) == every_page()


@pytest.mark.parametrize("key", PAGES)
def test_works(key):
    response = visit(key, make_world())
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    body = response.content.decode()
    assert body.count("<h1") == 1
    assert 'lang="en"' in body


@pytest.mark.parametrize("key", [key for key in PAGES if RECIPES[key].visitor != STRANGER])
def test_a_stranger_is_led_to_the_log_in_page(key):
    world = make_world()
    response = world.client(None).get(RECIPES[key].path(world))
    assert response.status_code == 302
    assert response["Location"].startswith("/login/?next=")


@pytest.mark.parametrize("key", [key for key in PAGES if RECIPES[key].visitor == EMPLOYEE])
def test_without_the_second_step_nothing_opens(key):
    world = make_world()
    client = world.client(None)
    client.force_login(world.me)
    assert client.get(RECIPES[key].path(world))["Location"].startswith("/login/")


@pytest.mark.parametrize("key", [key for key in PAGES if RECIPES[key].visitor == STAFF])
def test_staff_pages_are_not_found_by_employees(key):
    world = make_world()
    assert world.client(world.me).get(RECIPES[key].path(world)).status_code == 404


@pytest.mark.parametrize("key", [key for key, recipe in RECIPES.items() if isinstance(recipe, Endpoint)])
def test_an_endpoint_shows_no_page(key):
    assert RECIPES[key].why


@pytest.mark.parametrize("key", PAGES)
def test_costs_the_same_for_a_long_history(key):
    counts = []
    for cases in (1, 30):
        client, path = arrive(key, make_world(cases=cases))
        client.get(path)  # what a session or a process loads once
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= RECIPES[key].queries


@pytest.mark.parametrize("key", FORMS)
def test_an_empty_form_comes_back_with_what_to_do(key):
    response = visit(key, make_world(), refuse=True)
    body = response.content.decode()
    assert response.status_code == 422
    assert 'id="error-summary"' in body
    assert "<title>Error: " in re.sub(r"\s+", " ", body).replace("<title> ", "<title>")


@pytest.mark.parametrize(("key", "refuse"), [(key, False) for key in PAGES] + [(key, True) for key in FORMS])
def test_speaks_spanish(key, refuse):
    """No piece of wording is the same in both languages: such a piece was never translated."""
    world = make_world()
    english = wording(visit(key, world, refuse=refuse), world)
    world = make_world()
    spanish = wording(visit(key, world, language="es", refuse=refuse), world)
    alike = english & spanish
    assert {text for text in alike if not set(WORD.findall(text.casefold())) <= SAME_IN_BOTH} == set()
