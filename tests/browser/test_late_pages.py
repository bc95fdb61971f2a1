"""Back, Forward, stale tabs and late pages in a real browser, with and without JavaScript."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from absences.addresses import Place
from absences.models import Draft
from tests.browser.live import Person, origin, path_of
from tests.pages.world import make_world

__all__ = ["origin"]
pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.xdist_group("late_pages")]


@pytest.fixture(params=[True, False], ids=["with scripts", "without"])
def person(request: pytest.FixtureRequest, browser: Browser, origin: str) -> Any:
    """Somebody with a day-to-day report all answered."""
    world = make_world()
    somebody = Person(browser, origin, world.me, java_script_enabled=request.param)
    somebody.draft = world.drafts["day_to_day"]
    yield somebody
    somebody.context.close()
    assert somebody.complaints == []


def place(person: Any, step: str, *, returning: bool = False) -> str:
    return Place(person.draft, step, returning=returning).url


def saved(person: Any) -> dict[str, Any]:
    return Draft.objects.get(pk=person.draft.pk).answers


def choose(page: Page, answer: str) -> None:
    page.locator("label", has_text=answer).click()


def press_next(page: Page) -> None:
    page.locator(".portal-buttons__primary").click()


def test_back_and_forward_through_three_pages(person):
    page = person.tab(place(person, "who"))
    choose(page, "My Child")
    press_next(page)
    page.wait_for_url(f"**{place(person, 'date')}")
    press_next(page)
    page.wait_for_url(f"**{place(person, 'full-day')}")
    press_next(page)
    page.wait_for_url(f"**{place(person, 'hours')}")
    page.go_back()
    expect(page.get_by_label("Yes")).to_be_checked()
    page.go_back()
    assert path_of(page) == place(person, "date")
    page.go_back()
    expect(page.get_by_label("My Child")).to_be_checked()
    choose(page, "My Spouse")
    press_next(page)
    page.wait_for_url(f"**{place(person, 'date')}")
    assert saved(person)["who"]["who"] == ["spouse"]
    page.go_back()
    expect(page.get_by_label("My Spouse")).to_be_checked()
    page.go_forward()
    assert path_of(page) == place(person, "date")


def test_back_after_submitting_names_the_case(person):
    page = person.tab(place(person, "overtime", returning=True))
    press_next(page)
    page.get_by_role("button", name="Submit", exact=False).first.click()
    page.wait_for_url("**/done/**")  # the browser keeps the summary’s "#overtime"
    page.go_back()
    expect(page.locator("main")).to_contain_text("Your case number is")


def test_a_stale_tab_shows_both_answers(person):
    old = person.tab(place(person, "who", returning=True))
    new = person.tab(place(person, "who", returning=True))
    choose(new, "My Child")
    press_next(new)
    new.wait_for_url("**/check/#who")
    choose(old, "My Spouse")
    press_next(old)
    expect(old.get_by_role("heading", level=1)).to_have_text("You already answered this question")
    assert Axe().run(old).response["violations"] == [] if person.scripts else True
    old.get_by_role("link", name="Keep the saved answer").click()
    assert path_of(old) == place(person, "who", returning=True)
    expect(old.get_by_label("My Child")).to_be_checked()


def test_words_from_an_older_page_stand_beside_the_saved_answer(person):
    old = person.tab(place(person, "who", returning=True))
    new = person.tab(place(person, "who", returning=True))
    choose(new, "My Child")
    press_next(new)
    new.wait_for_url("**/check/#who")
    choose(old, "My Spouse")
    old.get_by_role("button", name="Save and finish later").click()
    old.wait_for_url("**/home/")
    old.goto(person.origin + place(person, "who", returning=True))
    expect(old.get_by_label("My Spouse")).to_be_checked()
    expect(old.locator("main")).to_contain_text("You also have a saved answer")
    assert Axe().run(old).response["violations"] == [] if person.scripts else True
    assert old.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    old.get_by_role("button", name="Keep the saved answer").click()
    expect(old.get_by_label("My Child")).to_be_checked()


def test_a_page_sent_after_logging_out_in_another_tab(person):
    page = person.tab(place(person, "about", returning=True))
    page.locator("[name=reason]").fill("Xqztyped")
    person.tab("/home/").get_by_role("button", name="Log out").first.click()
    press_next(page)
    page.wait_for_url("**/login/**")
    assert "Xqz" not in page.content()
    person.log_in()
    page.goto(person.origin + place(person, "about", returning=True))
    expect(page.locator("#news")).to_contain_text("You were logged out. We kept what you typed.")
    expect(page.locator("[name=reason]")).to_have_value("Xqztyped")


def test_a_page_sent_after_logging_in_again_in_another_tab(person):
    """Django gives the browser a new form token then."""
    page = person.tab(place(person, "about", returning=True))
    page.locator("[name=reason]").fill("Xqztyped")
    person.context.clear_cookies(name="csrftoken")
    person.log_in()
    press_next(page)
    expect(page.locator("#news")).to_contain_text("You were logged out. We kept what you typed.")
    expect(page.locator("[name=reason]")).to_have_value("Xqztyped")
    press_next(page)
    page.wait_for_url("**/check/#about")
    assert "Xqztyped" in str(saved(person)["about"])
