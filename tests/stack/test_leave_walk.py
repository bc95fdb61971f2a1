"""Employees ask for leave, one for each need, each to a case number: on the running portal, as a person would."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from portal.lib.wording import long_date, short_date
from tests.stack import leave_walk as asked
from tests.stack import sinks, walk
from tests.stack.drivers import Driver, Keyboard, WithoutJavaScript
from tests.stack.leave_walk import Day, LeaveWalk, Preview
from tests.stack.portal_stack import Portal

pytestmark = [pytest.mark.stack, pytest.mark.browser, pytest.mark.xdist_group("stack"), pytest.mark.timeout(600)]
FIVE_MINUTES = 300  # seconds: as long as an honest answer may take at most
SATURDAY = 5
Opened = Callable[..., tuple[Any, dict[str, Any]]]


def today() -> dt.date:
    return dt.datetime.now(tz=ZoneInfo("America/New_York")).date()


def on(days: int) -> dt.date:
    return today() + dt.timedelta(days=days)


def business_days_from_today(portal: Portal, count: int) -> dt.date:
    """Counted on the calendar, not by the code that promises."""
    with sinks.database(portal) as connection:
        holidays = {on for (on,) in connection.execute('SELECT "on" FROM office_holiday').fetchall()}
    days = (on(n) for n in range(1, 60))
    return [day for day in days if day.weekday() < SATURDAY and day not in holidays][count - 1]


def stands(portal: Portal, walked: LeaveWalk, person: dict[str, Any], preview: Preview, number: str) -> None:
    """The promises, the messages as they were shown, the calendar file, the case."""
    driver = walked.driver
    promises = driver.page.locator(".portal-steps-ahead > li")
    expect(promises.nth(1)).to_contain_text(walked.named(business_days_from_today(portal, 2)))
    expect(promises.nth(2)).to_contain_text(walked.named(business_days_from_today(portal, 5)))
    for message in walk.supervisors_were_told(portal, person, number):
        assert preview.is_what_came(message, number), (preview, message)
        assert not leaks(message, walked.private)
    _calendar_is_neutral(walked, number)
    driver.visit(f"/cases/{number}/")
    driver.reads("Case %(n)s", n=number)
    driver.is_accessible()
    assert not [title for title in driver.titles if leaks(title, walked.private)]
    assert not [url for url in driver.urls if leaks(url, walked.private)]


def leaks(written: Any, private: list[str]) -> list[str]:
    found = json.dumps(written, ensure_ascii=False).casefold()
    return [words for words in private if words.casefold() in found]


def _calendar_is_neutral(walked: LeaveWalk, number: str) -> None:
    link = walked.driver.page.get_by_role("link", name=walked.driver.say("Add to calendar"))
    answer = walked.driver.context.request.get(link.get_attribute("href"))
    events = answer.text().replace("\r\n ", "")
    assert answer.headers["content-type"].startswith("text/calendar")
    assert f"SUMMARY:{walked.driver.say('Out of work')}" in events
    assert number in events
    assert "CLASS:PRIVATE" in events
    assert not leaks(events, walked.private)


def test_own_illness_in_one_block_by_keyboard(portal, signed_in):
    driver, person = signed_in("david.demo", Keyboard)
    walked = LeaveWalk(driver, probes=True)
    walked.begin(asked.OWN)
    walked.reasons("Qzx knee trouble", offered=("backa", "Back pain"))
    walked.in_one_block(on(10), on(30))
    walked.pay("Employer Paid to DFML")
    walked.caused_by_work("No")
    walked.by_email()
    walked.phone(voicemail="Yes", hour=10)
    preview = walked.check("Back pain", "Qzx knee trouble", short_date(on(30)))
    assert long_date(on(10)) in preview.email
    number = walked.submit()
    driver.shows("You must also apply to DFML.")
    stands(portal, walked, person, preview, number)
    driver.shows("Qzx knee trouble")
    driver.close()


def test_a_family_member_now_and_then_by_keyboard(portal, signed_in):
    driver, person = signed_in("malik.demo", Keyboard)
    walked = LeaveWalk(driver, probes=True)
    own_length = Day(on(-1), visit=True, note="Qzxnote about the visit")
    other_hours = Day(on(2), visit=False, hours="4", minutes="30")
    night = Day(on(5), visit=False, times=("10:00 PM", "6:00 AM"))
    longer = Day(on(2), visit=False, hours="6", minutes="0")
    walked.begin(asked.FAMILY)
    walked.reasons("Qzx dialysis", "Qzx stroke")
    walked.family_member("Qzxfirst", "Qzxlast", "Other", "Qzxuncle")
    walked.now_and_then(own_length, other_hours, night)
    walked.lists(own_length.date, other_hours.date, night.date)
    walked.change(other_hours, longer)
    walked.remove(own_length)
    walked.lists(longer.date, night.date)
    driver.shows("2 days, 14 hours in all")
    walked.no_more_days()
    walked.pay("I am not sure yet")
    walked.caused_by_work("No")
    walked.by_mail("12 Qzx Street", "Floor 3", "Lowell", "MA", "01852")
    walked.phone(voicemail="No", hour=8)
    preview = walked.check("Qzxuncle", "Full day (6 hours)", "12 Qzx Street")
    assert "Time off now and then." in preview.email
    assert "10:00 PM to 6:00 AM" in preview.email
    number = walked.submit()
    stands(portal, walked, person, preview, number)
    driver.shows("Qzx dialysis")
    driver.close()


def test_pregnancy_by_keyboard(portal, signed_in):
    driver, person = signed_in("emily.demo", Keyboard)
    walked = LeaveWalk(driver, probes=True)
    walked.begin(asked.PREGNANCY)
    walked.reasons(mistake="x" * 101)
    walked.due(on(60))
    walked.in_one_block(on(50), on(140))
    walked.pay("DFML Only")
    walked.caused_by_work("No")
    walked.by_email()
    walked.phone(voicemail="Yes", hour=11)
    preview = walked.check("Pregnancy", long_date(on(60)))
    number = walked.submit()
    stands(portal, walked, person, preview, number)
    driver.shows("Pregnancy")
    driver.close()


def test_bonding_by_keyboard(portal, signed_in):
    """The shortest leave there is."""
    driver, person = signed_in("connor.demo", Keyboard)
    walked = LeaveWalk(driver, probes=False)
    walked.begin(asked.BONDING)
    walked.child("Adoption", on(14))
    walked.in_one_block(on(15), on(98))
    walked.pay("Unpaid")
    walked.by_email()
    walked.phone(voicemail="Yes", hour=9)
    preview = walked.check("Adoption")
    number = walked.submit()
    takes_five_minutes(driver)
    driver.shows("You may need to show proof of birth or placement.")
    stands(portal, walked, person, preview, number)
    driver.shows("Bonding with a child")
    driver.close()


def test_the_longest_without_javascript(portal, signed_in):
    """Five reasons, three days, each of its own kind, documents by post: as long as an honest leave gets."""
    driver, person = signed_in("karen.demo", WithoutJavaScript)
    walked = LeaveWalk(driver, probes=False)
    treatment = Day(on(-3), visit=True, note="Qzxnote: the treatment takes all morning.")
    long_day = Day(on(1), visit=True, hours="7", minutes="30")
    afternoon = Day(on(3), visit=False, times=("1:30 PM", "5:15 PM"))
    walked.begin(asked.FAMILY)
    walked.reasons("Qzx asthma", "Qzx checkups", "Qzx therapy", "Qzx fever", offered=("back", "Back pain"))
    walked.family_member("Qzxfirst", "Qzxlast", "Other", "Qzxcousin")
    walked.now_and_then(treatment, long_day, afternoon)
    walked.no_more_days()
    walked.pay("Employer Paid")
    walked.caused_by_work("No")
    walked.by_mail("12 Qzx Street", "Floor 3", "Lowell", "MA", "01852")
    walked.phone(voicemail="Yes", hour=10)
    preview = walked.check("Qzx therapy", "Qzxcousin", treatment.note, "1:30 PM to 5:15 PM")
    number = walked.submit()
    takes_five_minutes(driver)
    stands(portal, walked, person, preview, number)
    driver.shows("Qzx asthma")
    driver.close()


def test_changing_ones_mind_without_javascript(portal, signed_in):
    """Reasons and days come and go; nothing that was taken back is sent."""
    driver, person = signed_in("laila.demo", WithoutJavaScript)
    walked = LeaveWalk(driver, probes=False)
    gone, kept = Day(on(4), visit=False, note="Qzxnote"), Day(on(6), visit=True)
    walked.begin(asked.OWN)
    walked.reasons("Qzx flu", "Qzx asthma", "Qzx checkups", then_removed="Qzx flu")
    walked.now_and_then(gone, kept)
    walked.remove(gone)
    walked.lists(kept.date)
    walked.change(kept, moved := Day(on(7), visit=False, times=("8:00 AM", "9:00 AM")))
    walked.lists(moved.date)
    walked.no_more_days()
    walked.pay("Employer Paid")
    walked.caused_by_work("Yes")
    walked.by_email()
    walked.phone(voicemail="Yes", hour=10)
    preview = walked.check("Qzx checkups", "8:00 AM to 9:00 AM")
    for words in ("Qzx flu", "Qzxnote", walked.named(gone.date), walked.named(kept.date)):
        expect(driver.page.locator("main")).not_to_contain_text(words)
    number = walked.submit()
    stands(portal, walked, person, preview, number)
    expect(driver.page.locator("main")).to_contain_text("Qzx asthma")
    expect(driver.page.locator("main")).not_to_contain_text("Qzx flu")
    driver.close()


def test_in_spanish(portal, signed_in):
    driver, person = signed_in("sofia.demo", Driver, language="es")
    walked = LeaveWalk(driver, probes=True)
    night = Day(on(5), visit=True, times=("10:00 PM", "6:00 AM"), note="Qzxnota")
    driver.visit("/home/")
    if (button := driver.page.get_by_role("button", name="Español")).count():
        button.click()
    walked.begin(asked.FAMILY)
    walked.reasons("Qzx ataque", offered=("lumbago", "Dolor de espalda"))
    walked.family_member("Qzxnombre", "Qzxapellido", "My parent")
    walked.now_and_then(night, Day(on(8), visit=False))
    walked.no_more_days()
    walked.pay("I am not sure yet")
    walked.caused_by_work("No")
    walked.by_mail("12 Qzx Street", "Floor 3", "Lowell", "MA", "01852")
    walked.phone(voicemail="No", hour=8)
    preview = walked.check("Dolor de espalda", "Qzxapellido", walked.named(night.date))
    number = walked.submit()
    assert driver.page.locator("html").get_attribute("lang") == "es"
    stands(portal, walked, person, preview, number)
    driver.shows("Dolor de espalda")
    driver.close()


def takes_five_minutes(driver: Driver) -> None:
    print(f"\n{driver.effort}")
    assert driver.effort.seconds <= FIVE_MINUTES
