"""The rules for a new password say what is met while it is typed; without scripts they are a plain list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from registration import enrolment
from registration.passwords import problem
from registration.session_store import SessionStore
from registration.views import ceremony
from tests.browser.live import Person, origin
from tests.factories.people import make_employee, make_user
from tests.integration.registration.ceremony import url

__all__ = ["origin"]
pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.xdist_group("rules")]
LENGTH, UPPER, NUMBER, SPECIAL = "8 to 16 characters", "An uppercase letter", "A number", "A special character"
TYPED = {
    "": set(),
    "abcdefgh": {LENGTH},
    "Ab1!": {UPPER, NUMBER, SPECIAL},
    "Tw9#lark-Moss4": {LENGTH, UPPER, NUMBER, SPECIAL},
    "Tw9#lark-Moss4-Tw9#lark": {UPPER, NUMBER, SPECIAL},
    "ñandúÉ 7𝕏": {LENGTH, UPPER, NUMBER, SPECIAL},
    "１２３４": {NUMBER},
}


class Newcomer(Person):
    """Somebody who registers, on page 3."""

    def log_in(self) -> None:
        session = SessionStore()
        pending = enrolment.begin(make_employee(), terms_version="1/1", language="en")
        session[ceremony.PENDING] = str(pending.id)
        session.save()
        self.context.add_cookies([{"name": "sessionid", "value": session.session_key, "url": self.origin}])


def newcomer(browser: Browser, origin: str, **options: Any) -> Iterator[Page]:
    somebody = Newcomer(browser, origin, make_user(make_employee()), **options)
    yield somebody.tab(url("account"))
    somebody.context.close()
    assert somebody.complaints == []


@pytest.fixture
def page(browser: Browser, origin: str) -> Iterator[Page]:
    yield from newcomer(browser, origin)


@pytest.fixture
def plain_page(browser: Browser, origin: str) -> Iterator[Page]:
    yield from newcomer(browser, origin, java_script_enabled=False)


def lines(page: Page) -> list[str]:
    return [" ".join(line.split()) for line in page.locator("#password-rules li").all_inner_texts()]


def met(page: Page) -> set[str]:
    found = lines(page)
    assert all(line.endswith((" Met", " Not met")) for line in found), found
    return {
        rule for rule in (LENGTH, UPPER, NUMBER, SPECIAL) for line in found if line.startswith(rule) and " Met" in line
    }


def test_each_rule_says_whether_it_is_met(page: Page) -> None:
    box = page.locator("[name=password]")
    for typed, expected in TYPED.items():
        box.fill(typed)
        assert met(page) == expected, typed
        if typed:
            assert ("Password must" not in problem(typed)) == (len(expected) == 4), typed


def test_a_pause_in_typing_has_it_said_once(page: Page) -> None:
    page.locator("[name=password]").fill("Ab1!")
    said = page.locator("#password-rules [role=status]")
    expect(said).to_contain_text("8 to 16 characters: Not met. An uppercase letter: Met. A number: Met.")


def test_length_alone(settings: Any, browser: Browser, origin: str) -> None:
    settings.PASSWORD_POLICY = "nist"
    for page in newcomer(browser, origin):
        for typed, words in (("x" * 14, "Not met"), ("x" * 15, "Met"), ("x" * 128, "Met"), ("x" * 129, "Not met")):
            page.locator("[name=password]").fill(typed)
            assert lines(page) == [f"15 to 128 characters {words}"]


def test_without_scripts_it_is_a_plain_list(plain_page: Page) -> None:
    assert lines(plain_page) == [LENGTH, UPPER, NUMBER, "A special character, like ! or #"]
