"""Both recoveries in a real browser: in English and in Spanish, with and without JavaScript."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from registration.models import AccountEvent, User
from tests.browser.live import Person, origin, path_of
from tests.factories.accounts import make_account, newest_code
from tests.factories.people import make_employee

__all__ = ["origin"]
pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.xdist_group("recovery")]
NEW = "Tw9#lark-Moss4"


class Visitor(Person):
    """Somebody who cannot log in."""

    def log_in(self) -> None:
        """Nobody is signed in."""


@pytest.fixture(
    params=[(True, "en"), (False, "en"), (True, "es"), (False, "es")],
    ids=["scripts, English", "no scripts, English", "scripts, Spanish", "no scripts, Spanish"],
)
def visitor(request: pytest.FixtureRequest, browser: Browser, origin: str) -> Any:
    scripts, language = request.param
    user = make_account(make_employee(), username="mgarcia")
    somebody = Visitor(browser, origin, user, java_script_enabled=scripts)
    somebody.language = language
    somebody.context.add_cookies([{"name": "language", "value": language, "url": origin}])
    yield somebody
    somebody.context.close()
    assert somebody.complaints == []


def send(page: Page) -> None:
    page.locator("#page-form .portal-buttons__primary").click()


def problems(page: Page) -> list[str]:
    """The lines of the error summary, where the focus is."""
    expect(page.locator("#error-summary")).to_be_focused()
    return page.locator("#error-summary a").all_inner_texts()


def test_a_forgotten_username(visitor: Any) -> None:
    page = visitor.tab("/login/")
    page.locator('a[href="/login/forgot-id/"]').click()
    send(page)
    assert len(problems(page)) == 5
    person = visitor.user.employee
    page.locator("[name=first_name]").fill(person.first_name.upper())
    page.locator("[name=last_name]").fill(person.last_name)
    page.locator("[name=zip]").fill(person.home_zip)
    page.locator("[name=birthdate_month]").select_option(str(person.birthdate.month))
    page.locator("[name=birthdate_day]").fill(str(person.birthdate.day))
    page.locator("[name=birthdate_year]").fill(str(person.birthdate.year))
    page.locator("[name=employee_number]").fill(person.employee_number)
    send(page)
    page.wait_for_url("**/login/forgot-id/sent/")
    expect(page.locator("html")).to_have_attribute("lang", visitor.language)
    assert AccountEvent.objects.filter(kind="username", dispatched_at=None).exists()


def test_a_reset_password(visitor: Any) -> None:
    page = visitor.tab("/login/")
    page.locator('a[href="/login/reset/"]').click()
    page.locator("[name=username]").fill("mgarcia")
    page.keyboard.press("Enter")
    page.wait_for_url("**/login/reset/code/")
    page.locator("[name=code]").fill("12")
    send(page)
    assert len(problems(page)) == 1
    code = newest_code()
    page.locator("[name=code]").fill(f"{code[:3]} {code[3:]}")
    send(page)
    page.wait_for_url("**/login/reset/password/")
    page.locator("[name=password]").fill("Welcome1!")
    page.locator("[name=password2]").fill("Welcome1!")
    send(page)
    assert len(problems(page)) == 1
    assert page.locator("[name=password]").input_value() == ""
    paste(page, "[name=password]", NEW)
    paste(page, "[name=password2]", NEW)
    if visitor.scripts:
        shows_what_was_typed(page)
    send(page)
    page.wait_for_url("**/login/")
    expect(page.locator("#news")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", visitor.language)
    assert User.objects.get().check_password(NEW)
    page.locator("[name=username]").fill("mgarcia")
    page.locator("[name=password]").fill(NEW)
    send(page)
    page.wait_for_url("**/login/code/")


def paste(page: Page, field: str, text: str) -> None:
    """As from a password manager: by the clipboard, where a page could refuse it."""
    page.locator("h1").evaluate("(heading, text) => { heading.textContent = text }", text)
    page.locator("h1").click(click_count=3)
    page.keyboard.press("Control+C")
    page.locator(field).focus()
    page.keyboard.press("Control+V")
    expect(page.locator(field)).to_have_value(text)


def shows_what_was_typed(page: Page) -> None:
    field, button = page.locator("[name=password]"), page.locator(".portal-password__toggle").first
    expect(field).to_have_attribute("type", "password")
    button.click()
    expect(field).to_have_attribute("type", "text")
    expect(field).to_have_value(NEW)
    button.click()
    expect(field).to_have_attribute("type", "password")


def test_the_log_in_page_leads_to_the_profile(visitor: Any) -> None:
    page = visitor.tab("/login/")
    page.locator('a[href="/profile/"]').click()
    page.wait_for_url("**/login/?next=/profile/")
    assert path_of(page) == "/login/"
