"""Edit Profile in a real browser, with and without scripts, in both languages. Buttons are found by their place."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.live import Person, origin, path_of
from tests.factories.accounts import PASSWORD, make_account
from tests.factories.people import make_employee
from tests.integration.registration.ceremony import url
from tests.integration.registration.profile.changing import code_for, told

__all__ = ["origin"]
pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.xdist_group("profile")]
NEW_NUMBER, TYPED = "+16175550132", "617-555-0132"


@pytest.fixture(
    params=[("en", True), ("es", False), ("en", False)], ids=["with scripts", "Spanish without", "without scripts"]
)
def person(request: pytest.FixtureRequest, browser: Browser, origin: str) -> Any:
    language, scripts = request.param
    user = make_account(make_employee(), username="mgarcia", language=language, email="old@example.org")
    somebody = Person(browser, origin, user, java_script_enabled=scripts)
    somebody.context.add_cookies([{"name": "language", "value": language, "url": origin}])
    yield somebody
    somebody.context.close()
    assert somebody.complaints == []


def press(page: Page) -> None:
    page.locator("#page-form .portal-buttons__primary").first.click()


def own_code(person: Any) -> str:
    return code_for(person.user.phones.get().number)


def confirm(page: Page, person: Any) -> None:
    """The password, and a code to the phone that takes them."""
    page.wait_for_url(re.compile(r"/profile/confirm/\?next="))
    page.locator("[name=password]").fill(PASSWORD)
    press(page)
    page.wait_for_url("**/profile/confirm/code/")
    page.locator("[name=code]").fill(own_code(person))
    press(page)


def log_in(page: Page, person: Any) -> None:
    page.locator("[name=username]").fill("mgarcia")
    page.locator("[name=password]").fill(PASSWORD)
    press(page)
    page.wait_for_url("**/login/code/")
    page.locator("[name=code]").fill(own_code(person))
    press(page)


def type_phone(page: Page) -> None:
    page.locator("[name=phone]").fill(TYPED)
    press(page)


def give_code(page: Page) -> None:
    page.wait_for_url(f"**{url('new_phone_code')}")
    page.locator("[name=code]").fill(code_for(NEW_NUMBER))
    press(page)
    page.wait_for_url(f"**{url('profile')}")


def test_another_phone(person):
    old = person.user.phones.get().number
    page = person.tab(url("profile"))
    page.locator(f"a[href='{url('change_phone')}']").click()
    confirm(page, person)
    page.wait_for_url(f"**{url('change_phone')}")
    type_phone(page)
    give_code(page)
    expect(page.locator("#news")).to_be_focused()
    expect(page.locator("dd", has_text=NEW_NUMBER[-2:]).first).to_be_visible()
    assert person.user.phones.get().number == NEW_NUMBER
    assert {old, NEW_NUMBER, "old@example.org", person.user.employee.work_email} == told("phone_changed")


def test_of_two_sessions_one_is_ended(person, browser, origin):
    other = Person(browser, origin, person.user, java_script_enabled=person.scripts)
    there = other.tab(url("profile"))
    page = person.tab(url("sessions"))
    page.locator("li.portal-card form button").click()
    expect(page.locator("#news")).to_be_focused()
    expect(page.locator("li.portal-card")).to_have_count(1)
    there.reload()
    assert path_of(there) == url("login")
    other.context.close()


def test_a_session_that_ends_while_a_number_is_typed(person):
    page = person.tab(url("change_phone"))
    confirm(page, person)
    page.wait_for_url(f"**{url('change_phone')}")
    page.locator("[name=phone]").fill(TYPED)
    end_session(person, page)
    press(page)
    page.wait_for_url(re.compile(r"/login/\?next="))
    log_in(page, person)
    confirm(page, person)
    page.wait_for_url(f"**{url('change_phone')}")
    expect(page.locator("[name=phone]")).to_have_value(TYPED)
    expect(page.locator("#news")).to_be_focused()
    assert not told("phone_changed")
    press(page)
    give_code(page)


def end_session(person: Any, page: Page) -> None:
    """The session of the browser, which has had a new key since it was signed in."""
    key = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "sessionid")
    person.client.cookies["sessionid"] = key
    person.age_session(3600)


def test_back_after_logging_out_shows_nothing(person):
    page = person.tab(url("profile"))
    expect(page.locator("main")).to_contain_text(person.user.employee.employee_number)
    page.locator("form[action='/logout/'] button").first.click()
    page.wait_for_url(f"**{url('logged_out')}")
    page.go_back()
    page.wait_for_url(re.compile(r"/login/\?next="))
    expect(page.locator("main")).not_to_contain_text(person.user.employee.employee_number)


def test_the_time_out_keeps_a_typed_number(person):
    if not person.scripts:
        pytest.skip("without scripts nothing happens by itself")
    person.context.clock.install()
    page = person.tab(url("change_phone"))
    confirm(page, person)
    page.wait_for_url(f"**{url('change_phone')}")
    page.locator("[name=phone]").fill(TYPED)
    end_session(person, page)
    page.clock.fast_forward(31 * 60 * 1000)
    page.wait_for_url(re.compile(r"/login/\?next="))
    log_in(page, person)
    confirm(page, person)
    page.wait_for_url(f"**{url('change_phone')}")
    expect(page.locator("[name=phone]")).to_have_value(TYPED)
