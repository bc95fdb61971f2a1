"""Time over the approved frequency: accepted, marked, and handed to a specialist."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cases.models.case import Absence, Task
from cases.models.certification import Certification
from cases.services.cancel import cancel_absence
from cases.services.frequency import mark_over
from cases.services.report_time import report_time
from tests.factories.people import log_in, make_user
from tests.factories.records import (
    NOW,
    TODAY,
    account_of,
    full_day,
    make_eligible,
    now_and_then,
    open_leave_case,
)

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
LATER = NOW + DAY
TOLD = "This is more often or longer than was approved. A specialist will review it."


@pytest.fixture
def case():
    """Certified for one day in thirty; that day is taken."""
    case = open_leave_case(make_eligible(), leave=now_and_then(full_day()))
    certify(case)
    return case


def certify(case, **changes):
    known = {
        "valid_from": TODAY,
        "valid_to": TODAY + 364 * DAY,
        "episodes": 1,
        "period_days": 30,
        "episode_minutes": 480,
    }
    return Certification.objects.create(case=case, **{**known, **changes})


def report(case, *days):
    return report_time(
        case=case,
        submission_key=uuid.uuid4(),
        absences=[full_day(day) for day in days],
        submission={"language": "en", "rows": [], "journey": "absence_time"},
        by=account_of(case.employee),
        now=LATER,
    )


def marked(case):
    return list(case.absences.filter(over_approved=True).values_list("date", flat=True))


def asked():
    return Task.objects.filter(kind="time_outside")


def test_more_often_is_accepted_and_marked_and_a_specialist_is_asked(case):
    report(case, TODAY + 4 * DAY)
    assert Absence.objects.filter(case=case, status="reported").count() == 2
    assert marked(case) == [TODAY + 4 * DAY]
    assert asked().get().case == case


def test_within_it_nobody_is_asked(case):
    report(case, TODAY + 32 * DAY)
    assert marked(case) == []
    assert not asked().exists()


def test_without_a_certification_nothing_is_over():
    case = open_leave_case(make_eligible(), leave=now_and_then(full_day()))
    report(case, TODAY + 4 * DAY)
    assert (marked(case), asked().exists()) == ([], False)


def test_nobody_is_asked_twice_of_the_same_day(case):
    report(case, TODAY + 4 * DAY)
    report(case, TODAY + 40 * DAY)
    assert asked().count() == 1


def test_an_earlier_day_reported_late_marks_the_later_one():
    case = open_leave_case(make_eligible(), leave=now_and_then(full_day(TODAY + 4 * DAY)))
    certify(case)
    report(case, TODAY)
    assert marked(case) == [TODAY + 4 * DAY]
    assert asked().exists()


def test_cancelling_a_day_clears_the_next(case):
    report(case, TODAY + 4 * DAY)
    cancel_absence(absence=Absence.objects.get(case=case, date=TODAY), by=make_user(), now=LATER)
    assert marked(case) == []


def test_whoever_records_a_certification_marks_what_was_reported_before():
    case = open_leave_case(make_eligible(), leave=now_and_then(full_day(), full_day(TODAY + 4 * DAY)))
    certify(case)
    assert mark_over(case) == {TODAY + 4 * DAY}
    assert marked(case) == [TODAY + 4 * DAY]
    assert mark_over(case) == frozenset()


def test_the_person_sees_it(client, case):
    log_in(client, account_of(case.employee))
    page = reverse("cases:case", args=[case.number])
    assert TOLD not in client.get(page).content.decode()
    report(case, TODAY + 4 * DAY)
    assert client.get(page).content.decode().count(TOLD) == 1


@pytest.mark.parametrize(
    "wrong", [{"valid_to": TODAY - DAY}, {"episodes": 0}, {"period_days": 0}, {"episode_minutes": 0}, {}]
)
def test_one_at_most_is_in_force_and_gives_something(case, wrong):
    begins = {"valid_from": TODAY + 400 * DAY, "valid_to": TODAY + 500 * DAY} if wrong else {}
    with pytest.raises(IntegrityError), transaction.atomic():
        certify(case, **{**begins, **wrong})
