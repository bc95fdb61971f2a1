"""A leave asked for from home to its case number, page by page as the guide words them; a driver does it in its way."""

from __future__ import annotations

import copy
import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from playwright.sync_api import expect

from portal.lib.wording import long_date
from tests.stack.drivers import Driver

OWN = "I am ill or injured (continuous or intermittent medical leave)"
FAMILY = "A family member is ill or injured (continuous or intermittent medical leave)"
REASON = "Search for condition"
PREGNANCY = "I am pregnant / expecting"
BONDING = "I am bonding with a child"
BLOCK = (
    "Do you plan on taking a continuous absence, starting and ending on specific dates? Please select no if you"
    " plan on taking time off on intermittent intervals."
)
VISIT = "Was / Is this absence for a visit to a doctor’s office or other health care professional?"
NOTE = "If there is any other information you would like to share about this absence request, please provide it here."
BY_EMAIL = "Would you like to receive leave documents and updates via email?"
BY_MAIL = "No, do not send leave documents and updates via email."
MORE_ADDRESS = "Add address line for apartment, floor, etc (Optional)"
TOO_LONG = "x" * 1001
NUMBER = re.compile(r"[1-9]\d{9}")


def typed(day: dt.date) -> str:
    return f"{day.month}/{day.day}/{day.year}"


@dataclass(frozen=True)
class Day:
    """One day of an intermittent leave: a full one of the person's own length, of other hours, or a part of one."""

    date: dt.date
    visit: bool
    hours: str = ""
    minutes: str = ""
    times: tuple[str, str] | None = None
    note: str = ""


@dataclass(frozen=True)
class Preview:
    """What the page says will be sent."""

    email: str  # subject, an empty line, body
    text: str
    given_later: str  # stands for the case number, and in a text for its reference

    def is_what_came(self, message: dict[str, Any], number: str) -> bool:
        """Whether this message says the same, with what is given on submission in its place."""
        letter = message["channel"] == "email"
        shown, came = (
            (self.email, f"{message['subject']}\n\n{message['body']}") if letter else (self.text, message["body"])
        )
        later = re.escape(re.escape(self.given_later))
        same = re.sub(later, number, re.escape(shown.strip()), count=1)
        return bool(re.fullmatch(re.sub(later, "[0-9A-Z]+", same), came.strip()))


class LeaveWalk:
    """`probes`: each page is looked at by axe, and sent with mistakes before it is answered."""

    def __init__(self, driver: Driver, *, probes: bool) -> None:
        self.driver, self.probes = driver, probes
        self.met: set[str] = set()
        self.private: list[str] = []  # what no supervisor may read

    def page(self, heading: str) -> None:
        self.driver.reads(heading)
        if self._for_the_first_time(heading):
            self.driver.is_accessible()

    def question(self, heading: str, button: str = "Next", **wrong: str) -> None:
        """A page, sent with mistakes first. `wrong`: {field: what is typed into it}; without it, as the page came."""
        self.page(heading)
        self.is_refused(heading, button, **wrong)

    def is_refused(self, what: str, button: str, **wrong: str) -> None:
        """Once a walk, and none of it counts as effort."""
        if not self._for_the_first_time(f"{what}, refused"):
            return
        effort = copy.copy(self.driver.effort)
        for label, text in wrong.items():
            self.driver.fill(label, text)
        self.driver.is_refused(button)
        self.driver.effort = effort

    def _for_the_first_time(self, what: str) -> bool:
        if not self.probes or what in self.met:
            return False
        self.met.add(what)
        return True

    def tells(self, words: str, **values: Any) -> None:
        """The news at the top, which has the focus."""
        news = self.driver.page.locator("#news")
        expect(news).to_contain_text(self.driver.say(words, **values))
        expect(news).to_be_focused()

    def named(self, day: dt.date) -> str:
        with translation.override(self.driver.language):
            return long_date(day)

    def answer(self, choice: str, button: str = "Next", **values: Any) -> None:
        self.driver.choose(choice, **values)
        self.driver.press(button)

    def begin(self, need: str) -> None:
        """From home to the first question of the leave."""
        driver = self.driver
        driver.visit("/home/")
        driver.follow("Request an absence from work")
        self.page("Before you start")
        driver.follow("Next")
        self.question("I want to file an absence for:")
        self.answer("Myself")
        self.question("What do you need?")
        self.answer(need)

    def reasons(
        self, *own_words: str, offered: tuple[str, str] | None = None, then_removed: str = "", mistake: str = ""
    ) -> None:
        """The last words stay in the box: Next takes them along. `offered`: the letters typed, the option taken.

        `mistake`: what the page refuses, where nothing is no mistake.
        """
        driver = self.driver
        self.question("Reason for leave", **{REASON: mistake})
        if mistake and self.probes:
            driver.fill(REASON, "")
        if offered:
            driver.pick(REASON, *offered)
            self._add(offered[1])
        for words in own_words[:-1]:
            driver.fill(REASON, words)
            self._add(words)
        if then_removed:
            driver.press("Remove", then_removed)
            self.tells("We removed “%(reason)s.”", reason=then_removed)
        if own_words:
            driver.fill(REASON, own_words[-1])
        driver.press("Next")
        self.private += [*own_words, *(offered or ())[1:]]

    def _add(self, reason: str) -> None:
        self.driver.press("Add this reason")
        self.tells("We added “%(reason)s.”", reason=reason)

    def family_member(self, first: str, last: str, relationship: str, words: str = "") -> None:
        driver = self.driver
        self.question("Your family member")
        driver.fill("First name", first)
        driver.fill("Last name", last)
        driver.choose(relationship)
        if words:
            driver.fill("Relationship", words)
        driver.press("Next")
        self.private += [first, last, words or driver.say(relationship)]

    def due(self, day: dt.date) -> None:
        self.question("Your due date")
        self.driver.choose("No")
        self.driver.fill("Due date", typed(day))
        self.driver.press("Next")
        self.private += [self.driver.say("Pregnancy"), self.named(day)]

    def child(self, joining: str, day: dt.date) -> None:
        self.question("Your child")
        self.driver.choose(joining)
        self.driver.fill("Date your child was born, is due, or was or will be placed with you", typed(day))
        self.driver.press("Next")
        self.private += [joining, self.named(day)]

    def in_one_block(self, first: dt.date, last: dt.date) -> None:
        self.question(BLOCK)
        self.answer("Yes")
        self.question("When will you be out?")
        self.driver.fill("Start Date", typed(first))
        self.driver.fill("End Date", typed(last))
        self.driver.press("Next")

    def now_and_then(self, *days: Day) -> None:
        """Every day added, the list reached after each."""
        self.question(BLOCK)
        self.answer("No")
        self.question("Do you know the days you have missed or will miss?")
        self.answer("Yes")
        for number, day in enumerate(days, start=1):
            self.day(day)
            self.tells("We added %(item)s.", item=self.named(day.date))
            self.question("Days you told us about")
            if number < len(days):
                self.answer("Yes")

    def day(self, day: Day) -> None:
        """One day from its date to the list; of one that was given before, nothing of it is kept."""
        driver = self.driver
        self.question("What day have you or will you miss?", "Continue")
        driver.fill("What day have you or will you miss?", typed(day.date))
        driver.press("Continue")
        self.question("Was a full day of work missed or will be missed for this absence?", "Continue")
        self.answer("No" if day.times else "Yes", "Continue")
        if day.times:
            self._part(*day.times)
        else:
            self._length(day)
        self.question(VISIT, "Continue")
        self.answer("Yes" if day.visit else "No", "Continue")
        self.question(NOTE, **{NOTE: TOO_LONG})
        if day.note or self.probes:
            driver.fill(NOTE, day.note)
            self.private += [day.note] * bool(day.note)
        driver.press("Next")

    def _part(self, start: str, end: str) -> None:
        self.question("What is the start and end time of your absence?", "Continue")
        self.driver.fill("Start", start)
        self.driver.fill("End", end)
        self.driver.press("Continue")

    def _length(self, day: Day) -> None:
        self.page("How much time was missed or will be missed for this absence?")
        if day.hours:
            self.driver.choose("Other")
            self.is_refused("other hours", "Continue", Hours="25")
            self.driver.fill("Hours", day.hours)
            self.driver.fill("Minutes", day.minutes)
        self.driver.press("Continue")

    def change(self, before: Day, after: Day) -> None:
        self.driver.follow("Edit", self.named(before.date))
        self.day(after)
        self.tells("We changed %(item)s.", item=self.named(after.date))

    def remove(self, day: Day) -> None:
        self.driver.follow("Remove", self.named(day.date))
        self.driver.reads("Remove %(item)s?", item=self.named(day.date))
        self.driver.press("Yes, remove it")
        self.tells("We removed %(item)s.", item=self.named(day.date))
        self.driver.reads("Days you told us about")

    def lists(self, *days: dt.date) -> None:
        """The days on the list, in order."""
        headings = self.driver.page.locator(".portal-card__heading")
        expect(headings).to_have_text([re.compile(re.escape(self.named(day)), re.IGNORECASE) for day in days])

    def no_more_days(self) -> None:
        self.answer("No")

    def pay(self, choice: str) -> None:
        self.question("How do you plan to be paid during your leave of absence?")
        self.answer(choice)

    def caused_by_work(self, answer: str) -> None:
        self.question("Is your absence due to a work-related illness or injury?")
        self.answer(answer)

    def by_email(self) -> None:
        """At the address on file."""
        address = self.driver.page.get_by_label(self.driver.say("Email address"), exact=True).input_value()
        self.question(BY_EMAIL, **{"Email address": "nobody"})
        if self.probes:
            self.driver.fill("Email address", address)
        self.driver.press("Next")

    def by_mail(self, street: str, more: str, city: str, state: str, zip_code: str) -> None:
        driver = self.driver
        self.page(BY_EMAIL)
        driver.choose(BY_MAIL)
        self.is_refused("address", "Next", **{"Street address": ""})
        driver.fill("Street address", street)
        driver.fill(MORE_ADDRESS, more)
        driver.fill("City", city)
        driver.select("State", state)
        driver.fill("ZIP code", zip_code)
        driver.press("Next")
        self.private += [street, more]

    def phone(self, *, voicemail: str, hour: int) -> None:
        """At the number on file."""
        self.question("Your phone number")
        self.driver.choose(voicemail)
        self.driver.choose("%(hour)s AM", hour=hour)
        self.driver.press("Next")

    def check(self, *shown: str) -> Preview:
        """The summary shows these words, and what will be sent."""
        self.page("Check your answers, then submit")
        for words in shown:
            self.driver.shows(words)
        email, text = self.driver.page.locator(".portal-preview__message").all()
        return Preview(email.text_content(), text.text_content(), self.driver.say("(given when you submit)"))

    def submit(self) -> str:
        """Returns the case number."""
        self.driver.press("Submit request")
        self.page("Your request has been submitted")
        number = self.driver.page.locator("main .portal-number").inner_text()
        assert NUMBER.fullmatch(number)
        return number
