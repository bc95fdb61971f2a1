"""The second step in a real browser: a passkey of a virtual authenticator, an app's code, recovery codes on paper."""

from __future__ import annotations

import re
from base64 import b32decode
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from registration.factors.methods import methods_of, passkeys_of
from registration.models import AuthenticatorDevice
from tests.browser.live import Person, origin, path_of
from tests.factories.accounts import PASSWORD, make_account, newest_code
from tests.factories.factors import app_code, make_app, make_codes
from tests.factories.people import make_employee

__all__ = ["origin"]
pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.xdist_group("second_steps")]


@pytest.fixture
def address(origin: str, settings: Any) -> str:
    """The portal under a name: no passkey belongs to a number."""
    named = origin.replace("127.0.0.1", "localhost")
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "localhost"]
    settings.OTP_WEBAUTHN_RP_ID, settings.OTP_WEBAUTHN_ALLOWED_ORIGINS = "localhost", [named]
    return named


@pytest.fixture
def user(db: None) -> Any:
    return make_account(make_employee(), username="mgarcia")


@pytest.fixture
def person(browser: Browser, address: str, user: Any) -> Any:
    somebody = Person(browser, address, user)
    yield somebody
    somebody.context.close()
    assert somebody.complaints == []


def own_authenticator(page: Page, **options: Any) -> tuple[Any, str]:
    """A fingerprint reader that always agrees, in this page's browser."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    kind = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
        **options,
    }
    return devtools, devtools.send("WebAuthn.addVirtualAuthenticator", {"options": kind})["authenticatorId"]


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def confirm(page: Page) -> None:
    """The password once more, and the code that was sent."""
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Next")
    page.get_by_label("Verification Code").fill(newest_code())
    press(page, "Verify Code")


def add_passkey(page: Page) -> None:
    page.get_by_role("link", name="Add a passkey").click()
    confirm(page)
    page.get_by_label("Name of this passkey").fill("My work laptop")
    press(page, "Make a passkey")
    expect(page.get_by_text("You can now log in with your passkey.")).to_be_visible()


def begin_to_log_in(page: Page) -> None:
    page.get_by_label("Username").fill("mgarcia")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Log in")


def log_out(page: Page) -> None:
    press(page, "Log out")
    page.goto(page.url.replace("/logged-out/", "/login/"))


def is_sound(page: Page) -> None:
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


class TestPasskey:
    def test_is_made_and_logs_in(self, person, user):
        page = person.tab("/profile/methods/")
        own_authenticator(page)
        add_passkey(page)
        expect(page.get_by_text("My work laptop", exact=True)).to_be_visible()
        log_out(page)
        begin_to_log_in(page)
        assert path_of(page) == "/login/passkey/"
        is_sound(page)
        press(page, "Use my passkey")
        page.wait_for_url("**/home/")
        assert passkeys_of(user).get().last_used_at

    def test_which_the_device_does_not_have_says_so_and_another_way_is_open(self, person, user):
        page = person.tab("/profile/methods/")
        devtools, authenticator = own_authenticator(page)
        add_passkey(page)
        log_out(page)
        begin_to_log_in(page)
        devtools.send("WebAuthn.setUserVerified", {"authenticatorId": authenticator, "isUserVerified": False})
        devtools.send("WebAuthn.clearCredentials", {"authenticatorId": authenticator})
        press(page, "Use my passkey")
        expect(page.get_by_role("alert")).to_contain_text("We could not check your passkey.")
        is_sound(page)
        page.get_by_role("button", name=re.compile("^Text me a code")).click()
        page.get_by_label("Verification Code").fill(newest_code())
        press(page, "Verify Code")
        page.wait_for_url("**/home/")

    def test_is_not_made_twice_on_one_device(self, person, user):
        page = person.tab("/profile/methods/")
        own_authenticator(page)
        add_passkey(page)
        page.get_by_role("link", name="Add a passkey").click()
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        press(page, "Next")
        press(page, "Use my passkey")
        page.get_by_label("Name of this passkey").fill("Again")
        press(page, "Make a passkey")
        expect(page.get_by_role("alert")).to_contain_text("This device already has a passkey for your account")
        assert passkeys_of(user).count() == 1

    def test_answers_only_what_was_asked_last(self, person, user):
        """An answer that was overheard opens nothing a second time."""
        page = person.tab("/profile/methods/")
        own_authenticator(page)
        add_passkey(page)
        log_out(page)
        begin_to_log_in(page)
        with page.expect_request(lambda request: request.method == "POST") as sent:
            press(page, "Use my passkey")
        page.wait_for_url("**/home/")
        overheard = sent.value.post_data or ""
        log_out(page)
        begin_to_log_in(page)
        answer = re.search("credential=([^&]+)", overheard)
        assert answer
        page.evaluate(
            """answer => {
                const form = document.getElementById("page-form");
                form.elements.credential.value = decodeURIComponent(answer.replace(/\\+/g, " "));
                form.submit();
            }""",
            answer[1],
        )
        expect(page.locator("#error-summary")).to_contain_text("We could not check your passkey.")
        page.goto(person.origin + "/home/")
        assert path_of(page) == "/login/"

    def test_without_scripts_the_other_ways_stand_there(self, browser, address, user):
        person = Person(browser, address, user)
        page = person.tab("/profile/methods/")
        own_authenticator(page)
        add_passkey(page)
        person.context.close()
        plain = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
        page = plain.new_page()
        page.goto(address + "/login/")
        begin_to_log_in(page)
        expect(page.get_by_text("This browser cannot use passkeys.")).to_be_visible()
        expect(page.get_by_role("button", name="Use my passkey")).to_be_hidden()
        page.get_by_role("button", name=re.compile("^Text me a code")).click()
        page.get_by_label("Verification Code").fill(newest_code())
        press(page, "Verify Code")
        page.wait_for_url("**/home/")
        plain.close()


def test_an_app_is_set_up_from_the_page_and_logs_in(person, user):
    page = person.tab("/profile/methods/")
    page.get_by_role("link", name="Set up an authenticator app").click()
    confirm(page)
    is_sound(page)
    assert page.locator(".portal-qr svg").bounding_box()["width"] > 150

    secret = b32decode((page.locator(".portal-key").text_content() or "").replace(" ", "")).hex()
    page.get_by_label("Code from the app").fill(app_code(secret))
    press(page, "Verify Code")
    expect(page.get_by_text("You can now log in with your authenticator app.")).to_be_visible()
    log_out(page)
    begin_to_log_in(page)
    page.get_by_label("Verification Code").fill(app_code(secret, steps=1))
    press(page, "Verify Code")
    page.wait_for_url("**/home/")
    assert AuthenticatorDevice.objects.get(user=user).secret == secret


def test_recovery_codes_are_printed_whole_and_alone(person, user):
    page = person.tab("/profile/methods/")
    page.get_by_role("link", name="Make recovery codes").click()
    confirm(page)
    is_sound(page)
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    codes = page.locator(".portal-recovery-codes li")
    shown = codes.all_text_contents()
    page.emulate_media(media="print")
    for code in codes.all():
        expect(code).to_be_visible()
    expect(page.get_by_text("Cross out each code that you use.")).to_be_visible()
    for absent in ("I have saved these codes", "Print", "Log out"):
        expect(page.get_by_role("button", name=absent)).to_be_hidden()
    page.emulate_media(media="screen")
    press(page, "I have saved these codes")
    expect(page.get_by_text("Your recovery codes work now.")).to_be_visible()
    assert methods_of(user).recovery_left == 10
    log_out(page)
    begin_to_log_in(page)
    page.get_by_role("link", name="Use a recovery code").click()
    page.get_by_label("Recovery code").fill(shown[0].lower())
    press(page, "Verify Code")
    page.wait_for_url("**/home/")


@pytest.mark.parametrize("scripts", [True, False])
def test_by_keyboard_from_one_way_to_another(browser, address, user, scripts):
    make_app(user)
    codes = make_codes(user)
    context = browser.new_context(java_script_enabled=scripts, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(address + "/login/")
    begin_to_log_in(page)
    page.get_by_role("link", name="Use a recovery code").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Recovery code").focus()
    page.keyboard.type(codes[0])
    page.keyboard.press("Enter")
    page.wait_for_url("**/home/")
    context.close()
