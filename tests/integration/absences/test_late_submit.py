"""Submit, from a summary that outlived its session: nothing is sent, and its author is told on the summary."""

import re

import pytest
from django.test import Client

from cases.models.case import Case
from tests.factories.accounts import sign_in
from tests.factories.people import make_employee, make_user
from tests.factories.records import account_of
from tests.integration.absences.reporting import words
from tests.integration.absences.time_on_case import TimeOnCase, open_now_and_then

pytestmark = pytest.mark.django_db
NOT_SENT = "Your request was not sent. Check it, then submit."


@pytest.fixture
def sent(report):
    """The old summary's form."""
    report.answer_all("2026-03-06")
    token = re.search(r'name="_made" value="([^"]+)"', report.client.get(report.page("check")).text)[1]
    return {"_made": token, "_version": str(report.draft.version)}


def strict(user):
    return sign_in(Client(enforce_csrf_checks=True), user)


def test_after_a_new_log_in_the_summary_says_so(report, sent):
    client = strict(report.employee.user)
    response = client.post(report.page("check"), sent)
    assert response.status_code == 303
    page = client.get(response.url)
    assert NOT_SENT in words(page)
    assert "Check your answers, then submit" in words(page)
    assert not Case.objects.exists()


@pytest.mark.parametrize("checks", [True, False])
def test_logged_out_it_leads_through_the_log_in_page(report, sent, checks):
    response = Client(enforce_csrf_checks=checks).post(report.page("check"), sent)
    assert (response.status_code, response.url.split("?")[0]) == (303, "/login/")
    assert not Case.objects.exists()
    back = re.search(r"next=([^&]+)", response.url)[1].replace("%3F", "?").replace("%3D", "=")
    assert NOT_SENT in words(report.client.get(back))


def test_the_summary_says_nothing_else(report, sent):
    assert NOT_SENT not in words(report.client.get(report.page("check")))


def test_another_person_sees_the_plain_page(report, sent):
    response = strict(make_user(make_employee())).post(report.page("check"), sent)
    assert response.status_code == 403


def test_time_on_a_case(browser, employee, today):
    time = TimeOnCase(browser, open_now_and_then(employee))
    time.add("3/6/2026")
    token = re.search(r'name="_made" value="([^"]+)"', time.get("check").text)[1]
    response = strict(account_of(employee)).post(time.url("check"), {"_made": token})
    assert NOT_SENT in words(browser.get(response.url))
    assert Case.objects.count() == 1
    assert time.draft.submitted_case is None
