"""Any order of pages, tabs, browsers, days and log-ins: nothing fails, is lost in silence, or is sent twice.

A longer run: LEAVE_MACHINE_EXAMPLES=500 (it also shortens what it finds).
"""

from __future__ import annotations

import datetime as dt
import os
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings
from django.urls import reverse
from django.utils import translation
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from absences.models import Draft
from cases.models.case import Case
from portal.lib import clock
from tests.factories.accounts import sign_in
from tests.factories.people import make_employee, make_user
from tests.integration.absences.leave_machine import (
    NEEDS,
    Browser,
    Page,
    Tab,
    filled_in,
    right_answers,
    said,
    spoilt,
)
from tests.integration.absences.leave_memory import (
    DELETED,
    OPEN,
    SENT,
    Posted,
    Remembered,
    differences,
    folded,
    own_fields,
)
from tests.integration.absences.leave_sent import compare
from tests.pages.world import ask_in_own_words

EXAMPLES = int(os.environ.get("LEAVE_MACHINE_EXAMPLES", "0"))
NOON = dt.datetime(2026, 3, 6, 17, tzinfo=dt.UTC)  # Friday, in Boston
KEPT_DAYS = 30
TABS = st.integers(0, 3)  # two browsers, two tabs each
NOT_KEPT = (
    "This day is no longer on your list, so we did not save the page.",
    "That question is no longer part of your request, so we did not save the page.",
    "Your list has changed since this page was opened. Check it, then continue.",
    "Finish this day first, or stop adding it.",
)
KEPT_ASIDE = "That question is not part of your request now. If it is asked again, you will find what you typed."
REMOVED_WITH = "You changed “%(what)s,” so we removed “%(removed)s.”"
REMOVED_DAY = "We removed %(item)s."
QUESTIONS = {  # as a person is told that an answer went with another
    "about": "Reason for leave",
    "person": "Your family member",
    "arrival": "Your due date",
    "child": "Your child",
    "dates": "When will you be out?",
    "days-known": "Do you know the days you have missed or will miss?",
    "days": "Days you told us about",
    "work-related": "Is your absence due to a work-related illness or injury?",
}
STEPS = (*QUESTIONS, "type", "schedule", "pay", "more", "contact-by", "phone", "nothing-like-it")


class Leave(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.rollback = transaction.atomic()
        self.rollback.__enter__()
        self.days, self.clock = 0, override_settings(CIVIL_TIME_OFFSET=NOON - dt.datetime.now(tz=dt.UTC))
        self.clock.enable()
        translation.activate("en")
        ask_in_own_words()
        self.employee = make_employee(supervisor=make_employee())
        self.user = make_user(self.employee)
        self.requests: dict[str, Remembered] = {}
        browsers = [Browser(self._begun), Browser(self._begun)]
        for browser in browsers:
            sign_in(browser.client, self.user)
        self.tabs = [Tab(browsers[number // 2]) for number in range(4)]
        for tab in self.tabs:
            tab.open(reverse("absences:type"))

    def teardown(self) -> None:
        self.clock.disable()
        transaction.set_rollback(True)
        self.rollback.__exit__(None, None, None)

    # ---- what a person does

    @initialize(need=st.sampled_from(NEEDS), pages=st.integers(0, 14), data=st.data())
    def starts(self, need: str, pages: int, data: st.DataObject) -> None:
        self.begins(0, need)
        self.gets_on(0, pages, data)
        for tab in range(1, 4):
            self.resumes(tab)

    @rule(tab=TABS, need=st.sampled_from([*NEEDS, "other", "day_to_day"]))
    def begins(self, tab: int, need: str) -> None:
        mine = self.tabs[tab]
        if mine.open(reverse("absences:type")).url.endswith("/type/"):
            _response, page = mine.browser.post(mine.page.url, {"need": need})
            self._note_new(page, need)
            mine.show(page)

    @rule(tab=TABS, pages=st.integers(1, 16), data=st.data())
    def gets_on(self, tab: int, pages: int, data: st.DataObject) -> None:
        """Answers one page after the other as it should be, up to the summary."""
        self._asking(tab)
        for _ in range(pages):
            if not self.tabs[tab].page.asks:
                break
            self._answers(tab, data.draw(right_answers(self.tabs[tab].page, clock.today())))

    @rule(tab=TABS, data=st.data())
    def answers_anyhow(self, tab: int, data: st.DataObject) -> None:
        page = self._asking(tab)
        if page.asks:
            typed = data.draw(right_answers(page, clock.today()))
            posted = data.draw(spoilt(filled_in(page, typed)))
            self._sends(tab, page, posted)

    @rule(tab=TABS, data=st.data(), remove=st.booleans())
    def reworks_the_reasons(self, tab: int, data: st.DataObject, remove: bool) -> None:
        page = self.tabs[tab].page
        if page.asks and page.slug == "about":
            posted = filled_in(page, data.draw(right_answers(page, clock.today())))
            listed = page.fields.get("reasons", [])
            button = {"_remove": data.draw(st.sampled_from(listed))} if remove and listed else {"_add": "1"}
            self._sends(tab, page, {**posted, **button})

    @rule(tab=TABS, back=st.integers(1, 6))
    def goes_back(self, tab: int, back: int) -> None:
        mine = self.tabs[tab]
        mine.show(mine.pages[-min(back, len(mine.pages))])

    @rule(tab=TABS, number=st.integers(0, 40), data=st.data(), mode=st.sampled_from(["", "change/"]))
    def opens_a_question(self, tab: int, number: int, data: st.DataObject, mode: str) -> None:
        """Asked or not, answered or not, from a link or from memory."""
        if known := self._newest():
            keys = [*self.requests[known].answers, *self.requests[known].words]
            key = data.draw(st.sampled_from(STEPS)) if number >= len(keys) else keys[number]
            self.tabs[tab].open(f"/leave/{known}/{mode}{key}/")

    @rule(tab=TABS, data=st.data())
    def changes_an_answer_on_the_summary(self, tab: int, data: st.DataObject) -> None:
        """Whatever does not go along with the new answer is named."""
        known = self._newest()
        if not known or not self.tabs[tab].open(f"/leave/{known}/check/").is_check:
            return
        mine = self.requests[known]
        before = mine.asked(own_questions=True)
        slug = data.draw(st.sampled_from([key for key in before if "/" not in key]))
        page = self.tabs[tab].open(f"/leave/{known}/change/{slug}/")
        if page.key != slug:
            return
        self._answers(tab, data.draw(right_answers(page, clock.today())))
        if self.tabs[tab].page.status == 200 and mine.state == OPEN:
            gone = {key.partition("/")[0] for key in before} - {
                key.partition("/")[0] for key in mine.asked(own_questions=True)
            }
            unsaid = [key for key in gone if not said(self.tabs[tab].page, QUESTIONS[key])]
            assert not unsaid, (slug, unsaid, self.tabs[tab].page.news)

    @rule(tab=TABS, number=st.integers(0, 5), sure=st.booleans())
    def removes_a_day(self, tab: int, number: int, sure: bool) -> None:
        known = self._newest()
        items = self.requests[known].items if known else []
        if number >= len(items):
            return
        mine, page = self.requests[known], self.tabs[tab].open(f"/leave/{known}/days/{items[number]}/remove/")
        if not (sure and page.url.endswith("/remove/") and page.status == 200):
            return
        whole = not set(mine._of_day(items[number])) - mine.answers.keys() and not any(
            f"/{items[number]}/" in key for key in mine.words
        )
        _response, after = self.tabs[tab].browser.post(page.url, {})
        mine.forget_item(items[number])
        assert not whole or said(after, REMOVED_DAY) or len(items) > 1, after.news
        self.tabs[tab].show(after)

    @rule(tab=TABS, data=st.data(), button=st.sampled_from([("_save_later", "1"), ("_lang", "es"), ("_lang", "en")]))
    def leaves_a_page_as_it_is(self, tab: int, data: st.DataObject, button: tuple[str, str]) -> None:
        page = self._asking(tab)
        if page.asks:
            typed = filled_in(page, data.draw(right_answers(page, clock.today())))
            self._sends(tab, page, {**typed, button[0]: button[1]})

    @rule(tab=TABS, mine=st.booleans())
    def settles_a_conflict(self, tab: int, mine: bool) -> None:
        page = self.tabs[tab].page
        if page.is_conflict and mine:
            self._sends(tab, page, dict(page.fields))
        elif page.is_conflict:
            self.tabs[tab].open(page.url)
        elif page.asks and mine and "_keep_saved" in page.body:
            self._sends(tab, page, {**page.fields, "_keep_saved": "1"})

    @rule(tab=TABS)
    def resumes(self, tab: int) -> None:
        if known := self._newest():
            self.tabs[tab].open(f"/leave/{known}/")

    @rule(tab=TABS)
    def logs_out(self, tab: int) -> None:
        self.tabs[tab].browser.post(reverse("registration:logout"), {})

    @rule(tab=TABS)
    def logs_in(self, tab: int) -> None:
        sign_in(self.tabs[tab].browser.client, self.user)
        if known := self._newest():
            self.tabs[tab].open(f"/leave/{known}/")

    @rule(tab=TABS, rest=st.booleans(), taps=st.sampled_from([1, 2]), data=st.data())
    def submits(self, tab: int, rest: bool, taps: int, data: st.DataObject) -> None:
        """What this tab shows; or all the rest of the open request first. One tap or two."""
        if rest:
            self.resumes(tab)
            self.gets_on(tab, 20, data)
        page = self.tabs[tab].page
        for _tap in range(taps):
            if page.is_check and page.draft:
                self._submits(tab, page)

    @rule(tab=TABS, sure=st.booleans(), how=st.sampled_from(["delete", "start-over"]))
    def starts_over(self, tab: int, sure: bool, how: str) -> None:
        known = self._newest()
        if known and sure:
            response, page = self.tabs[tab].browser.post(f"/leave/{known}/{how}/", {})
            if response.status_code == 303 and not response["Location"].startswith("/login/"):
                self.requests[known].state = DELETED
            self.tabs[tab].show(page)

    @rule(days=st.sampled_from([1, 1, 1, 2, 5, KEPT_DAYS]))
    def time_passes(self, days: int) -> None:
        self.days += days
        self.clock.disable()
        offset = NOON + dt.timedelta(days=self.days) - dt.datetime.now(tz=dt.UTC)
        self.clock = override_settings(CIVIL_TIME_OFFSET=offset)
        self.clock.enable()

    # ---- what must be true

    @invariant()
    def one_case_for_each_request_sent_and_none_for_others(self) -> None:
        keys = [
            str(key) for key in Case.objects.filter(employee=self.employee).values_list("submission_key", flat=True)
        ]
        assert sorted(keys) == sorted(key for key, mine in self.requests.items() if mine.state == SENT)

    @invariant()
    def whatever_was_given_is_still_there(self) -> None:
        for known, mine in self.requests.items():
            row = Draft.objects.filter(pk=known).first()
            if mine.state != OPEN or row is None:
                assert mine.state != OPEN or self.days >= KEPT_DAYS
                continue
            for kept, stored in ((mine.answers, row.answers), (mine.words, row.unchecked)):
                lost = {key: posted for key, posted in kept.items() if not _holds(stored.get(key, {}), posted)}
                assert not lost, (lost, stored)

    # ---- how

    def _begun(self, page: Page) -> bool:
        mine, place = self.requests.get(page.draft), page.place
        return bool(mine and place and place["item"] and mine.holds(place["item"]))

    def _asking(self, tab: int) -> Page:
        """What this tab shows; a question of the open request when it shows nothing to answer."""
        page = self.tabs[tab].page
        if not (page.asks or page.is_conflict or page.is_check):
            self.resumes(tab)
        return self.tabs[tab].page

    def _newest(self) -> str:
        return next((known for known, mine in reversed(self.requests.items()) if mine.state == OPEN), "")

    def _note_new(self, page: Page, need: str) -> None:
        if page.draft and page.draft not in self.requests:
            if earlier := self._newest():
                assert self.days >= KEPT_DAYS
                self.requests[earlier].state = DELETED
            self.requests[page.draft] = Remembered({"type": {"need": [need]}})

    def _answers(self, tab: int, typed: dict[str, Any]) -> None:
        page = self.tabs[tab].page
        self._sends(tab, page, filled_in(page, typed))

    def _sends(self, tab: int, page: Page, posted: dict[str, Any]) -> None:
        """A question's form, and then a look at what stands on its page."""
        mine, begun = self.requests[page.draft], self._begun(page)
        response, after = self.tabs[tab].browser.post(page.url, posted)
        own = own_fields(page, posted)
        if "_made" in page.fields and mine.state == OPEN:
            self._reckon(mine, page, own, posted, response, after, begun=begun)
        elif mine.state == SENT:
            assert response.status_code == 303, response.status_code
        self._note_new(after, (own.get("need") or [""])[-1])
        self.tabs[tab].show(after)
        self._looks(tab, page.draft, page.key)

    def _reckon(
        self,
        mine: Remembered,
        page: Page,
        own: Posted,
        posted: dict[str, Any],
        response: Any,
        after: Page,
        *,
        begun: bool,
    ) -> None:
        """What the person may believe after this answer."""
        key, to, status = page.key, response.get("Location", ""), response.status_code
        if status in {404, 410}:
            assert self.days >= KEPT_DAYS
            mine.state = DELETED
        elif status == 409:
            assert not differences(key, own, after), (key, own, after.fields)
        elif status == 422 or (status == 303 and said(after, *NOT_KEPT)):
            return
        elif status == 303 and to.startswith("/login/"):
            genuine = posted.get("_made") == page.fields["_made"] and (begun or not page.listed)
            if genuine and self._lasts(page.draft):
                mine.note(key, own)
        elif status == 303 and (said(after, KEPT_ASIDE) or "_save_later" in posted or "_lang" in posted):
            mine.note(key, own)
        elif "_keep_saved" in posted:
            mine.words.pop(key, None)
        elif "_add" in posted or "_remove" in posted:
            mine.note(key, _reworked(own, posted))
        elif not (own.get("again") == ["yes"] or own.get("need") == ["day_to_day"]):
            assert status == 303, status
            mine.take(key, own)

    def _lasts(self, known: str) -> bool:
        """Whether the request's days are not over: what comes for it after them is kept nowhere."""
        return Draft.objects.filter(pk=known, expires_at__gt=clock.now()).exists()

    def _looks(self, tab: int, known: str, key: str) -> None:
        """Whatever was given for a question stands on its page, when that can be opened."""
        mine = self.requests[known]
        expected = mine.expected_at(key)
        if mine.state == OPEN and expected is not None:
            page = self.tabs[tab].browser.get(f"/leave/{known}/{key}/")
            if page.asks and page.key == key:
                assert not differences(key, expected, page), (key, differences(key, expected, page))

    def _submits(self, tab: int, page: Page) -> None:
        mine = self.requests[page.draft]
        response, after = self.tabs[tab].browser.post(page.url, page.fields)
        self.tabs[tab].show(after)
        if response.status_code == 303 and response["Location"].endswith("/done/") and mine.state == OPEN:
            mine.state = SENT
            compare(Case.objects.get(submission_key=page.draft), mine, page)


def _holds(stored: Posted, given: Posted) -> bool:
    return all(stored.get(name, [""]) == values for name, values in given.items() if any(values))


def _reworked(own: Posted, posted: dict[str, Any]) -> Posted:
    """The list after its button: what was in the box joined it, or one went."""
    if "_add" in posted:
        return {**own, "reasons": [*own.get("reasons", ()), *own.get("reason", ())[-1:]], "reason": [""]}
    gone = folded(posted["_remove"])
    return {**own, "reasons": [reason for reason in own.get("reasons", ()) if folded(reason) != gone]}


@pytest.mark.django_db
@pytest.mark.timeout(0 if EXAMPLES else 900)
def test_whatever_a_person_does():
    phases = [Phase.generate, Phase.shrink] if EXAMPLES else [Phase.generate]
    profile = settings(
        max_examples=EXAMPLES or 10,
        stateful_step_count=30,
        derandomize=not EXAMPLES,
        database=None,
        deadline=None,
        phases=phases,
        suppress_health_check=list(HealthCheck),
    )
    with override_settings():  # a machine that breaks leaves its clock behind
        run_state_machine_as_test(Leave, settings=profile)
