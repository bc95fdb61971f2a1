"""The reasons of a leave over HTTP, as a browser without JavaScript sends them."""

from __future__ import annotations

import html
import re

import pytest
from django.urls import reverse

from absences.addresses import Place, page_of
from absences.models import Draft
from tests.integration.absences.reporting import words
from tests.pages.world import make_draft

pytestmark = pytest.mark.django_db
FIVE = ["Flu", "Back pain", "Surgery", "Migraine", "Asthma"]
HIDDEN_INPUT = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
NOTE = (
    "NOTE: The reason/condition that the user provides here will NOT be included in the absence notifications that are"
    " sent to the absent employee’s supervisor(s). The reason/condition that the user provides here will only be"
    " available to Workpartners staff and the employee’s authorized HR professionals when necessary to process or"
    " follow up on the employee’s absence report."
)
BOX = re.compile(r'<input type="text" name="reason"(?: value="([^"]*)")?')


class Page:
    """The page as it was last shown: its buttons send what stands in it."""

    def __init__(self, response):
        self.response, self.text = response, words(response)
        self.hidden = {}
        for name, value in HIDDEN_INPUT.findall(response.content.decode()):
            self.hidden.setdefault(name, []).append(html.unescape(value))

    @property
    def chosen(self):
        return self.hidden.get("reasons", [])

    @property
    def box(self):
        return html.unescape(BOX.search(self.response.content.decode())[1] or "")


class Leave:
    def __init__(self, client, user, need="own_health"):
        self.client = client
        draft = make_draft(user, "leave")
        draft.answers = {"type": {"need": [need]}}
        draft.save()
        self.id = draft.pk

    @property
    def draft(self):
        return Draft.objects.get(pk=self.id)

    def url(self, *, returning=False):
        return Place(self.draft, "about", returning=returning).url

    def opened(self, **how):
        return Page(self.client.get(self.url(**how)))

    def press(self, page, reason="", *, at=None, **buttons):
        """The button's own response; without one, Next was pressed."""
        return self.client.post(at or self.url(), {**page.hidden, "reason": reason, **buttons})

    def pressed(self, page, reason="", **buttons):
        """The page after the redirect."""
        response = self.press(page, reason, **buttons)
        assert (response.status_code, response.url) == (303, self.url())
        return self.opened()

    def with_reasons(self, *reasons):
        page = self.opened()
        for reason in reasons:
            page = self.pressed(page, reason, _add="1")
        return page


@pytest.fixture
def leave(browser, employee, today):
    return Leave(browser, employee.user)


class TestAddingAndRemoving:
    def test_one_by_one(self, leave):
        page = leave.pressed(leave.opened(), "Flu", _add="1")
        assert "We added “Flu.”" in page.text
        assert (page.chosen, page.box) == (["Flu"], "")
        page = leave.pressed(page, "Back pain", _add="1")
        assert page.chosen == ["Flu", "Back pain"]
        page = leave.pressed(page, "half a thou", _remove="Flu")
        assert "We removed “Flu.”" in page.text
        assert (page.chosen, page.box) == (["Back pain"], "half a thou")

    def test_next_takes_the_box_along(self, leave):
        response = leave.press(leave.with_reasons("Flu"), "Asthma")
        assert response.url == Place(leave.draft, "schedule").url
        page = leave.opened()
        assert (page.chosen, page.box) == (["Flu", "Asthma"], "")
        assert "We added" not in page.text

    def test_next_goes_on_with_a_reason_that_is_on_the_list(self, leave):
        response = leave.press(leave.with_reasons("Flu"), "flu")
        assert response.url == Place(leave.draft, "schedule").url
        page = leave.opened()
        assert (page.chosen, page.box) == (["Flu"], "")

    def test_nothing_is_an_answer_before_next(self, leave):
        leave.with_reasons("Flu")
        assert leave.draft.answers.keys() == {"type"}
        assert leave.client.get(page_of(leave.draft, "resume")).url == leave.url()

    @pytest.mark.parametrize(
        ("known", "reason", "button", "said"),
        [
            ([], "", {}, "Enter at least one reason"),
            ([], "", {"_add": "1"}, "Enter at least one reason"),
            (["Flu"], "FLU", {"_add": "1"}, "You already added that reason"),
            (FIVE, "Diabetes", {"_add": "1"}, "You can add up to 5 reasons. Remove one to add another"),
            (FIVE, "Diabetes", {}, "You can add up to 5 reasons. Remove one to add another"),
            (["Flu"], "x" * 101, {"_add": "1"}, "Reason must be 100 characters or fewer"),
        ],
    )
    def test_a_refused_page_has_everything_in_it(self, leave, known, reason, button, said):
        response = leave.press(leave.with_reasons(*known), reason, **button)
        assert response.status_code == 422
        page = Page(response)
        assert page.text.count(said) == 2
        assert (page.chosen, page.box) == (known, reason)

    def test_the_sixth_fits_once_another_is_removed(self, leave):
        refused = Page(leave.press(leave.with_reasons(*FIVE), "Diabetes", _add="1"))
        page = leave.pressed(refused, "Diabetes", _remove="Flu")
        assert page.box == "Diabetes"
        page = leave.pressed(page, page.box, _add="1")
        assert page.chosen == [*FIVE[1:], "Diabetes"]

    def test_the_last_of_an_answered_page_can_be_removed(self, leave):
        leave.press(leave.opened(), "Flu")
        page = leave.pressed(leave.opened(), _remove="Flu")
        assert page.chosen == []
        assert "Flu" not in page.text.replace("We removed “Flu.”", "")
        assert leave.press(page).status_code == 422

    def test_changing_from_the_summary_stays_there_until_next(self, leave):
        leave.press(leave.opened(), "Flu")
        change = leave.url(returning=True)
        response = leave.press(leave.opened(returning=True), "Asthma", at=change, _add="1")
        assert response.url == change
        page = leave.opened(returning=True)
        assert page.chosen == ["Flu", "Asthma"]

    def test_what_looks_like_markup_is_text(self, leave):
        page = leave.with_reasons('<b>"sick"</b> & tired')
        assert page.chosen == ['<b>"sick"</b> & tired']
        assert leave.pressed(page, _remove=page.chosen[0]).chosen == []


class TestKeeping:
    @pytest.mark.parametrize("button", [{"_save_later": "1"}, {"_lang": "es"}, {"_lang": "en"}])
    def test_other_buttons_keep_the_list_and_the_box(self, leave, button):
        response = leave.press(leave.with_reasons("Flu", "Asthma"), "half a thou", **button)
        assert response.status_code == 303
        page = leave.opened()
        assert (page.chosen, page.box) == (["Flu", "Asthma"], "half a thou")

    def test_a_second_tap_adds_and_removes_nothing_more(self, leave):
        page = leave.with_reasons("Flu")
        leave.press(page, "Asthma", _add="1")
        again = leave.pressed(page, "Asthma", _add="1")
        assert again.chosen == ["Flu", "Asthma"]
        leave.press(again, _remove="Flu")
        assert leave.pressed(again, _remove="Flu").chosen == ["Asthma"]

    def test_two_tabs_overwrite_nothing(self, leave):
        one, other = leave.opened(), leave.opened()
        leave.press(one, "Flu", _add="1")
        response = leave.press(other, "Asthma", _add="1")
        assert response.status_code == 409
        assert "Flu" in words(response)
        assert "Asthma" in words(response)
        assert leave.opened().chosen == ["Flu"]

    def test_two_tabs_saved_for_later_show_what_was_typed_and_no_more(self, leave):
        one, other = leave.opened(), leave.opened()
        leave.press(one, "x" * 101, _save_later="1")
        response = leave.press(other, "Asthma", _save_later="1")
        assert response.status_code == 409
        assert "Search for condition" in words(response)
        assert "x" * 101 in words(response)
        assert leave.draft.unchecked["about"]["asked_about"] == ["own_health"]
        assert "own_health" not in words(response)

    def test_reasons_go_nowhere_but_into_the_page(self, leave):
        response = leave.press(leave.opened(), "Xqzreason", _add="1")
        assert "Xqz" not in response.url
        stored = str(dict(leave.client.session))
        assert "_messages" in stored
        assert "Xqz" not in stored
        title = leave.client.get(leave.url()).content.decode().split("<title>")[1].split("</title>")[0]
        assert title.startswith("Step 1 of 5, Your leave")


class TestNeeds:
    def test_pregnancy_is_there_at_first_and_can_be_removed(self, browser, employee, today):
        leave = Leave(browser, employee.user, "pregnancy")
        page = leave.opened()
        assert page.chosen == ["Pregnancy"]
        page = leave.pressed(page, _remove="Pregnancy")
        assert page.chosen == []
        assert leave.opened().chosen == []

    def test_a_family_members_illness_has_its_own_lead(self, browser, employee, today, leave):
        own = "Describe your family member’s illness or injury. A general reason is fine."
        assert own not in leave.opened().text
        leave.draft.delete()
        assert own in Leave(browser, employee.user, "family_health").opened().text

    def test_another_need_is_asked_anew_and_the_first_finds_its_answer_again(self, leave):
        leave.press(leave.opened(), "Flu")
        change = Place(leave.draft, "type", returning=True).url
        response = leave.client.post(change, {"_version": leave.draft.version, "need": "family_health"})
        assert response.url == leave.url(returning=True)
        assert leave.opened().chosen == []
        leave.client.post(change, {"_version": leave.draft.version, "need": "own_health"})
        assert leave.opened().chosen == ["Flu"]

    def test_the_note_names_who_reads_a_reason(self, leave):
        assert NOTE in leave.opened().text

    def test_who_bonds_goes_on_to_the_child(self, browser, employee, today):
        leave = Leave(browser, employee.user, "bonding")
        assert leave.client.get(leave.url()).url == Place(leave.draft, "child").url


def test_an_ended_pregnancy_leads_to_the_question_of_what_is_needed(browser, employee, today):
    leave = Leave(browser, employee.user, "pregnancy")
    leave.press(leave.opened())
    page = browser.get(Place(leave.draft, "arrival").url).content.decode()
    change = reverse("absences:change", kwargs={"journey": "leave", "draft": leave.id, "step": "type"})
    assert f'href="{change}"' in page


def test_the_reason_of_a_day_has_the_same_note(report):
    report.answer("who", "date", "full-day", "hours", date={"day": "2026-03-06"})
    assert NOTE in words(report.get("about"))
