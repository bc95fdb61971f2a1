"""The guide's own path from Register to Pending, told once; a driver walks it in its own way."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, expect

from tests.stack.drivers import Driver
from tests.stack.portal_stack import Portal

PASSWORD = "Quartz7!maple"
DAY_TO_DAY = (
    "I need to report a day-to-day sick absence or medical appointment not related to an FMLA, PFML or other"
    " protected leave policy case"
)


@dataclass(frozen=True)
class Newcomer:
    """A person of the roster without an account, and the username and phone they will choose."""

    facts: dict[str, Any]
    username: str
    phone: str

    @property
    def birthdate(self) -> dt.date:
        return dt.date.fromisoformat(self.facts["birthdate"])


def newcomer(portal: Portal, number: int) -> Newcomer:
    """The nth unregistered person whose agency takes day-to-day reports and whose two supervisors can be reached."""
    reachable = [
        person
        for person in portal.people()["unregistered"]
        if person["day_to_day_live"]
        and len({person["supervisor_email"], person["next_level_email"], ""}) == 3
        and len({person["supervisor_phone"], person["next_level_phone"], ""}) == 3
    ]
    return Newcomer(reachable[number], username=f"walker.{number}", phone=f"413-555-01{number:02}")


def code_for(portal: Portal, phone: str, *, after: set[str]) -> str:
    """The six digits of a message to that phone which was not there before."""
    digits = re.sub(r"\D", "", phone)
    message = portal.wait_for(lambda m: m["to"].endswith(digits) and m["id"] not in after)
    return re.search(r"\b\d{6}\b", message["body"]).group()


def known(portal: Portal) -> set[str]:
    return {message["id"] for message in portal.messages()}


def register(driver: Driver, portal: Portal, person: Newcomer, *, probe: bool = False) -> None:
    """From the landing page to Registration complete. `probe`: send each form empty first."""
    driver.visit("/")
    driver.is_accessible()
    driver.follow("Create an account")
    driver.reads("Register")
    if probe:
        driver.is_refused("Agree")
    driver.fill("First Name", person.facts["first_name"])
    driver.fill("Last Name", person.facts["last_name"])
    driver.fill("Zip Code", person.facts["zip"])
    driver.select("Month", str(person.birthdate.month))
    driver.fill("Day", str(person.birthdate.day))
    driver.fill("Year", str(person.birthdate.year))
    driver.press("Agree")

    driver.reads("Enter your employee number")
    if probe:
        driver.is_refused("Next")
    driver.fill("Employee Number", person.facts["employee_number"])
    driver.press("Next")

    driver.reads("Create your username and password")
    if probe:
        driver.is_refused("Next")
    driver.fill("Username", person.username)
    driver.fill("Password", PASSWORD)
    driver.fill("Confirm Password", PASSWORD)
    driver.press("Next")

    driver.reads("Two-step authentication")
    driver.is_accessible()
    driver.press("Next")

    driver.reads("Set up your phone")
    if probe:
        driver.is_refused("Send Code")
    before = known(portal)
    driver.fill("Phone Number", person.phone)
    driver.press("Send Code")

    driver.reads("Enter your verification code")
    if probe:
        driver.is_refused("Verify Code")
    driver.fill("Verification Code", code_for(portal, person.phone, after=before))
    driver.press("Verify Code")
    driver.reads("Registration complete")
    driver.is_accessible()


def log_in(driver: Driver, portal: Portal, username: str, password: str, phone: str, *, probe: bool = False) -> None:
    """From the log-in page to the second step passed."""
    driver.visit("/login/")
    driver.reads("Log in to your account")
    if probe:
        driver.is_refused("Log in")
    before = known(portal)
    driver.fill("Username", username)
    driver.fill("Password", password)
    driver.press("Log in")
    driver.reads("Enter your verification code")
    if probe:
        driver.is_refused("Verify Code")
    driver.fill("Verification Code", code_for(portal, phone, after=before))
    driver.press("Verify Code")


def signed_in_state(browser: Browser, portal: Portal, person: dict[str, Any]) -> Any:
    """The cookies of a browser in which this person has logged in."""
    driver = Driver(browser, portal.url)
    log_in(driver, portal, person["username"], person["password"], person["phone"])
    driver.page.wait_for_url("**/home/")
    state = driver.context.storage_state()
    driver.close()
    return state


def report_sick_day(driver: Driver, reason: str, *, probe: bool = False) -> str:
    """From the dashboard to the confirmation. Returns the case number."""
    driver.follow("Request an absence from work")
    driver.reads("Before you start")
    driver.is_accessible()
    driver.follow("Next")
    driver.reads("I want to file an absence for:")
    answer(driver, "Myself", "Next", probe=probe)
    driver.reads("What do you need?")
    answer(driver, DAY_TO_DAY, "Next", probe=probe)
    driver.reads("Who is this absence for?")
    answer(driver, "Myself", "Next", probe=probe)
    driver.reads("What is the date of the absence being reported?")
    answer(driver, "Today", "Next", probe=probe)
    driver.reads("Was a full day of work missed or will be missed for this absence?")
    answer(driver, "Yes", "Continue", probe=probe)
    driver.reads("How much time was missed or will be missed for this absence?")
    driver.is_accessible()
    driver.press("Continue")  # the person's own day is chosen already
    driver.reads("Reason for absence")
    if probe:
        driver.is_refused("Next")
    driver.fill("Search for condition", reason)
    driver.press("Next")
    driver.reads("Is your absence for an overtime shift?")
    answer(driver, "Not OT", "Next", probe=probe)
    driver.reads("Check your answers, then submit")
    driver.shows(reason)
    driver.is_accessible()
    driver.press("Submit absence")
    driver.reads("Your absence has been reported")
    driver.is_accessible()
    return re.search(r"\b[1-9]\d{9}\b", driver.page.locator("main").inner_text()).group()


def answer(driver: Driver, choice: str, button: str, *, probe: bool) -> None:
    if probe:
        driver.is_refused(button)
    driver.choose(choice)
    driver.press(button)


def stands_as_pending(driver: Driver, number: str, reason: str) -> None:
    """The report is in the employee's own history, with its reason, as Pending."""
    driver.visit("/home/")
    driver.follow("View absence status and history")
    driver.reads("Absence Status and History")
    card = driver.page.locator("main li, main article").filter(has_text=number).first
    expect(card).to_contain_text(driver.say("Pending"))
    expect(card).to_contain_text(reason)
    driver.is_accessible()


def supervisors_were_told(portal: Portal, person: dict[str, Any], number: str) -> list[dict[str, Any]]:
    """An e-mail and a text each to supervisor and next level, naming the case."""
    told = []
    for level in ("supervisor", "next_level"):
        for address in (person[f"{level}_email"], person[f"{level}_phone"]):
            told.append(portal.wait_for(lambda m, to=address: m["to"] == to and number in m["body"]))
    return told
