"""An employee finds a case among all, reads how it stands, and looks at its timeline: on the running portal."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.stack import sinks, walk
from tests.stack.drivers import Driver, Keyboard, WithoutJavaScript
from tests.stack.leave_walk import Day, LeaveWalk
from tests.stack.portal_stack import Portal
from tests.stack.test_leave_walk import on
from tests.stack.test_time_walk import add_time, open_without_days

pytestmark = [pytest.mark.stack, pytest.mark.browser, pytest.mark.xdist_group("stack"), pytest.mark.timeout(600)]
REASON = "Qzx migraine"  # as open_without_days says it
OPENED = """INSERT INTO audit_accessevent (at, actor_id, role, action, object_type, object_id, purpose)
  SELECT now(), u.id, 'specialist', 'view_reasons', 'case', c.id::text, ''
  FROM registration_user u, cases_case c WHERE u.username = 'specialist.demo' AND c.number = %s"""


def card(driver: Driver, number: str) -> Locator:
    return driver.page.locator(".portal-card").filter(has_text=number)


def finds_it_among_all(driver: Driver, leave: str, sick_day: str) -> None:
    """The filter, the policies in place, the reason hidden and shown again."""
    driver.follow("View absence status and history")
    driver.reads("Absence Status and History")
    expect(card(driver, sick_day)).to_be_visible()
    driver.select("Type", "leave")
    driver.press("Show results")
    expect(card(driver, sick_day)).to_have_count(0)
    expect(card(driver, leave)).to_contain_text(REASON)
    policies = card(driver, leave).get_by_text("Family Medical Leave Act")
    expect(policies.first).to_be_hidden()
    driver.unfold("View more about case %(n)s", n=leave)
    expect(policies.first).to_be_visible()
    driver.is_accessible()
    driver.press("Hide reasons")
    expect(card(driver, leave)).to_contain_text("Hidden")
    expect(card(driver, leave)).not_to_contain_text(REASON)
    assert "kind=leave" in driver.page.url
    driver.press("Show reasons")
    expect(card(driver, leave)).to_contain_text(REASON)
    driver.follow("Clear filters")
    expect(card(driver, sick_day)).to_be_visible()


def reads_how_it_stands(driver: Driver, leave: str, person: dict[str, Any]) -> None:
    """By the arrow to that case only: what is used, who was told what and when, who opened the reasons."""
    driver.follow(f"Open case {leave}")
    driver.reads("Case %(n)s", n=leave)
    main = driver.page.locator("main")
    expect(main).to_contain_text(REASON)
    driver.unfold("Family Medical Leave Act")
    expect(main.locator("details[open]")).to_contain_text("29 CFR 825")
    told = driver.page.locator("section[aria-labelledby=told]")
    expect(told.locator(".portal-told > li")).to_have_count(8)  # both levels by e-mail and text: the case, then the day
    for word in (person["supervisor_email"], person["supervisor_phone"], REASON):
        expect(told).not_to_contain_text(word)
    expect(told).to_contain_text(re.compile(r"Sent [A-Z][a-z]{2} \d+, \d{4}, \d+:\d\d [AP]M"))
    driver.unfold("What it says")
    expect(told.locator("details[open] blockquote")).to_contain_text(leave)
    expect(driver.page.locator("section[aria-labelledby=opened]")).to_contain_text(
        re.compile("Case specialist.*Your reasons", re.DOTALL)
    )
    driver.is_accessible()


def looks_at_its_timeline(driver: Driver, leave: str) -> None:
    """Every range, and back to the case."""
    driver.follow(f"View timeline for case {leave}")
    driver.reads("Timeline for case %(n)s", n=leave)
    driver.shows("1 day, ")
    expect(driver.page.locator(".portal-timeline__mark")).to_have_count(1)
    driver.is_accessible()
    for label in ("This year", "Next 12 months", "All"):
        driver.follow(label)
        expect(driver.page.locator("nav a[aria-current=true]")).to_have_text(driver.say(label))
        expect(driver.page.get_by_role("table", name="Policy dates and status")).to_be_visible()
    driver.follow(f"Back to case {leave}")
    driver.reads("Case %(n)s", n=leave)


def test_history_case_and_timeline(portal: Portal, signed_in: Any) -> None:
    """By keyboard, with axe on each page; then the same without JavaScript."""
    driver, person = signed_in("ada.demo", Keyboard)
    walked = LeaveWalk(driver, probes=False)
    leave = open_without_days(walked)
    add_time(walked, leave, Day(on(25), visit=False))
    driver.press("Submit Absence")
    driver.reads("Submission Successful")
    driver.visit("/home/")
    sick_day = walk.report_sick_day(driver, "Qzx cold")
    walk.supervisors_were_told(portal, person, sick_day)  # and so, before, of the leave
    with sinks.database(portal) as connection:
        assert connection.execute(OPENED, [leave]).rowcount == 1
    without, _person = signed_in("ada.demo", WithoutJavaScript)
    for reader in (driver, without):
        reader.visit("/home/")
        finds_it_among_all(reader, leave, sick_day)
        reads_how_it_stands(reader, leave, person)
        looks_at_its_timeline(reader, leave)
        reader.close()
