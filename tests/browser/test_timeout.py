"""The warning before a session ends, and its end, in a real browser with the clock moved."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from absences.addresses import Place
from absences.models import Draft
from registration.models import StaffRole
from tests.browser.live import Person, origin, path_of
from tests.factories.accounts import make_account
from tests.pages.world import make_world

__all__ = ["origin"]
pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.xdist_group("timeout")]
MINUTE = 60


@pytest.fixture
def person(browser: Browser, origin: str) -> Any:
    """Somebody with a request half written; the browser's clock stands in the test's hand."""
    world = make_world()
    somebody = Person(browser, origin, world.me)
    somebody.draft = world.drafts["day_to_day"]
    somebody.context.clock.install()
    yield somebody
    somebody.context.close()
    assert somebody.complaints == []


@pytest.fixture
def page(person: Any) -> Page:
    return person.tab(Place(person.draft, "who").url)


def choose(page: Page, answer: str) -> None:
    page.locator("label", has_text=answer).click()


def warning(page: Page) -> Locator:
    return page.get_by_role("alertdialog", name="Do you need more time?")


def wait(page: Page, minutes: int, seconds: int = 0) -> None:
    page.clock.fast_forward((minutes * MINUTE + seconds) * 1000)


def warned(page: Page) -> Locator:
    """Twenty-five minutes after the page was opened."""
    wait(page, 25, 2)
    expect(warning(page)).to_be_visible()
    return warning(page)


class TestTheWarning:
    def test_five_minutes_before_the_end(self, page):
        wait(page, 24, 30)
        expect(warning(page)).to_be_hidden()
        dialog = warned_later(page)
        expect(dialog).to_contain_text("we will log you out in 5 minutes. Your saved answers will stay.")
        expect(dialog.get_by_role("button", name="Stay logged in")).to_be_focused()
        assert page.title().startswith("5 minutes left – ")

    def test_it_is_accessible_on_the_smallest_screen(self, page):
        warned(page)
        assert Axe().run(page).response["violations"] == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")

    def test_staying(self, page):
        title = page.title()
        choose(page, "Other")
        field = page.get_by_label("Relationship")
        field.fill("My aunt")
        warned(page).get_by_role("button", name="Stay logged in").click()
        expect(warning(page)).to_be_hidden()
        expect(field).to_be_focused()
        expect(field).to_have_value("My aunt")
        assert page.title() == title
        wait(page, 24)
        expect(warning(page)).to_be_hidden()
        warned_later(page, minutes=1)

    def test_escape_stays(self, page):
        warned(page)
        with page.expect_response("**/session/extend/") as answer:
            page.keyboard.press("Escape")
        assert answer.value.status == 204
        expect(warning(page)).to_be_hidden()

    def test_the_rest_of_the_page_waits(self, page):
        dialog = warned(page)
        for _press in range(6):
            page.keyboard.press("Tab")
            inside = page.evaluate(
                "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
            )
            assert inside
        expect(dialog).to_be_visible()

    def test_the_countdown_is_said_at_two_minutes_and_at_one(self, page):
        spoken = warned(page).get_by_role("status")
        heard = []
        for _minute in range(4):
            heard.append(spoken.text_content())
            wait(page, 1)
        assert [re.search(r"in (\d)", text)[1] if text else "" for text in heard] == ["", "", "", "2"]
        expect(spoken).to_contain_text("You will be logged out in 1 minute.")
        expect(warning(page)).to_contain_text("in 1 minute.")

    def test_logging_out(self, page):
        warned(page).get_by_role("button", name="Log out").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("You are logged out")

    def test_no_connection(self, page):
        page.route("**/session/extend/", lambda route: route.abort())
        dialog = warned(page)
        dialog.get_by_role("button", name="Stay logged in").click()
        expect(dialog.get_by_role("alert")).to_contain_text("We could not reach this site.")
        page.unroute("**/session/extend/")
        dialog.get_by_role("button", name="Stay logged in").click()
        expect(warning(page)).to_be_hidden()


def warned_later(page: Page, *, minutes: int = 0) -> Locator:
    """The warning after a little more time."""
    wait(page, minutes, 40)
    expect(warning(page)).to_be_visible()
    return warning(page)


class TestTabs:
    def test_they_share_one_timer(self, person, page):
        other = person.tab("/home/")
        warned(page)
        expect(warning(other)).to_be_visible()
        warning(other).get_by_role("button", name="Stay logged in").click()
        expect(warning(other)).to_be_hidden()
        wait(page, 0, 2)
        expect(warning(page)).to_be_hidden()

    def test_opening_a_page_is_activity_for_all(self, person, page):
        warned(page)
        person.tab("/home/")
        wait(page, 0, 2)
        expect(warning(page)).to_be_hidden()


class TestTheEnd:
    def test_what_was_typed_is_kept_and_found_again(self, person, page):
        choose(page, "Other")
        page.get_by_label("Relationship").fill("Xqzaunt")
        person.age_session(30 * MINUTE)
        wait(page, 30, 2)
        page.wait_for_url("**/login/**")
        expect(page.locator("main")).to_contain_text("We logged you out to keep your information safe")
        assert "Xqz" not in page.content()
        assert Draft.objects.get(pk=person.draft.pk).unchecked["who"]["relationship"] == ["Xqzaunt"]
        person.log_in()
        page.goto(person.origin + Place(person.draft, "who").url)
        expect(page.locator("#news")).to_be_focused()
        expect(page.locator("#news")).to_contain_text("We kept what you typed. Check it and continue.")
        expect(page.get_by_label("Relationship")).to_have_value("Xqzaunt")

    def test_a_page_without_a_question(self, person):
        page = person.tab("/home/")
        person.age_session(30 * MINUTE)
        wait(page, 30, 2)
        page.wait_for_url("**/login/?next=/home/")

    def test_a_computer_that_slept(self, person, page):
        """It wakes long after the end: no warning, no lost words."""
        choose(page, "My Child")
        person.age_session(8 * 60 * MINUTE)
        page.clock.fast_forward("08:00:00")
        page.wait_for_url("**/login/**")
        assert Draft.objects.get(pk=person.draft.pk).unchecked["who"]["who"] == ["child"]

    def test_a_session_that_ended_before_the_button_was_pressed(self, person, page):
        dialog = warned(page)
        person.age_session(30 * MINUTE)
        dialog.get_by_role("button", name="Stay logged in").click()
        page.wait_for_url("**/login/**")


def test_staff_are_warned_after_ten_minutes(browser, origin):
    staff = make_account(role=StaffRole.Role.SPECIALIST)
    somebody = Person(browser, origin, staff)
    somebody.context.clock.install()
    page = somebody.tab("/home/")
    wait(page, 9)
    expect(warning(page)).to_be_hidden()
    wait(page, 1, 2)
    expect(warning(page)).to_be_visible()
    assert path_of(page) != "/home/"
    somebody.context.close()


def test_without_a_script_the_page_says_how_long(browser, origin):
    somebody = Person(browser, origin, make_world().me, java_script_enabled=False)
    page = somebody.tab("/home/")
    expect(page.get_by_role("contentinfo")).to_contain_text("We log you out after 30 minutes with no activity.")
    expect(page.locator("dialog")).to_have_count(0)
    somebody.context.close()
