"""The reason never leaves: planted words are looked for in all that the running portal writes."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.stack import sinks, walk
from tests.stack.drivers import Driver

pytestmark = [pytest.mark.stack, pytest.mark.browser, pytest.mark.xdist_group("stack"), pytest.mark.timeout(600)]
REASON, RELATIONSHIP = "Qzqsentinelreason", "Qzqsentinelrelation"
PLANTED = [word.encode() for word in (REASON, REASON.lower(), RELATIONSHIP, RELATIONSHIP.lower())]


def report(driver: Driver) -> str:
    """A day-to-day report for a relation in the reporter's own words, saved on the way. Returns the case number."""
    driver.visit("/request/type/")
    driver.choose(walk.DAY_TO_DAY)
    driver.press("Next")
    driver.choose("Other")
    driver.fill("Relationship", RELATIONSHIP)
    driver.press("Next")
    driver.choose("Tomorrow")
    driver.press("Next")
    driver.choose("No")
    driver.press("Continue")
    driver.fill("Start", "8:00 AM")
    driver.fill("End", "10:00 AM")
    driver.press("Continue")
    driver.fill("Search for condition", REASON)
    driver.press("Save and finish later")
    driver.follow("Continue")
    driver.press("Next")
    driver.choose("Voluntary OT")
    driver.press("Next")
    driver.shows(REASON)
    driver.shows(RELATIONSHIP)
    driver.press("Submit absence")
    driver.reads("Your absence has been reported")
    return driver.page.url.split("/")[-3]


def test_the_reason_reaches_its_owner_and_nobody_else(portal, browser):
    person = portal.people()["registered"][0]
    driver = Driver(browser, portal.url)
    walk.log_in(driver, portal, person["username"], person["password"], person["phone"])
    report(driver)
    driver.visit("/cases/")
    expect(driver.page.locator("main")).to_contain_text(REASON)
    number = driver.page.locator("main a[href^='/cases/']").first.get_attribute("href").split("/")[2]
    told = walk.supervisors_were_told(portal, person, number)

    written = sinks.everything_written(portal)
    assert sorted(place for place, data in written.items() if any(word in data for word in PLANTED)) == []
    assert [m["id"] for m in told if REASON.lower() in json.dumps(m).lower()] == []
    assert [url for url in driver.urls if REASON in url or RELATIONSHIP in url] == []
    assert [title for title in driver.titles if REASON in title] == []

    places = {place for place, data in written.items() if number.encode() in data}
    assert {"table cases_case", "messages.jsonl"} <= places  # the search finds what is there to be found
    driver.close()
