"""What stays when a leave that was decided is worked out anew: its year, its approved days."""

import datetime as dt
import uuid

import pytest

from cases.models.case import Absence
from cases.models.determination import Determination
from cases.services.cancel import cancel_absence
from cases.services.report_time import report_time
from registration.models import WorkSchedule
from tests.factories.people import make_user
from tests.factories.records import (
    NOW,
    TODAY,
    account_of,
    approve,
    full_day,
    make_eligible,
    now_and_then,
    open_leave_case,
    part_day,
)

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
LATER = NOW + DAY
LAST = dt.date(2024, 1, 11)  # of the year that begins today


def report(case, *absences):
    return report_time(
        case=case,
        submission_key=uuid.uuid4(),
        absences=absences,
        submission={"language": "en", "rows": [], "journey": "absence_time"},
        by=account_of(case.employee),
        now=LATER,
    )


def cancel(case, day):
    cancel_absence(absence=Absence.objects.get(case=case, date=day), by=make_user(), now=LATER)


def spans(case, code="FMLA"):
    row = Determination.objects.current().get(case=case, policy__code=code)
    return [(span.first_day, span.last_day, span.status) for span in row.spans.all()]


class TestTheYear:
    def test_stays_when_time_is_reported(self):
        case = open_leave_case(make_eligible(), leave=now_and_then())
        approve(case, "FMLA")
        report(case, full_day(TODAY + 14 * DAY))
        assert spans(case) == [(TODAY, LAST, "approved")]

    def test_stays_when_nothing_is_decided_yet(self):
        case = open_leave_case(make_eligible(), leave=now_and_then())
        report(case, full_day(TODAY + 14 * DAY))
        assert spans(case) == [(TODAY, LAST, "pending")]

    @pytest.mark.parametrize("decided", ["approved", "pending"])
    def test_stays_when_its_first_day_is_cancelled(self, decided):
        case = open_leave_case(make_eligible(), leave=now_and_then(full_day(), full_day(TODAY + 7 * DAY)))
        if decided == "approved":
            approve(case, "FMLA")
        cancel(case, TODAY)
        assert spans(case) == [(TODAY, LAST, decided)]

    def test_earlier_time_makes_it_longer_and_does_not_move_its_end(self):
        case = open_leave_case(make_eligible(), leave=now_and_then())
        approve(case, "FMLA")
        report(case, full_day(TODAY - 3 * DAY))
        longer = [(TODAY - 3 * DAY, TODAY - DAY, "pending"), (TODAY, LAST, "approved")]
        assert spans(case) == longer
        cancel(case, TODAY - 3 * DAY)
        assert spans(case) == longer

    def test_approved_days_after_it_stay_when_their_time_is_cancelled(self):
        late = TODAY + 400 * DAY
        case = open_leave_case(make_eligible(), leave=now_and_then(full_day(), full_day(late)))
        approve(case, "FMLA")
        before = spans(case)
        cancel(case, late)
        assert (before[-1][1], spans(case)[-1][1]) == (late, late)


class TestOneDayTooMany:
    """40 hours of sick leave, approved for a year: five days."""

    FIRST = dt.date(2023, 2, 6)
    SIXTH = dt.date(2023, 2, 13)

    @pytest.fixture
    def case(self):
        case = open_leave_case(make_eligible(), leave=now_and_then())
        approve(case, "EST")
        report(case, *(full_day(self.FIRST + n * DAY) for n in range(5)))
        return case

    def test_is_not_approved_and_the_rest_of_the_year_is(self, case):
        report(case, full_day(self.SIXTH))
        assert spans(case, "EST") == [
            (TODAY, self.SIXTH - DAY, "approved"),
            (self.SIXTH, self.SIXTH, "pending"),
            (self.SIXTH + DAY, LAST, "approved"),
        ]

    def test_cancelled_leaves_the_year_as_it_was_approved(self, case):
        report(case, full_day(self.SIXTH))
        cancel(case, self.SIXTH)
        assert spans(case, "EST") == [(TODAY, LAST, "approved")]

    def test_is_approved_once_another_day_is_cancelled(self, case):
        report(case, full_day(self.SIXTH))
        report(case, full_day(self.SIXTH + DAY))
        cancel(case, self.FIRST)
        assert [span for span in spans(case, "EST") if span[2] == "pending"] == [
            (self.SIXTH + DAY, self.SIXTH + DAY, "pending")
        ]


class TestNightShift:
    """From 10 at night to 6 in the morning, Sunday to Thursday; today is a Thursday."""

    @pytest.fixture
    def employee(self):
        employee = make_eligible()
        nights = [{"day": day, "start": "22:00", "end": "06:00", "break": 0} for day in range(5)]
        WorkSchedule.objects.create(
            employee=employee, kind="shifts", starts_on=dt.date(2020, 1, 5), pattern={"shifts": nights}
        )
        return employee

    def charged(self, case):
        result = Determination.objects.current().get(case=case, policy__code="FMLA").result
        return [(day["date"], day["minutes"]) for day in result["days"]]

    def test_time_after_midnight_counts_for_the_night_on_which_the_shift_began(self, employee):
        case = open_leave_case(employee, leave=now_and_then(part_day("02:00", "06:00", 240)))
        assert self.charged(case) == [("2023-01-11", "240")]
        assert spans(case) == [(TODAY - DAY, LAST, "pending")]

    def test_time_before_midnight_begins_the_leave_that_day(self, employee):
        case = open_leave_case(employee, leave=now_and_then(part_day("22:00", "02:00", 240)))
        assert self.charged(case) == [("2023-01-12", "240")]
        assert spans(case) == [(TODAY, LAST, "pending")]
