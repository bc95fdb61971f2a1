"""Words without an end, as anybody may type them: no page that shows them scrolls sideways at 320 px."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse
from playwright.sync_api import Browser

from cases.models.case import Case
from tests.pages import world
from tests.pages.test_accessible import ORIGIN, SCROLLS_SIDEWAYS, SMALLEST, serve
from tests.pages.test_every_page import arrive, visit
from tests.pages.world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.xdist_group("accessible")]
WORD, REASON, NAME = "W" * 400, "W" * 100, "W" * 40
TYPED = {"Xqznote": WORD, "Xqzreason": REASON, "Xqzreason 2": "M" * 100, "Xqzfirst": NAME, "Xqzlast": NAME}
SHOWN = [
    "absences:step/leave/days",
    "absences:step/leave/about",
    "absences:step/day_to_day/about",
    "absences:check/leave",
    "absences:check/day_to_day",
    "absences:check/absence_time",
    "absences:remove",
    "absences:done/leave",
    "absences:done/day_to_day",
    "absences:item/leave/days/details",
    "absences:step/leave/person",
]
known_answers = world.answers


def long_answers(journey: str, today: dt.date) -> dict[str, dict[str, list[str]]]:
    return {
        step: {name: [TYPED.get(value, value) for value in values] for name, values in answered.items()}
        for step, answered in known_answers(journey, today).items()
    }


@pytest.fixture(autouse=True)
def _long_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(world, "answers", long_answers)


def sideways(browser: Browser, document: HttpResponse) -> Any:
    """By how many pixels, with everything open that opens."""
    page = browser.new_page(viewport=SMALLEST)
    serve(page, document)
    page.goto(ORIGIN)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    found = page.evaluate(SCROLLS_SIDEWAYS)
    page.close()
    return found


@pytest.mark.parametrize("key", SHOWN)
def test_typed_words_break(key: str, browser: Browser) -> None:
    document = visit(key, make_world())
    assert "WWWW" in document.content.decode()
    assert sideways(browser, document) == 0


@pytest.mark.parametrize("page", ["cases:case", "cases:history"])
def test_the_reasons_of_a_case_break(page: str, browser: Browser) -> None:
    client, _path = arrive("absences:done/leave", made := make_world())
    case = made.me.employee.cases.filter(kind=Case.Kind.LEAVE).latest("opened_at")
    document = client.get(reverse(page, args=[case.number] if page == "cases:case" else []))
    assert "WWWW" in document.content.decode()
    assert sideways(browser, document) == 0


def test_two_answers_to_one_question_break(browser: Browser) -> None:
    key = "absences:item/leave/days/details"
    client, path = arrive(key, make_world())
    document = client.post(path, {"note": "M" * 400, "_version": "-1"})
    assert document.status_code == 409
    assert "MMMM" in document.content.decode()
    assert sideways(browser, document) == 0
