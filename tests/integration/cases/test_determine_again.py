"""What stays when a leave that was decided is worked out anew: its year, its approved days."""

import datetime as dt
import uuid

import pytest

from cases.models.case import Absence
from cases.models.determination import Determination
from cases.services.cancel import cancel_absence
from cases.services.report_time import report_time
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
