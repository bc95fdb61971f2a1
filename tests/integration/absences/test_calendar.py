"""Time away as a calendar file: every day of it, and nothing else."""

import datetime as dt

import pytest
from icalendar import Calendar

from cases.models.case import Absence
from tests.integration.absences.leave_request import INTERMITTENT, LeaveRequest

pytestmark = pytest.mark.django_db


@pytest.fixture
def leave(browser, employee, today):
    return LeaveRequest(browser, employee)


def events_of(leave):
    response = leave.get("calendar")
    assert response["Content-Type"].startswith("text/calendar")
    return Calendar.from_ical(response.content).walk("VEVENT")


def test_one_block_is_one_event_that_ends_after_its_last_day(leave):
    leave.submitted()
    (event,) = events_of(leave)
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (dt.date(2026, 3, 9), dt.date(2026, 3, 28))


def test_each_day_is_an_event(leave):
    leave.submitted(INTERMITTENT, days=["3/12/2026", "3/10/2026"])
    events = events_of(leave)
    assert [event["DTSTART"].dt.day for event in events] == [10, 12]
    assert [event["DTEND"].dt.day for event in events] == [11, 13]


def test_part_of_a_day_has_its_times_in_the_employers_zone(leave):
    leave.submitted({**INTERMITTENT, "full-day": {"full_day": "no"}})
    (event,) = events_of(leave)
    assert event["DTSTART"].dt.isoformat() == "2026-03-10T08:00:00-04:00"
    assert event["DTEND"].dt.isoformat() == "2026-03-10T10:00:00-04:00"
    assert event["DTSTART"].params["TZID"] == "America/New_York"


def test_a_cancelled_day_is_none(leave):
    leave.submitted(INTERMITTENT, days=["3/12/2026", "3/10/2026"])
    Absence.objects.filter(date=dt.date(2026, 3, 10)).update(status=Absence.Status.CANCELLED)
    assert [event["DTSTART"].dt.day for event in events_of(leave)] == [12]


@pytest.mark.parametrize("answers", [{}, INTERMITTENT])
def test_says_no_more_than_that_the_person_is_out(leave, answers):
    case = leave.submitted({**answers, "about": {"reason": "Xqzreason"}, "details": {"note": "Xqznote"}})
    text = leave.get("calendar").content.decode()
    assert "Xqz" not in text
    for event in events_of(leave):
        assert (event["SUMMARY"], event["DESCRIPTION"], event["CLASS"]) == (
            "Out of work",
            f"Case {case.number}",
            "PRIVATE",
        )
        assert "LOCATION" not in event


@pytest.mark.parametrize("answers", [{}, INTERMITTENT])
def test_a_second_import_replaces_the_first(leave, answers):
    leave.submitted(answers)
    first = [event["UID"] for event in events_of(leave)]
    assert first == [event["UID"] for event in events_of(leave)]
    assert len(set(first)) == len(first)
