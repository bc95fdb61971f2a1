"""A caller has lost the phone: staff help, and the employee sets up a new one by the link in the mail."""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import urlsplit

import pytest

from tests.stack import walk
from tests.stack.drivers import Driver, Keyboard, WithoutJavaScript

pytestmark = [pytest.mark.stack, pytest.mark.browser, pytest.mark.xdist_group("stack"), pytest.mark.timeout(180)]
ROUTE = re.compile(r"https?://\S+/account/set-up/\S+")


@pytest.fixture(scope="module")
def desk(portal, browser):
    """The cookies of a browser in which somebody of intake has logged in."""
    account = next(one for one in portal.people()["staff"] if one["username"] == "intake.demo")
    driver = Driver(browser, portal.url)
    walk.log_in(driver, portal, account["username"], account["password"], account["phone"])
    driver.page.wait_for_url("**/staff/**")
    state = driver.context.storage_state()
    driver.close()
    return state


def registered(portal, browser, number, kind, language):
    """Somebody of the roster with an account of their own."""
    person = walk.newcomer(portal, number)
    driver = kind(browser, portal.url, language=language)
    if language == "es":
        driver.visit("/")
        driver.page.get_by_role("button", name="Español").click()
    walk.register(driver, portal, person)
    return driver, person


def reset_by_staff(driver: Driver, person, name: str) -> None:
    """Find, check two facts, reset."""
    born: dt.date = person.birthdate
    driver.visit("/staff/accounts/")
    driver.reads("Find the employee")
    driver.is_accessible()
    driver.fill("Last Name", person.facts["last_name"])
    driver.fill("Employee Number", person.facts["employee_number"])
    driver.press("Search")
    driver.shows("Who we found")
    driver.follow(name)
    driver.reads("Check identity")
    driver.is_accessible()
    driver.shows(str(born.year))
    for fact in ("Employee number", "Birthdate"):
        driver.page.get_by_label(fact, exact=True).focus()
        driver.page.keyboard.press("Space")
    driver.choose("The employee")
    driver.press("Both answers are right")
    driver.reads("Help with logging in")
    driver.is_accessible()
    driver.follow("Reset the second step")
    driver.reads("Reset the second step?")
    driver.is_accessible()
    driver.press("Reset the second step")
    driver.reads("Help with logging in")
    driver.shows("None")


@pytest.mark.parametrize(
    ("number", "kind", "language"),
    [
        pytest.param(3, Keyboard, "en", id="by keyboard"),
        pytest.param(4, WithoutJavaScript, "en", id="without JavaScript"),
        pytest.param(5, Driver, "es", id="in Spanish"),
    ],
)
def test_a_lost_phone(portal, browser, desk, number, kind, language):
    employee, person = registered(portal, browser, number, kind, language)
    staff = (kind if kind is not Driver else Keyboard)(browser, portal.url, state=desk)
    before = walk.known(portal)
    reset_by_staff(staff, person, f"{person.facts['first_name']} {person.facts['last_name']}")
    staff.close()

    mail = portal.wait_for(lambda m: m["id"] not in before and ROUTE.search(m["body"]))
    employee.visit(urlsplit(ROUTE.search(mail["body"]).group()).path)
    employee.reads("Set up a new phone")
    employee.is_accessible()
    employee.fill("Username", person.username)
    employee.fill("Password", walk.PASSWORD)
    employee.press("Next")
    employee.reads("Set up your phone")
    employee.is_accessible()
    phone, before = f"413-555-01{number + 60:02}", walk.known(portal)
    employee.fill("Phone Number", phone)
    employee.press("Send Code")
    employee.reads("Enter your verification code")
    employee.is_accessible()
    employee.fill("Verification Code", walk.code_for(portal, phone, after=before))
    employee.press("Verify Code")
    employee.reads("Welcome, %(first)s", first=person.facts["first_name"])
    employee.close()

    again = Driver(browser, portal.url, language="en")
    walk.log_in(again, portal, person.username, walk.PASSWORD, phone)
    again.page.wait_for_url("**/home/")
    again.close()
