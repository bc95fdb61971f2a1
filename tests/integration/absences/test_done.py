"""The confirmation of a request for leave: the number, what happens next and by when, what was submitted."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.models.case import Task
from notifications.dispatch import tell_cases
from notifications.models import Notice
from portal.office.models import Holiday
from registration.models import Employee
from tests.factories.people import log_in, make_employee, make_user
from tests.integration.absences.leave_request import INTERMITTENT, NOT_KNOWN, LeaveRequest
from tests.integration.absences.reporting import words

pytestmark = pytest.mark.django_db
NOT_ON_RECORD = (
    "We have no supervisor on record for you. We will ask your leave liaison. Tell your supervisor yourself."
)


@pytest.fixture
def leave(browser, employee, today):
    return LeaveRequest(browser, employee)


def folded(page):
    """What stands under "What you submitted"."""
    details = re.search(r'<details class="portal-details portal-submitted">.*?</details>', page.text, re.DOTALL)
    assert details
    return details[0]


class TestALeave:
    def test_says_that_it_was_received_and_under_which_number(self, leave):
        case = leave.submitted()
        page = leave.get("done")
        seen = words(page)
        assert "Your request has been submitted" in seen
        received = f"The request has been received and is being processed. Your case number is {case.number}"
        assert received in seen
        assert f'<strong class="portal-number">{case.number}</strong>' in page.text
        assert re.search(r'id="news" role="status" tabindex="-1" autofocus', page.text)
        assert "One block of time: Mar 9 to Mar 27, 2026" in seen
        assert "Submitted Friday, March 6, 2026 at 12:0" in seen

    def test_both_promises_have_the_day_on_which_they_fall(self, leave):
        leave.submitted()
        seen = words(leave.get("done"))
        call = "A case specialist will call 413-555-0123 by Tuesday, March 10, 2026 (2 business days), around 10:00 AM."
        assert call in seen
        assert "We will send your notice of rights by Friday, March 13, 2026 (5 business days)." in seen

    def test_holidays_are_no_business_days(self, leave):
        Holiday.objects.create(on=dt.date(2026, 3, 9), name="A holiday")
        leave.submitted()
        seen = words(leave.get("done"))
        assert "by Wednesday, March 11, 2026 (2 business days)" in seen
        assert "by Monday, March 16, 2026 (5 business days)" in seen

    def test_any_time_is_no_hour(self, leave):
        leave.submitted({"phone": {"phone": "413-555-0123", "voicemail": "no", "best_time": "any"}})
        assert "by Tuesday, March 10, 2026 (2 business days). " in words(leave.get("done"))

    def test_what_was_done_is_not_promised_again(self, leave, civil):
        case = leave.submitted()
        Task.objects.filter(case=case, kind="call_employee").update(closed_at=case.opened_at)
        seen = words(leave.get("done"))
        assert "A case specialist will call" not in seen
        assert "We will send your notice of rights" in seen

    @pytest.mark.parametrize(("pay", "reminded"), [("dfml", True), ("employer_then_dfml", True), ("unpaid", False)])
    def test_who_is_paid_by_dfml_is_told_to_apply_there(self, leave, pay, reminded):
        leave.submitted({"pay": {"pay": pay}})
        page = leave.get("done")
        outside = page.text.replace(folded(page), "")
        assert ("You must also apply to DFML. This request does not do that." in outside) == reminded

    @pytest.mark.parametrize(
        ("need", "said"),
        [
            ("own_health", "You may need a medical form. We will send it."),
            ("bonding", "You may need to show proof of birth or placement. We will tell you what to send."),
        ],
    )
    def test_what_may_be_needed(self, browser, employee, today, need, said):
        leave = LeaveRequest(browser, employee, need)
        leave.submitted()
        assert said in words(leave.get("done"))

    def test_days_now_and_then(self, leave):
        leave.submitted(INTERMITTENT, days=["3/12/2026", "3/10/2026"])
        assert "Time off now and then: Mar 10 to Mar 12, 2026" in words(leave.get("done"))

    def test_what_was_submitted_is_folded_away_and_complete(self, leave):
        leave.submitted({**INTERMITTENT, "details": {"note": "Xqznote"}})
        page = leave.get("done")
        submitted = folded(page)
        for said in ("Back surgery", "Tuesday, March 10, 2026", "Doctor visit: yes", "Xqznote", "zoe@example.org"):
            assert said in submitted
        assert "Back surgery" not in page.text.replace(submitted, "")
        assert "<summary>What you submitted</summary>" in submitted

    def test_what_was_submitted_stays_in_its_language(self, leave):
        leave.submitted()
        leave.client.post(reverse("language"), {"language": "es"})
        submitted = folded(leave.get("done"))
        assert 'lang="en"' in submitted
        assert "Reason for leave" in submitted

    def test_a_time_in_spanish_never_brings_a_second_full_stop(self, leave):
        case = leave.submitted()
        leave.client.post(reverse("language"), {"language": "es"})
        for address in (leave.page("done"), reverse("cases:case", args=[case.number])):
            seen = words(leave.client.get(address))
            assert "10:00 a. m." in seen
            assert ".." not in seen

    def test_leads_on(self, leave):
        case = leave.submitted()
        page = leave.get("done").text
        assert f'href="{reverse("cases:case", args=[case.number])}"' in page
        assert f'href="{leave.page("calendar")}"' in page
        assert f'action="{reverse("registration:logout")}"' in page
        assert "data-print hidden" in page

    def test_can_be_opened_again_from_the_case(self, leave, civil):
        case = leave.submitted()
        civil(2026, 3, 20)
        address = leave.page("done")
        assert f'href="{address}"' in leave.client.get(reverse("cases:case", args=[case.number])).text
        assert "by Tuesday, March 10, 2026" in words(leave.client.get(address))

    def test_the_title_names_no_condition(self, leave):
        leave.submitted()
        title = leave.get("done").text.split("<title>")[1].split("</title>")[0]
        assert " ".join(title.split()).startswith("Your request has been submitted –")

    def test_another_persons_is_not_there(self, leave):
        leave.submitted()
        stranger = log_in(Client(), make_user(make_employee()))
        assert stranger.get(leave.page("done")).status_code == 404
        assert stranger.get(leave.page("calendar")).status_code == 404

    def test_going_back_names_the_case(self, leave):
        case = leave.submitted()
        for url in (leave.page("check"), leave.page("step", step="phone"), leave.page("start_over")):
            assert f"Your case number is {case.number}" in words(leave.client.get(url))


class TestWhomToTell:
    def test_nobody_while_the_supervisor_is_being_told(self, client, today):
        employee = make_employee(supervisor=make_employee())
        leave = LeaveRequest(log_in(client, make_user(employee)), employee)
        leave.submitted()
        seen = words(leave.get("done"))
        assert "We are telling your supervisor now. We will not share your reason." in seen
        assert "You do not need to tell your supervisor. We do that for you." in seen

    def test_who_has_no_supervisor_on_record_hears_one_thing_throughout(self, leave):
        case = leave.submitted()
        addresses = (leave.page("done"), reverse("cases:case", args=[case.number]))
        before = [words(leave.client.get(address)) for address in addresses]
        tell_cases()
        for seen in before + [words(leave.client.get(address)) for address in addresses]:
            assert NOT_ON_RECORD in seen
            assert not re.search("We are telling|Call them now|You do not need", seen)

    @pytest.mark.parametrize("boss", [{"status": Employee.Status.LEFT}, {"work_email": "", "work_phone": ""}])
    def test_who_has_only_a_next_level_to_be_told_hears_of_the_duty_throughout(self, client, today, boss):
        employee = make_employee(supervisor=make_employee(supervisor=make_employee(), **boss))
        leave = LeaveRequest(log_in(client, make_user(employee)), employee)
        case = leave.submitted()
        addresses = (leave.page("done"), reverse("cases:case", args=[case.number]))
        before = [words(client.get(address)) for address in addresses]
        tell_cases()
        waiting = [words(client.get(address)) for address in addresses]
        Notice.objects.filter(case=case, state="pending").update(state="sent", accepted_at=timezone.now())
        for seen in before + waiting:
            assert "We are telling the next-level supervisor now." in seen
        for seen in before + waiting + [words(client.get(address)) for address in addresses]:
            assert "Tell your supervisor yourself." in seen
            assert not re.search("telling your supervisor|told your supervisor|You do not need", seen)

    def test_nor_that_the_messages_failed(self, client, today):
        employee = make_employee(supervisor=make_employee())
        leave = LeaveRequest(log_in(client, make_user(employee)), employee)
        case = leave.submitted()
        tell_cases()
        Notice.objects.filter(case=case).update(state=Notice.State.DEAD)
        seen = words(leave.get("done"))
        assert "We could not reach your supervisor. Call them now." in seen
        assert "You do not need" not in seen


class TestHiddenReasons:
    def test_nothing_that_was_answered_is_shown_until_reasons_are_shown(self, leave):
        leave.submitted()
        assert "You may need a medical form." in words(leave.get("done"))
        leave.client.post(reverse("cases:reasons"), {"reasons": "hide"})
        seen = words(leave.get("done"))
        assert "What you submitted is hidden. Show reasons on the page of your case to read it." in seen
        assert "portal-submitted" not in leave.get("done").text
        assert "medical form" not in seen
        leave.client.post(reverse("cases:reasons"), {"reasons": "show"})
        assert folded(leave.get("done"))


class TestADayToDayReport:
    def test_shows_what_was_submitted_too(self, report):
        report.answer_all("2026-03-06", about={"reason": "Xqzreason"})
        report.submit()
        page = report.client.get(report.page("done"))
        assert "Xqzreason" in folded(page)
        assert "Xqzreason" not in page.text.replace(folded(page), "")

    def test_can_be_opened_again_from_the_case(self, report):
        report.answer_all("2026-03-06")
        report.submit()
        case = report.draft.submitted_case
        assert f'href="{report.page("done")}"' in report.client.get(reverse("cases:case", args=[case.number])).text


def test_a_leave_of_unknown_days_has_no_calendar(leave):
    leave.submitted(NOT_KNOWN)
    page = leave.get("done")
    assert "Time off now and then: Days not known yet" in words(page)
    assert leave.page("calendar") not in page.text
    assert leave.get("calendar").status_code == 404
