"""Not errors: pages that say who takes a request that this portal does not."""

import datetime as dt

import pytest
from django.urls import reverse

from absences.models import Draft
from cases.models.case import Case
from registration.models import AgencyService, Liaison
from tests.factories.people import log_in, make_agency, make_employee, make_user
from tests.integration.absences.leave_request import LeaveRequest
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


class TestLeaveAtYourAgency:
    """R19: an agency is live for leave from its first to its last day, both included. Today is March 6, 2026."""

    LIAISON = "Ana Liaison"

    def person(self, client, *, starts_on=dt.date(2022, 9, 22), ends_on=None):
        agency = make_agency(starts_on=starts_on, ends_on=ends_on, call_out_en="Call the duty desk at 6 AM.")
        Liaison.objects.create(agency=agency, name=self.LIAISON, phone="+16175550123")
        employee = make_employee(agency=agency)
        log_in(client, make_user(employee))
        return employee

    @pytest.mark.parametrize(
        ("starts_on", "ends_on", "live"),
        [
            (dt.date(2026, 3, 7), None, False),
            (dt.date(2026, 3, 6), None, True),
            (dt.date(2022, 9, 22), dt.date(2026, 3, 6), True),
            (dt.date(2022, 9, 22), dt.date(2026, 3, 5), False),
        ],
    )
    def test_before_on_and_after_the_days_it_is_live(self, client, today, starts_on, ends_on, live):
        self.person(client, starts_on=starts_on, ends_on=ends_on)
        response = client.post(url("type"), {"need": "own_health"})
        assert Draft.objects.exists() == live
        assert (response.url == url("agency_first", "leave")) != live

    def test_the_page_says_whom_to_ask(self, client, today):
        employee = self.person(client, starts_on=dt.date(2026, 3, 7))
        seen = words(client.post(url("type"), {"need": "bonding"}, follow=True))
        assert "Ask your agency for this leave" in seen
        assert f"{employee.agency.name} takes requests for this leave itself." in seen
        assert "duty desk" not in seen  # sick calls are another matter
        assert "Current call-out procedures" not in seen
        assert f"{self.LIAISON} 617-555-0123" in seen
        assert "day-to-day" not in seen
        assert "We saved your answers" not in seen

    def test_a_leave_that_begins_after_its_last_day_is_the_agencys_and_the_draft_stays(self, client, today):
        leave = LeaveRequest(client, self.person(client, ends_on=dt.date(2026, 3, 8)))
        leave.post(leave.page("step", step="about"), {"reason": "Back surgery"})
        leave.post(leave.page("step", step="schedule"), {"continuous": "yes"})
        dates = leave.page("step", step="dates")
        response = leave.post(dates, {"first_day": "3/9/2026", "last_day": "3/10/2026"})
        assert response.url == leave.page("your_agency")
        page = client.get(response.url)
        assert "We saved your answers." in words(page)
        assert f'href="{dates}"' in page.text
        assert leave.post(dates, {"first_day": "3/8/2026", "last_day": "3/10/2026"}).url != response.url

    def test_the_agency_that_stopped_meanwhile_takes_the_request_that_was_begun(self, client, today):
        employee = self.person(client)
        leave = LeaveRequest(client, employee)
        leave.answer_all()
        AgencyService.objects.filter(agency=employee.agency).update(ends_on=dt.date(2026, 3, 5))
        assert leave.submit().url == leave.page("your_agency")
        assert not Case.objects.exists()


class TestCall:
    def test_an_unknown_reason_to_call_is_no_page(self, browser, today):
        assert browser.get(url("call_first", "boredom")).status_code == 404

    def test_too_late_keeps_the_draft_and_leads_back_to_the_date(self, report):
        report.answer("who")
        report.post("date", day="other", date="3/1/2026")
        page = report.client.get(report.call("late"))
        assert "You can report a day-to-day absence online up to 1 day after it." in words(page)
        assert "We saved your answers." in words(page)
        assert f'href="{report.url("date")}"' in page.content.decode()
        assert 'value="3/1/2026"' in report.get("date").content.decode()

    def test_a_leave_begun_too_long_ago(self, browser, employee, today):
        leave = LeaveRequest(browser, employee)
        leave.post(leave.page("step", step="about"), {"reason": "Back surgery"})
        leave.post(leave.page("step", step="schedule"), {"continuous": "yes"})
        dates = leave.page("step", step="dates")
        response = leave.post(dates, {"first_day": "2/3/2026", "last_day": "3/10/2026"})
        assert response.url == leave.page("call", why="late-leave")
        page = browser.get(response.url)
        assert "Your first day missed is more than 30 days ago. Call 1-833-640-2800" in words(page)
        assert "We saved your answers." in words(page)
        assert f'href="{dates}"' in page.text
        assert browser.get(leave.page("resume")).url == response.url
        assert 'value="2/3/2026"' in browser.get(dates).text

    def test_other_chosen_later_keeps_the_draft(self, browser, employee, today):
        leave = LeaveRequest(browser, employee)
        leave.answer_all()
        response = leave.change("type", need="other")
        assert response.url == leave.page("call", why="other")
        seen = words(browser.get(response.url))
        assert "Call Workpartners intake at 1-833-640-2800 to file this request." in seen
        assert "Bereavement Leave" in seen
        assert leave.change("type", need="own_health").url == f"{leave.page('check')}#type"
