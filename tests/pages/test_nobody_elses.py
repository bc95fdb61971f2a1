"""Whose an address is: what it names of one person, nobody else finds. A new address without an answer fails."""

from __future__ import annotations

import pytest

from tests.pages.inventory import every_page, names_with_arguments
from tests.pages.recipes import RECIPES
from tests.pages.test_every_page import arrive
from tests.pages.world import make_world

pytestmark = pytest.mark.django_db
PRIVATE = sorted(key for key, recipe in RECIPES.items() if recipe.private)
STAFFS = "one person; tests/integration/registration/staff/test_scope.py is the table of who reaches whom"
PAPERS = "one leave; tests/integration/documents/staff/test_scope.py is the table of who reaches which"
SIGNED = "a signed link that went to one person's address, opened by whoever holds it"
OF_NOBODY = {  # addresses that name something, but nothing of anybody's
    "absences:call_first": "a reason to call, the same for everyone",
    "absences:agency_first": "a kind of request, the same for everyone",
    "absences:in_progress": "a kind of request; whose draft it is, the session says",
    "notifications:receipt": "one message, opened by its provider's signature only",
    "registration:freeze": SIGNED,
    "registration:set_up": SIGNED,
    "registration:set_up_phone": SIGNED,
    "registration:set_up_code": SIGNED,
    "registration:set_up_password": SIGNED,
    **{
        f"documents:staff_{page}": PAPERS
        for page in ("papers", "ask", "withdraw", "attach", "accept", "again", "open", "clearance")
    },
    "registration:staff_check": STAFFS,
    "registration:staff_person": STAFFS,
    "registration:staff_clear": STAFFS,
    "registration:staff_act": STAFFS,
}


def test_every_address_that_names_something_is_private_or_nobodys():
    named = {key for key in every_page() if key.partition("/")[0] in names_with_arguments()}
    assert named - set(PRIVATE) == set(OF_NOBODY)
    assert set(PRIVATE) <= named


@pytest.mark.parametrize("key", PRIVATE)
def test_somebody_elses_is_not_found(key):
    world = make_world()
    owner, path = arrive(key, world)
    assert owner.get(path).status_code != 404
    for visitor in (world.stranger, world.staff):
        other = world.client(visitor)
        assert other.get(path).status_code == 404
        assert other.post(path).status_code in {404, 405}
