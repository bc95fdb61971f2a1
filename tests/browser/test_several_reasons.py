"""Several reasons in a real browser: added, removed and sent, by keyboard, by pointer and without JavaScript."""

from __future__ import annotations

import contextvars
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Route, expect

from absences.addresses import Place
from absences.models import Draft
from tests.pages.world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.xdist_group("reasons")]
ORIGIN = "http://127.0.0.1"


class Visit:
    """A browser whose requests the test client answers, cookies, headers and all; redirects are followed for it."""

    def __init__(self, browser: Browser, client: Client, draft: Draft, **options: Any) -> None:
        self.client, self.draft = client, draft
        self.context = browser.new_context(**{"viewport": {"width": 320, "height": 640}, **options})
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.seen: list[str] = []  # addresses asked for
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        mine = contextvars.copy_context()  # a route's handler has one of its own, and with it another connection
        self.page.route("**/*", lambda route: mine.copy().run(self._answer, route))
        self.page.goto(ORIGIN + Place(draft, "about").url)

    def _note(self, message: ConsoleMessage) -> None:
        # A refused page is answered with 422; on it, script and browser may both move the focus.
        if not re.search("422|Autofocus processing was blocked", message.text):
            self.complaints.append(message.text)

    def _answer(self, route: Route) -> None:
        request = route.request
        address = urlsplit(request.url)
        self.seen.append(request.url)
        if address.path.startswith(settings.STATIC_URL):
            return route.fulfill(path=settings.STATIC_ROOT / address.path.removeprefix(settings.STATIC_URL))
        if request.method == "POST":
            content_type = request.headers["content-type"]
            answer = self.client.post(address.path, request.post_data_buffer, content_type=content_type, follow=True)
        else:
            answer = self.client.get(address.path, follow=True)
        return route.fulfill(status=answer.status_code, headers=dict(answer.headers), body=answer.content)

    @property
    def box(self) -> Locator:
        return self.page.get_by_label("Search for condition")

    def shows(self, *reasons: str) -> None:
        """The list, as it reads."""
        expect(self.page.locator(".portal-chosen__reason")).to_have_text(list(reasons))

    def tab_to(self, name: str) -> None:
        """Onward with the Tab key to the button of this name."""
        button = self.page.get_by_role("button", name=name, exact=True)
        for _press in range(30):
            self.page.keyboard.press("Tab")
            if button.evaluate("element => element === document.activeElement"):
                return
        pytest.fail(f"no way to {name} with the Tab key")

    def press_next(self) -> None:
        """To the question after the reasons."""
        self.page.get_by_role("button", name="Next").click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("Do you plan on taking a continuous absence")


@pytest.fixture
def leave(db: None) -> tuple[Client, Draft]:
    """A leave of which only the need is known, and the browser of the person who asks for it."""
    world = make_world()
    draft = world.drafts["leave"]
    draft.answers = {"type": {"need": ["own_health"]}}
    draft.save()
    return world.client(world.me), draft


def kept(draft: Draft) -> list[str]:
    """The reasons of the answer, those of the box last."""
    draft.refresh_from_db()
    answer = draft.answers["about"]
    return [*answer.get("reasons", []), *filter(None, answer["reason"])]


@pytest.fixture
def visit(browser: Browser, leave: tuple[Client, Draft]) -> Iterator[Visit]:
    visit = Visit(browser, *leave)
    yield visit
    assert visit.complaints == []
    visit.context.close()


def test_by_keyboard_two_are_added_and_one_is_removed(visit: Visit) -> None:
    page = visit.page
    visit.box.focus()
    page.keyboard.type("migrane")
    expect(page.get_by_role("option").first).to_have_text("Migraine")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    visit.tab_to("Add this reason")
    page.keyboard.press("Enter")
    expect(page.locator("#news")).to_be_focused()
    expect(page.locator("#news")).to_have_text("We added “Migraine.”")
    expect(visit.box).to_have_value("")
    visit.shows("Migraine")

    visit.box.focus()
    page.keyboard.type("my own words")
    visit.tab_to("Add this reason")
    page.keyboard.press("Enter")
    visit.shows("Migraine", "my own words")

    visit.tab_to("Remove Migraine")
    page.keyboard.press("Enter")
    expect(page.locator("#news")).to_be_focused()
    expect(page.locator("#news")).to_have_text("We removed “Migraine.”")
    visit.shows("my own words")
    visit.tab_to("Next")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Do you plan on taking a continuous absence")
    assert kept(visit.draft) == ["my own words"]


def test_by_pointer_a_suggestion_and_what_is_left_in_the_box(visit: Visit) -> None:
    page = visit.page
    visit.box.press_sequentially("back pa")
    page.get_by_role("option", name="Back pain").click()
    page.get_by_role("button", name="Add this reason").click()
    visit.shows("Back pain")
    visit.box.press_sequentially("flu")
    visit.press_next()
    assert kept(visit.draft) == ["Back pain", "flu"]


def test_the_add_button_is_reached_while_the_list_is_open(visit: Visit) -> None:
    visit.box.press_sequentially("pain")
    expect(visit.page.get_by_role("option").first).to_be_visible()
    visit.page.get_by_role("button", name="Add this reason").click()
    visit.shows("pain")


def test_a_mistake_stands_with_the_box_and_nothing_is_lost(visit: Visit) -> None:
    page = visit.page
    for text in ["Flu", "FLU"]:
        visit.box.fill(text)
        page.get_by_role("button", name="Add this reason").click()
    expect(page.locator("#error-summary")).to_be_focused()
    page.get_by_role("link", name="You already added that reason").click()
    expect(visit.box).to_be_focused()
    expect(visit.box).to_have_value("FLU")
    expect(visit.box).to_have_attribute("aria-invalid", "true")
    visit.shows("Flu")


@pytest.mark.parametrize("width", [320, 1280])
def test_no_barrier_with_a_list(visit: Visit, width: int) -> None:
    page = visit.page
    page.set_viewport_size({"width": width, "height": 800})
    visit.box.fill("W" * 100)
    page.get_by_role("button", name="Add this reason").click()
    visit.shows("W" * 100)
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    tall = [button.bounding_box()["height"] for button in page.locator("main button:visible").all()]
    assert min(tall) >= 44


def test_typed_words_stand_in_no_address(visit: Visit) -> None:
    visit.box.press_sequentially("goldfish")
    visit.page.get_by_role("button", name="Add this reason").click()
    visit.shows("goldfish")
    assert visit.seen
    assert [address for address in visit.seen if "goldfish" in address] == []
    assert "goldfish" not in visit.page.title()


def test_without_javascript(browser: Browser, leave: tuple[Client, Draft]) -> None:
    visit = Visit(browser, *leave, java_script_enabled=False)
    for text in ["Flu", "Asthma"]:
        visit.box.fill(text)
        visit.page.get_by_role("button", name="Add this reason").click()
    visit.page.get_by_role("button", name="Remove Flu").click()
    visit.shows("Asthma")
    visit.box.fill("Surgery")
    visit.box.press("Enter")  # is Next
    expect(visit.page.get_by_role("heading", level=1)).to_contain_text("Do you plan on taking a continuous absence")
    assert kept(visit.draft) == ["Asthma", "Surgery"]
    visit.context.close()
