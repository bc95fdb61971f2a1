"""A page older than what is saved: its other buttons, questions that went, mistakes, words that mean the same."""

import pytest
from django.urls import reverse

from cases.models.case import Case
from tests.factories.accounts import sign_in
from tests.integration.absences.leave_request import LeaveRequest
from tests.integration.absences.reporting import words
from tests.integration.absences.tabs import Tab

TODAY = "2026-03-06"
ALSO_SAVED = "You also have a saved answer"
pytestmark = pytest.mark.django_db


@pytest.fixture
def tab(report):
    """Opens a question in another tab."""
    return lambda step, name="step": Tab(report.client, report.url(step, name))


class TestTheSameQuestion:
    def test_another_question_answered_elsewhere_is_no_conflict(self, report, tab):
        report.answer_all(TODAY)
        old = tab("who", "change")
        report.post("about", "change", reason="Flu")
        assert old.send(who="child").status_code == 303
        assert report.draft.answers["who"] == {"who": ["child"]}

    def test_the_same_answer_in_other_words_is_no_conflict(self, report, tab):
        report.answer("who", "date", date={"day": TODAY})
        report.answer("full-day", full_day={"full_day": "no"})
        old = tab("times")
        tab("times").send(start="8 AM", end="10 AM")
        assert old.send(start="8:00 AM", end="10:00 a.m.").status_code == 303

    def test_the_follow_up_of_another_answer_is_not_shown(self, report, tab):
        old = tab("who")
        tab("who").send(who="child", relationship="Xqznobody")
        conflict = old.send(who="other", relationship="My aunt")
        assert "My Child" in words(conflict)
        assert "Other: My aunt" in words(conflict)
        assert "Xqznobody" not in words(conflict)

    def test_a_third_answer_meanwhile_asks_again(self, report, tab):
        old = tab("who")
        tab("who").send(who="child")
        conflict = old.showing(old.send(who="spouse"))
        tab("who").send(who="parent")
        assert conflict.send(who="spouse").status_code == 409
        assert report.draft.answers["who"] == {"who": ["parent"]}

    def test_a_page_with_mistakes_stays_as_old_as_it_was(self, report, tab):
        old = tab("who")
        tab("who").send(who="child")
        refused = old.showing(old.send(who="other", relationship=""))
        assert refused.page.status_code == 422
        assert refused.send(who="other", relationship="My aunt").status_code == 409

    def test_words_another_tab_keeps_unchecked_are_not_overwritten(self, report, tab):
        old = tab("who")
        tab("who").send(who="other", relationship="Xqzaunt", _save_later="1")
        conflict = old.send(who="child")
        assert conflict.status_code == 409
        assert "Xqzaunt" in words(conflict)
        assert report.draft.unchecked["who"]["relationship"] == ["Xqzaunt"]

    def test_incomplete_words_are_shown_with_labels(self, report, tab):
        old = tab("who")
        tab("who").send(who="other", relationship="", _save_later="1")
        assert "Who is this absence for? Other" in words(old.send(who="child"))

    def test_incomplete_words_without_what_their_choice_hides(self, browser, employee, today):
        leave = LeaveRequest(browser, employee)
        leave.answer_all()
        url = leave.page("change", step="contact-by")
        old = Tab(browser, url)
        Tab(browser, url).send(by_email="no", email="xqzhidden@example.org", city="Lowell", _save_later="1")
        conflict = words(old.send(by_email="yes", email="zoe@example.com"))
        assert "Lowell" in conflict
        assert "xqzhidden" not in conflict

    def test_incomplete_words_before_any_choice(self, report, tab):
        old = tab("who")
        tab("who").send(relationship="Xqzaunt", _save_later="1")
        assert "Relationship Xqzaunt" in words(old.send(who="child"))

    def test_two_tabs_in_both_languages(self, report, tab):
        old = tab("who")
        tab("who").send(who="child")
        tab("date").send(_lang="es")
        assert old.send(who="spouse").status_code == 409


class TestOtherButtons:
    """Save and finish later, and the language: what was typed is kept, the newer answer is kept, both are shown."""

    @pytest.mark.parametrize("button", [{"_save_later": "1"}, {"_lang": "en"}])
    def test_both_stay(self, report, tab, button):
        report.answer_all(TODAY)
        old = tab("about", "change")
        tab("about", "change").send(reason="Xqznewer")
        assert old.send(reason="Xqztyped", **button).status_code == 303
        assert report.draft.answers["about"] == {"reason": ["Xqznewer"]}
        page = report.get("about", "change")
        assert ALSO_SAVED in words(page)
        assert "Xqznewer" in words(page)
        assert 'value="Xqztyped"' in page.content.decode()
        assert report.submit().url == report.url("about")
        assert not Case.objects.exists()

    def test_the_saved_answer_can_be_kept(self, report, tab):
        report.answer_all(TODAY)
        old = tab("about", "change")
        tab("about", "change").send(reason="Xqznewer")
        old.send(reason="Xqztyped", _save_later="1")
        response = tab("about", "change").send(reason="Xqztyped", _keep_saved="1")
        assert response.url == report.url("about", "change")
        page = report.get("about", "change")
        assert 'value="Xqznewer"' in page.content.decode()
        assert "Xqztyped" not in page.content.decode()
        assert ALSO_SAVED not in words(page)

    def test_what_was_typed_can_be_used(self, report, tab):
        report.answer_all(TODAY)
        old = tab("about", "change")
        tab("about", "change").send(reason="Xqznewer")
        old.send(reason="Xqztyped", _save_later="1")
        assert tab("about", "change").send(reason="Xqztyped").status_code == 303
        assert report.draft.answers["about"] == {"reason": ["Xqztyped"]}
        assert ALSO_SAVED not in words(report.get("about", "change"))

    def test_nothing_is_said_of_words_typed_over_an_answer_that_was_seen(self, report, tab):
        report.answer_all(TODAY)
        tab("about", "change").send(reason="Xqztyped", _save_later="1")
        assert ALSO_SAVED not in words(report.get("about", "change"))

    def test_words_kept_from_two_tabs_are_both_shown(self, report, tab):
        old = tab("who")
        tab("who").send(who="other", relationship="Xqzaunt", _save_later="1")
        conflict = old.send(who="other", relationship="Xqzniece", _save_later="1")
        assert conflict.status_code == 409
        assert "Xqzaunt" in words(conflict)
        assert "Xqzniece" in words(conflict)

    def test_a_page_from_before_the_newer_answer_that_arrives_late(self, report, tab):
        old = tab("who")
        tab("who").send(who="child")
        user = report.employee.user
        report.client.post(reverse("registration:logout"))
        old.send(who="other", relationship="My aunt")
        sign_in(report.client, user)
        page = report.get("who")
        assert ALSO_SAVED in words(page)
        assert "My Child" in words(page)
        assert "You were logged out" in words(page)
        assert 'value="My aunt"' in page.content.decode()


class TestQuestionsThatWent:
    @pytest.fixture
    def went(self, report, tab):
        """A page about the hours, whose question another tab has taken away."""
        report.answer_all(TODAY)
        old = tab("hours", "change")
        report.post("full-day", "change", full_day="no")
        return old

    def test_it_is_said_and_the_words_come_back_with_the_question(self, report, went):
        response = went.send(length="other", hours="5", minutes="30")
        assert response.url == report.url("times")
        assert "not part of your request now" in words(report.client.get(response.url))
        report.post("full-day", "change", full_day="yes")
        page = report.get("hours", "change")
        assert 'value="5"' in page.content.decode()
        assert "8 hours" in words(page)
        assert ALSO_SAVED in words(page)

    def test_save_and_finish_later(self, report, went):
        assert went.send(length="other", hours="5", minutes="", _save_later="1").url == reverse("home:home")
        assert report.draft.unchecked["hours"]["hours"] == ["5"]

    def test_the_language(self, report, went):
        assert went.send(length="other", hours="5", minutes="", _lang="es").url == went.url
        assert report.draft.unchecked["hours"]["hours"] == ["5"]

    def test_an_address_nobody_was_shown_keeps_nothing(self, report):
        report.post("overtime", overtime="none")
        report.post("nowhere", overtime="none")
        assert report.draft.unchecked == {}

    def test_a_question_that_is_not_reached_yet(self, report, tab, civil):
        report.answer_all(TODAY)
        old = tab("about", "change")
        civil(2026, 3, 8)  # the day of the absence is out of the window: its question is open again
        response = old.send(reason="Xqztyped")
        assert response.url != f"{report.page('check')}#about"
        assert report.draft.unchecked["about"]["reason"] == ["Xqztyped"]

    def test_what_arrives_late_for_it_is_kept_too(self, report, went):
        report.client.post(reverse("registration:logout"))
        went.send(length="other", hours="5", minutes="")
        assert report.draft.unchecked["hours"]["hours"] == ["5"]


class TestAfterwards:
    def test_a_draft_that_was_sent_meanwhile(self, report, tab):
        report.answer_all(TODAY)
        old = tab("who", "change")
        report.submit()
        assert old.send(who="child").url == report.page("done")

    def test_a_draft_that_was_deleted_meanwhile(self, report, tab):
        old = tab("who")
        report.client.post(report.page("delete"))
        response = old.send(who="child")
        assert response.status_code == 410
        assert "You deleted this request" in words(response)

    def test_a_draft_that_is_over(self, report, tab, civil):
        old = tab("who")
        civil(2026, 4, 6)
        response = old.send(who="child")
        assert response.status_code == 410
        assert "because it was not finished by Sunday, April 5, 2026" in words(response)
