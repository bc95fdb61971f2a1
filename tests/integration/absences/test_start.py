"""The pages before a journey, and those that say who takes the report instead."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from absences.models import Draft
from portal.office.models import LeaveType
from registration.models import Liaison
from tests.factories.people import log_in, make_agency, make_employee, make_user
from tests.integration.absences.reporting import Report, words

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"absences:{name}", args=args)


@pytest.fixture
def elsewhere(client, today):
    """Someone whose agency takes day-to-day calls itself."""
    employee = make_employee(agency=make_agency(services=("leave",), call_out_en="Call the duty desk at 6 AM."))
    log_in(client, make_user(employee))
    return employee


def test_before_you_start(browser, today):
    page = browser.get(url("before"))
    assert "We need to ask a few questions" in words(page)
    assert f'href="{url("who_for")}"' in page.content.decode()


class TestWhoFor:
    def test_myself_goes_on(self, browser, today):
        assert "I want to file an absence for:" in words(browser.get(url("who_for")))
        assert browser.post(url("who_for"), {"who_for": "myself"}).url == url("type")

    def test_my_employee_is_a_call(self, browser, today):
        response = browser.post(url("who_for"), {"who_for": "my-employee"}, follow=True)
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
        assert report.client.get(report.page("check")).url == report.url("type")
        assert report.post("type", "change", need="day_to_day").url == f"{report.page('check')}#type"


class TestYourAgency:
    def test_an_agency_that_is_not_live_gives_its_own_instructions(self, client, elsewhere):
        Liaison.objects.create(agency=elsewhere.agency, name="Ana Liaison", phone="+16175550123")
        response = client.post(url("type"), {"need": "day_to_day"}, follow=True)
        seen = words(response)
        assert f"{elsewhere.agency.name} takes day-to-day sick calls itself." in seen
        assert "Call the duty desk at 6 AM." in seen
        assert "Ana Liaison" in seen
        assert not Draft.objects.exists()

    def test_the_short_way_is_closed_too(self, client, elsewhere):
        assert client.post(url("new")).url == url("agency_first", "day_to_day")

    def test_without_instructions_of_its_own(self, browser, employee, today):
        assert "Current call-out procedures will remain in place." in words(
            browser.get(url("agency_first", "day_to_day"))
        )

    def test_a_date_after_the_agencys_last_day_is_its_own(self, client, today):
        employee = make_employee(agency=make_agency(ends_on=dt.date(2026, 3, 6)))
        report = Report(log_in(client, make_user(employee)), employee)
        report.answer("who")
        assert report.post("date", day="2026-03-07").url == report.page("your_agency")


class TestCall:
    def test_an_unknown_reason_to_call_is_no_page(self, browser, today):
        assert browser.get(url("call_first", "boredom")).status_code == 404

    def test_too_late_keeps_the_draft_and_leads_back_to_the_date(self, report):
        report.answer("who")
        report.post("date", day="other", date="3/1/2026")
        page = report.client.get(report.call("late"))
        assert "You can report a day-to-day absence online up to 1 day after it." in words(page)
        assert "We saved your answers." in words(page)
        assert f'href="{report.page("resume")}"' in page.content.decode()
        assert 'value="3/1/2026"' in report.get("date").content.decode()


class TestDualNotice:
    def test_runs_for_the_first_ten_weeks(self, client, civil):
        today = civil(2026, 3, 6)
        begun = today - dt.timedelta(days=69)
        employee = make_employee(supervisor=make_employee(agency=make_agency(starts_on=begun)))
        report = Report(log_in(client, make_user(employee)), employee)
        report.answer_all("2026-03-06")
        sentence = "Until Friday, March 6, 2026, also tell your supervisor yourself when you will be out."
        assert sentence in words(report.client.get(report.page("check")))
        report.submit()
        assert sentence in words(report.client.get(report.page("done")))
        civil(2026, 3, 7)
        seen = words(report.client.get(report.page("done")))
        assert sentence not in seen
        assert "You do not need to tell your supervisor. We do that for you." in seen


@pytest.mark.parametrize("page", ["", "for/", "type/", "in-progress/leave/", "your-agency/absence/"])
def test_signed_in_employees_only(page, db):
    assert Client().get(f"/request/{page}").status_code == 302
    assert log_in(Client(), make_user()).get(f"/request/{page}").status_code == 404


@pytest.mark.parametrize("page", ["", "your-agency/leave/", "call/other/"])
def test_pages_that_only_show(browser, today, page):
    assert browser.post(f"/request/{page}").status_code == 405
