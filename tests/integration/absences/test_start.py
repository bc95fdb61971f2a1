"""The pages before a journey, and those that say who takes the report instead."""

import pytest
from django.test import Client
from django.urls import reverse

from absences.models import Draft
from portal.office.models import LeaveType
from tests.factories.people import log_in, make_user
from tests.integration.absences.reporting import words

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"absences:{name}", args=args)


def test_before_you_start(browser, today):
    page = browser.get(url("before"))
    seen = words(page)
    for said in (
        "Before submitting the absence request, we need to ask a few preliminary questions to ensure the correct"
        " request is being filed.",
        "Requests submitted through the Consumer Portal are for new Intermittent or Consecutive leave of absence case"
        " requests or to submit a day-to-day Unplanned Absence.",
        "If you need additional assistance with submitting your absence, call Workpartners at 1-833-640-2800",
        "start date and expected end date",
        "Your family member’s name",
        "mailing address",
    ):
        assert said in seen
    assert f'href="{url("who_for")}"' in page.content.decode()


class TestWhoFor:
    def test_myself_goes_on(self, browser, today):
        assert "I want to file an absence for:" in words(browser.get(url("who_for")))
        assert browser.post(url("who_for"), {"who_for": "myself"}).url == url("type")

    def test_my_employee_is_a_call(self, browser, today):
        note = "Note: The capability to file an absence for “My employee” is currently unavailable."
        assert note in words(browser.get(url("who_for")))
        response = browser.post(url("who_for"), {"who_for": "my-employee"}, follow=True)
        assert note in words(response)
        assert "To report an absence for someone on your team, call Workpartners at 1-833-640-2800" in words(response)

    def test_an_answer_is_needed(self, browser, today):
        response = browser.post(url("who_for"), {})
        assert response.status_code == 422
        assert "Select who this absence is for" in words(response)

    def test_the_language_button_checks_nothing(self, browser, today):
        response = browser.post(url("who_for"), {"_lang": "es"})
        assert response.status_code == 200
        assert 'lang="es"' in response.content.decode()


class TestType:
    def test_the_guides_questions_and_options(self, browser, today):
        seen = words(browser.get(url("type")))
        for part in (
            "Do you need to report a day-to-day absence?",
            "I need to report a day-to-day sick absence or medical appointment not related to an FMLA, PFML or other"
            " protected leave policy case",
            "Do you need a protected absence related to FMLA, PFML or other protected leave policy?",
            "I am ill or injured (continuous or intermittent medical leave)",
            "A family member is ill or injured",
            "I am pregnant / expecting",
            "I am bonding with a child",
            "Other",
        ):
            assert part in seen

    def test_day_to_day_makes_a_draft_with_its_first_step_answered(self, browser, employee, today):
        response = browser.post(url("type"), {"need": "day_to_day"}, follow=True)
        draft = Draft.objects.get(employee=employee)
        assert draft.answers == {"type": {"need": ["day_to_day"]}}
        assert response.request["PATH_INFO"] == url("step", "day_to_day", draft.pk, "who")

    @pytest.mark.parametrize("need", ["own_health", "family_health", "pregnancy", "bonding"])
    def test_protected_leave_makes_a_draft_of_its_own(self, browser, employee, today, need):
        response = browser.post(url("type"), {"need": need})
        draft = Draft.objects.get(employee=employee)
        assert (draft.journey, draft.answers) == ("leave", {"type": {"need": [need]}})
        assert response.url == url("resume", "leave", draft.pk)

    def test_other_is_a_call_and_lists_what_is_asked_for_elsewhere(self, browser, today):
        response = browser.post(url("type"), {"need": "other"}, follow=True)
        seen = words(response)
        assert "Call Workpartners intake at 1-833-640-2800 to file this request." in seen
        types = LeaveType.objects.filter(managed=False)
        assert len(types) == 8
        assert all(kind.name_en in seen and kind.ask_en in seen for kind in types)

    def test_an_answer_is_needed(self, browser, today):
        assert browser.post(url("type"), {}).status_code == 422

    def test_the_answer_can_be_changed_later(self, report):
        report.answer_all("2026-03-06")
        assert report.post("type", "change", need="other").url == report.call("other")
        assert report.client.get(report.page("check")).url == report.call("other")
        assert report.post("type", "change", need="day_to_day").url == f"{report.page('check')}#type"


@pytest.mark.parametrize("page", ["", "for/", "type/", "in-progress/leave/", "your-agency/absence/"])
def test_signed_in_employees_only(page, db):
    assert Client().get(f"/request/{page}").status_code == 302
    assert log_in(Client(), make_user()).get(f"/request/{page}").status_code == 404


@pytest.mark.parametrize("page", ["", "your-agency/leave/", "call/other/"])
def test_pages_that_only_show(browser, today, page):
    assert browser.post(f"/request/{page}").status_code == 405
