"""Employees add time to a leave that is taken now and then: on the running portal, as a person would."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.stack import leave_walk as asked
from tests.stack.drivers import Driver, Keyboard, WithoutJavaScript
from tests.stack.leave_walk import BLOCK, Day, LeaveWalk, Preview
from tests.stack.portal_stack import Portal
from tests.stack.test_leave_walk import leaks, on

pytestmark = [pytest.mark.stack, pytest.mark.browser, pytest.mark.xdist_group("stack"), pytest.mark.timeout(600)]


def open_without_days(walked: LeaveWalk) -> str:
    """A leave for own illness, no day of it known. Returns its number."""
    walked.begin(asked.OWN)
    walked.reasons("Qzx migraine")
    walked.question(BLOCK)
    walked.answer("No")
    walked.question("Do you know the days you have missed or will miss?")
    walked.answer("No")
    walked.pay("Unpaid")
    walked.caused_by_work("No")
    walked.by_email()
    walked.phone(voicemail="Yes", hour=10)
    walked.check("Qzx migraine")
    return walked.submit()


def add_time(walked: LeaveWalk, number: str, *days: Day) -> Preview:
    """From the case to the list with these days."""
    driver = walked.driver
    driver.visit(f"/cases/{number}/")
    driver.press("Submit New Absence Time")
    for place, day in enumerate(days):
        if place:
            driver.follow("Add another day")
        walked.day(day)
        walked.tells("We added %(item)s.", item=walked.named(day.date))
        walked.page("Submit new absence time")
    email, text = driver.page.locator(".portal-preview__message").all()
    return Preview(email.text_content(), text.text_content(), driver.say("(given when you submit)"))


def is_told(portal: Portal, person: dict[str, Any], preview: Preview) -> None:
    """Each supervisor gets what the list showed, a text with its reference."""
    ref = re.escape(preview.given_later)
    shown = [re.sub(re.escape(ref), "[0-9A-Z]{6}", re.escape(words.strip())) for words in (preview.email, preview.text)]
    for level in ("supervisor", "next_level"):
        for part, words in zip(("email", "phone"), shown, strict=True):
            portal.wait_for(
                lambda message, to=person[f"{level}_{part}"], words=words: (
                    message["to"] == to and re.fullmatch(words, _as_shown(message))
                )
            )


def _as_shown(message: dict[str, Any]) -> str:
    subject = f"{message['subject']}\n\n" if message["channel"] == "email" else ""
    return f"{subject}{message['body']}".strip()


@pytest.mark.parametrize("kind", [Keyboard, WithoutJavaScript])
def test_two_days_are_added_to_an_open_case(portal: Portal, signed_in, kind: type[Driver]):
    driver, person = signed_in({Keyboard: "david.demo", WithoutJavaScript: "karen.demo"}[kind], kind)
    walked = LeaveWalk(driver, probes=kind is Keyboard)
    number = open_without_days(walked)
    walked.probes = False
    night = Day(on(21), visit=False, times=("10:00 PM", "6:00 AM"))
    preview = add_time(walked, number, Day(on(20), visit=True, note="Qzxnote"), night)
    driver.is_accessible()
    driver.shows(f"Case #{number}")
    assert f"reported this time on case {number}" in preview.email
    driver.press("Submit Absence")
    driver.reads("Submission Successful")
    driver.is_accessible()
    driver.shows(f"in all, for case {number}.")
    is_told(portal, person, preview)
    assert not leaks([preview.email, preview.text], walked.private)
    driver.follow("Back to claim details")
    driver.reads("Case %(n)s", n=number)
    expect(driver.page.locator("main")).to_contain_text(walked.named(night.date))
    driver.close()
