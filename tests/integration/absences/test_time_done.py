"""After time was added to a case: the confirmation, the calendar file, and what a specialist looks at."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cases.models.case import Absence, Task
from cases.models.determination import DeterminationSpan
from notifications.dispatch import tell_cases
from notifications.models import Notice
from portal.lib import clock
from tests.factories.people import log_in, make_employee, make_user
from tests.factories.records import full_day, now_and_then
from tests.integration.absences.reporting import words
from tests.integration.absences.time_on_case import TimeOnCase, open_now_and_then

OUTSIDE = "This date is outside your approved dates. A specialist will review it."


@pytest.fixture
def employee(db):
    return make_employee(supervisor=make_employee())


@pytest.fixture
def case(employee, today):
    """Asked for today: with nothing known, a leave lasts a year from here."""
    return open_now_and_then(employee, now=clock.now())


@pytest.fixture
def time(browser, case):
    return TimeOnCase(browser, case)


def approve_all(case):
    assert DeterminationSpan.objects.filter(determination__case=case).update(status="approved")


class TestTheConfirmation:
    def test_says_how_much_was_received_for_which_case(self, time):
        time.submitted("3/10/2026", "3/12/2026")
        body = words(time.get("done"))
        assert "Submission Successful" in body
        received = f"We received 2 days, 16 hours in all, for case {time.case.number}."
        assert f"Thank you for submitting your form. {received}" in body
        assert f"Case #{time.case.number}" in body
        assert "Back to claim details" in body
        assert "Submitted time cannot be changed online. Call " in body
        assert "We are telling your supervisor now." in body

    def test_lists_these_days_and_no_others(self, browser, employee, today):
        known = now_and_then(full_day(today.replace(day=2)))
        time = TimeOnCase(browser, open_now_and_then(employee, leave=known, now=clock.now()))
        time.submitted("3/10/2026")
        body = words(time.get("done"))
        assert "Tuesday, March 10, 2026, full day (8 hours)" in body
        assert "March 2, 2026" not in body

    def test_says_when_the_supervisor_was_told_of_this_time(self, time, employee):
        """Not when of the leave itself."""
        tell_cases()
        Notice.objects.filter(kind="supervisor_absence").update(state="sent", accepted_at=clock.now())
        time.submitted("3/10/2026")
        assert "We are telling your supervisor now." in words(time.get("done"))
        tell_cases()
        Notice.objects.filter(kind="supervisor_absence").update(state="dead", accepted_at=None)
        assert "We could not reach your supervisor. Call them now." in words(time.get("done"))

    def test_opens_again_for_its_owner_only(self, client, time):
        time.submitted("3/10/2026")
        assert time.get("done").status_code == time.get("done").status_code == 200
        stranger = log_in(client, make_user(make_employee()))
        assert stranger.get(time.url("done")).status_code == 404
        assert stranger.get(time.url("calendar")).status_code == 404

    def test_the_calendar_file_has_every_event_of_this_report(self, browser, employee, today):
        known = now_and_then(full_day(today.replace(day=2)))
        time = TimeOnCase(browser, open_now_and_then(employee, leave=known, now=clock.now()))
        time.submitted("3/10/2026", "3/12/2026")
        content = time.get("calendar").content.decode()
        assert content.count("BEGIN:VEVENT") == 2
        assert "20260310" in content
        assert "20260302" not in content

    def test_the_draft_opened_again_says_so(self, time):
        time.submitted("3/10/2026")
        assert "You already submitted this request" in words(time.get("check"))


class TestOutsideTheApprovedDates:
    def test_is_said_on_the_list_and_on_the_confirmation(self, time):
        approve_all(time.case)
        time.add("3/2/2026")
        assert OUTSIDE in words(time.get("check"))
        time.submit()
        assert OUTSIDE in words(time.get("done"))

    def test_is_accepted_and_handed_to_staff_once(self, time):
        approve_all(time.case)
        time.submitted("3/2/2026", "3/3/2026", "3/10/2026")
        flagged = dict(Absence.objects.filter(case=time.case).values_list("date", "outside_approved"))
        assert list(flagged.values()) == [True, True, False]
        task = Task.objects.get(kind=Task.Kind.TIME_OUTSIDE)
        assert (task.case, task.waits_on) == (time.case, Task.WaitsOn.STAFF)

    def test_days_within_are_nothing_special(self, time):
        approve_all(time.case)
        time.add("3/10/2026")
        assert OUTSIDE not in words(time.get("check"))
        time.submit()
        assert not Task.objects.filter(kind=Task.Kind.TIME_OUTSIDE).exists()

    def test_nothing_is_outside_before_anything_is_approved(self, time):
        time.add("3/2/2026")
        assert OUTSIDE not in words(time.get("check"))
        time.submit()
        assert not Absence.objects.get(case=time.case).outside_approved


def test_the_case_shows_the_time_that_was_added(browser, time):
    time.submitted("3/10/2026")
    assert "Tuesday, March 10, 2026" in words(browser.get(reverse("cases:case", args=[time.case.number])))
