"""Lists in two tabs: days added, changed and removed elsewhere; several reasons; late pages about one day."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import sign_in
from tests.integration.absences.leave_request import LeaveRequest
from tests.integration.absences.loop import Loop
from tests.integration.absences.reporting import words
from tests.integration.absences.tabs import Tab

pytestmark = pytest.mark.django_db
GONE = "This day is no longer on your list"


@pytest.fixture
def loop(browser, employee, today):
    return Loop(browser, employee)


@pytest.fixture
def day(loop):
    """A day on the list, to its end."""
    return loop.add("3/9/2026", note="Xqznote")


class TestRemovedElsewhere:
    @pytest.mark.parametrize("step", ["date", "full-day", "hours", "visit", "details"])
    def test_it_is_said_and_the_day_does_not_come_back(self, loop, day, step):
        loop.add("3/10/2026")
        old = Tab(loop.client, loop.item(day, step))
        loop.post(loop.remove_url(day))
        typed = {"date": "3/9/2026", "full_day": "yes", "length": "own_day", "visit": "no", "note": "Xqzlater"}
        response = old.send(**typed)
        assert response.url == loop.hub
        assert GONE in words(loop.get(loop.hub))
        assert day not in loop.days
        assert loop.draft.unchecked == {}

    def test_nor_from_a_page_that_arrives_late(self, loop, day):
        old = Tab(loop.client, loop.item(day, "date"))
        loop.post(loop.remove_url(day))
        old.client = Client()
        old.send(date="3/9/2026")
        assert loop.draft.unchecked == {}

    def test_a_new_day_may_still_be_begun(self, loop, day):
        new = Tab(loop.client, loop.new_day())
        loop.post(loop.remove_url(day))
        assert new.send(date="3/11/2026").status_code == 303
        assert len(loop.days) == 1


class TestTheListItself:
    def test_a_day_added_elsewhere_is_shown_before_the_list_is_closed(self, loop, day):
        old = Tab(loop.client, loop.hub)
        loop.add("3/10/2026")
        assert old.send(again="no").url == loop.hub
        page = loop.get(loop.hub)
        assert "Your list has changed" in words(page)
        assert "March 10, 2026" in words(page)
        assert "days" not in loop.draft.answers

    def test_an_unchanged_list_is_closed(self, loop, day):
        assert Tab(loop.client, loop.hub).send(again="no").url != loop.hub
        assert "days" in loop.draft.answers

    def test_two_taps_close_it_once(self, loop, day):
        old = Tab(loop.client, loop.hub)
        first, second = old.send(again="no"), old.send(again="no")
        assert first.url == second.url
        assert loop.draft.answers["days"] == {"again": ["no"]}

    def test_answers_about_two_days_never_meet(self, loop, day):
        second = loop.add("3/10/2026")
        old = Tab(loop.client, loop.item(day, "visit"))
        loop.post(loop.item(second, "visit"), visit="yes")
        assert old.send(visit="yes").status_code == 303


class TestALatePageAboutADay:
    def test_a_new_day_is_kept_as_unfinished(self, loop, employee):
        new = Tab(loop.client, loop.new_day())
        loop.client.post(reverse("registration:logout"))
        response = new.send(date="3/9")
        assert response.url == f"{reverse('registration:login')}?next={new.url}"
        page = sign_in(loop.client, employee.user).get(new.url)
        assert 'value="3/9"' in page.content.decode()
        assert "You were logged out. We kept what you typed." in words(page)
        assert "There is a problem" not in words(page)

    def test_a_note(self, loop, day, employee):
        old = Tab(loop.client, loop.item(day, "details"))
        loop.client.post(reverse("registration:logout"))
        old.send(note="Xqzlater")
        page = sign_in(loop.client, employee.user).get(loop.item(day, "details"))
        assert "Xqzlater" in page.content.decode()
        assert loop.draft.answers[f"days/{day}/details"] == {"note": ["Xqznote"]}

    def test_a_token_of_one_day_does_not_fit_another(self, loop, day):
        second = loop.add("3/10/2026")
        old = Tab(loop.client, loop.item(day, "details"))
        old.client, old.url = Client(), loop.item(second, "details")
        old.send(note="Xqzlater")
        assert loop.draft.unchecked == {}

    def test_a_hundred_days_are_no_day_more(self, loop, day):
        new = Tab(loop.client, loop.new_day())
        loop.fill(99)
        new.client = Client()
        new.send(date="3/11/2026")
        assert loop.draft.unchecked == {}


class TestSeveralReasons:
    @pytest.fixture
    def leave(self, browser, employee, today):
        return LeaveRequest(browser, employee)

    @pytest.fixture
    def tab(self, leave):
        return lambda: Tab(leave.client, leave.page("step", step="about"))

    def test_a_reason_added_elsewhere_is_not_lost(self, leave, tab):
        old = tab()
        tab().send(reason="Flu", _add="1")
        conflict = old.send(reason="Cough", _add="1")
        assert conflict.status_code == 409
        saved, _, entered = words(conflict).partition("Answer on the page you sent")
        assert "Flu" in saved
        assert "Cough" in entered
        assert leave.draft.unchecked["about"]["reasons"] == ["Flu"]

    def test_every_reason_of_the_page_can_be_used(self, leave, tab):
        old = tab()
        tab().send(reason="Flu", _add="1")
        conflict = old.showing(old.send(reasons=["Cough", "Fever"], reason="Rash"))
        carried = re.findall(r'name="(reasons?)" value="([^"]*)"', conflict.page.content.decode())
        assert sorted(value for _, value in carried) == ["Cough", "Fever", "Rash"]
        conflict.send(reasons=["Cough", "Fever"], reason="Rash")
        saved = leave.draft.answers["about"]
        assert (saved["reasons"], saved["reason"]) == (["Cough", "Fever"], ["Rash"])

    def test_two_taps_on_add_are_one_reason(self, leave, tab):
        old = tab()
        assert old.send(reason="Flu", _add="1").status_code == 303
        assert old.send(reason="Flu", _add="1").status_code == 303
        assert leave.draft.unchecked["about"]["reasons"] == ["Flu"]

    def test_one_tab_adds_as_many_as_it_likes(self, leave, tab):
        for reason in ("Flu", "Cough", "Fever"):
            page = tab()
            listed = leave.draft.unchecked.get("about", {}).get("reasons", [])
            assert page.send(reasons=listed, reason=reason, _add="1").status_code == 303
        assert leave.draft.unchecked["about"]["reasons"] == ["Flu", "Cough", "Fever"]
