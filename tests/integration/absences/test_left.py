"""Who has left the employer reads what was sent, and calls about anything new."""

import pytest
from django.urls import reverse

from absences import submission
from absences.models import Draft
from cases.models.case import Case
from portal.lib import clock
from registration.models import Employee, User
from tests.integration.absences.reporting import Report, words

pytestmark = pytest.mark.django_db
CALL = "/request/call/left/"


def leave(employee):
    Employee.objects.filter(pk=employee.pk).update(status=Employee.Status.LEFT)


@pytest.mark.parametrize("page", ["", "for/", "type/", "in-progress/absence/", "in-progress/leave/"])
def test_no_page_before_a_request_opens(browser, employee, today, page):
    leave(employee)
    assert browser.get(f"/request/{page}").url == CALL


@pytest.mark.parametrize("page", ["for/", "type/", "in-progress/absence/", "in-progress/leave/"])
def test_nothing_is_started(browser, employee, today, page):
    leave(employee)
    assert browser.post(f"/request/{page}", {"who_for": "myself", "need": "day_to_day"}).url == CALL


def test_the_short_way_is_closed_too(browser, employee, today):
    leave(employee)
    assert browser.post(reverse("absences:new")).url == CALL
    assert not Draft.objects.exists()


def test_nothing_is_continued(report):
    report.answer_all("2026-03-06")
    leave(report.employee)
    version = report.draft.version
    assert report.client.get(report.page("resume")).url == CALL
    assert report.client.get(report.page("start_over")).url == CALL
    assert report.client.post(report.page("start_over")).url == CALL
    assert report.get("about").url == CALL
    assert report.post("about", reason="Else").url == CALL
    assert report.post("about", "change", reason="Else").url == CALL
    assert report.client.get(report.page("check")).url == CALL
    assert report.draft.version == version


def test_nothing_is_sent(report):
    report.answer_all("2026-03-06")
    leave(report.employee)
    assert report.submit().url == CALL
    assert not Case.objects.exists()


def test_the_door_to_cases_is_shut(report):
    """Whichever view calls it, and whatever that view had looked up before."""
    report.answer_all("2026-03-06")
    draft = report.draft
    leave(report.employee)
    with pytest.raises(submission.Left):
        submission.submit(draft, by=User.objects.get(employee=report.employee), now=clock.now())
    assert not Case.objects.exists()


def test_leaving_while_the_answer_is_on_its_way(report, monkeypatch):
    report.answer_all("2026-03-06")
    monkeypatch.setattr(submission, "submit", raising_left)
    assert report.submit().url == CALL


def raising_left(*_given, **_named):
    raise submission.Left


def test_a_draft_can_be_deleted(report):
    leave(report.employee)
    assert report.client.post(report.page("delete")).status_code == 303
    assert not Draft.objects.exists()


def test_ones_own_history_stays_open(browser, employee, today):
    report = Report(browser, employee)
    report.answer_all("2026-03-06")
    report.submit()
    leave(employee)
    case = Case.objects.get()
    assert case.number in words(browser.get(reverse("cases:history")))
    assert browser.get(reverse("cases:case", args=[case.number])).status_code == 200
    assert browser.get(report.page("done")).status_code == 200
    assert browser.get(reverse("home:home")).status_code == 200


def test_the_page_says_why_and_leads_home(browser, employee, today):
    page = browser.get(CALL)
    assert "Your employer’s records say that you no longer work here. Call 1-833-640-2800 ." in words(page)
    assert f'href="{reverse("home:home")}"' in page.text
