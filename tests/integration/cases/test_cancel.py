"""Cancelling time and cases: what is left, what may be reported again, and what it gives back."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from cases.determinations import accounts_of
from cases.models.case import Absence, Case, CaseEvent, Task
from cases.models.determination import Determination
from cases.services.cancel import NotOpen, cancel_absence, cancel_case
from cases.services.determine import determine_case
from cases.services.report_time import report_time
from tests.factories.people import log_in, make_user
from tests.factories.records import (
    NOW,
    TODAY,
    account_of,
    approve,
    full_day,
    make_eligible,
    now_and_then,
    one_block,
    open_case,
    open_leave_case,
)
from tests.integration.cases.at_once import at_once

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
LATER = NOW + DAY


@pytest.fixture
def staff():
    return make_user()


@pytest.fixture
def leave():
    """Taken now and then, with two days known."""
    return open_leave_case(make_eligible(), leave=now_and_then(full_day(), full_day(TODAY + DAY)))


def absence_on(case, day=TODAY):
    return case.absences.get(date=day)


def fresh(case):
    return Case.objects.get(pk=case.pk)


def reported(case):
    return list(case.absences.filter(status="reported").values_list("date", flat=True))


def add_time(case, *days):
    return report_time(
        case=case,
        submission_key=uuid.uuid4(),
        absences=[full_day(day) for day in days],
        submission={"language": "en", "rows": [], "journey": "absence_time"},
        by=account_of(case.employee),
        now=NOW,
    )


def facts_of(case):
    """(kind, waits to be told) of what was written down with the cancellation."""
    found = CaseEvent.objects.filter(case=case, at=LATER)
    return [(event.kind, event.dispatched_at is None) for event in found]


def all_told():
    CaseEvent.objects.update(dispatched_at=NOW)


class TestOneAbsence:
    def test_stays_in_the_record_as_cancelled(self, leave, staff):
        cancel_absence(absence=absence_on(leave), by=staff, now=LATER)
        assert absence_on(leave).status == "cancelled"
        assert reported(leave) == [TODAY + DAY]
        event = CaseEvent.objects.get(kind="absence_cancelled")
        assert (event.absence, event.by, event.at) == (absence_on(leave), staff, LATER)

    def test_shortens_the_leave_to_what_is_left(self, leave, staff):
        cancel_absence(absence=absence_on(leave), by=staff, now=LATER)
        assert (fresh(leave).first_day, fresh(leave).last_day) == (TODAY + DAY, TODAY + DAY)
        assert fresh(leave).status == "pending"

    def test_leaves_a_leave_without_days_when_it_was_the_only_one(self, staff):
        case = open_leave_case(make_eligible(), leave=now_and_then(full_day()))
        cancel_absence(absence=absence_on(case), by=staff, now=LATER)
        assert (fresh(case).first_day, fresh(case).last_day, fresh(case).status) == (None, None, "pending")

    def test_frees_its_hours(self, leave, staff):
        cancel_absence(absence=absence_on(leave), by=staff, now=LATER)
        add_time(leave, TODAY)
        assert sorted(leave.absences.filter(date=TODAY).values_list("status", flat=True)) == ["cancelled", "reported"]

    def test_is_cancelled_once_however_often_asked(self, leave, staff):
        absence = absence_on(leave)
        for _ in range(2):
            cancel_absence(absence=absence, by=staff, now=LATER)
        assert CaseEvent.objects.filter(kind="absence_cancelled").count() == 1
        assert Determination.objects.filter(superseded_at=LATER).count() == Determination.objects.current().count()

    def test_cancels_a_day_to_day_case_and_keeps_its_day(self, staff):
        case = open_case()
        cancel_absence(absence=absence_on(case), by=staff, now=LATER)
        assert (fresh(case).status, fresh(case).first_day) == ("cancelled", TODAY)
        assert reported(case) == []


class TestACase:
    def test_is_cancelled_with_its_time(self, leave, staff):
        cancel_case(case=leave, by=staff, now=LATER)
        assert (fresh(leave).status, fresh(leave).first_day) == ("cancelled", TODAY)
        assert reported(leave) == []
        assert set(Determination.objects.current().values_list("status", flat=True)) == {"cancelled"}

    def test_is_cancelled_once_however_often_asked(self, leave, staff):
        for _ in range(2):
            cancel_case(case=leave, by=staff, now=LATER)
        assert CaseEvent.objects.filter(kind="case_cancelled").count() == 1

    @pytest.mark.parametrize("status", ["denied", "closed"])
    def test_is_left_alone_when_it_has_ended(self, leave, staff, status):
        Case.objects.filter(pk=leave.pk).update(status=status)
        with pytest.raises(NotOpen):
            cancel_case(case=leave, by=staff, now=LATER)
        assert fresh(leave).status == status
        assert len(reported(leave)) == 2

    def test_is_cancelled_also_when_it_was_approved(self, staff):
        case = open_leave_case(make_eligible())
        Case.objects.filter(pk=case.pk).update(status="approved")
        cancel_case(case=case, by=staff, now=LATER)
        assert fresh(case).status == "cancelled"

    def test_leaves_no_work_behind(self, leave, staff):
        other = open_leave_case(make_eligible())
        assert Task.objects.filter(case=leave, closed_at=None).exists()
        cancel_case(case=leave, by=staff, now=LATER)
        assert not Task.objects.filter(case=leave, closed_at=None).exists()
        assert Task.objects.filter(case=other, closed_at=None).exists()

    def test_keeps_what_was_worked_out_to_be_read(self, staff):
        case = open_leave_case(make_eligible())
        approve(case, "FMLA")
        before = Determination.objects.current().get(case=case, policy__code="FMLA")
        cancel_case(case=case, by=staff, now=LATER)
        after = Determination.objects.current().get(case=case, policy__code="FMLA")
        assert (after.result, after.calculation) == (before.result, before.calculation)
        assert [span.minutes for span in after.spans.all()] == [span.minutes for span in before.spans.all()]
        before.refresh_from_db()
        assert (before.status, before.superseded_at) == ("approved", LATER)

    def test_is_shown_as_cancelled(self, client, leave, staff):
        log_in(client, account_of(leave.employee))
        page = reverse("cases:case", args=[leave.number])
        assert "Cancelled" not in client.get(page).content.decode()
        cancel_case(case=leave, by=staff, now=LATER)
        assert "Cancelled" in client.get(page).content.decode()
        assert "Cancelled" in client.get(reverse("cases:history")).content.decode()


class TestWhatWaitsToBeTold:
    def test_is_one_fact_of_an_absence(self, leave, staff):
        all_told()
        cancel_absence(absence=absence_on(leave), by=staff, now=LATER)
        assert facts_of(leave) == [("absence_cancelled", True)]

    def test_is_one_fact_of_a_leave(self, leave, staff):
        all_told()
        cancel_case(case=leave, by=staff, now=LATER)
        assert facts_of(leave) == [("absence_cancelled", False)] * 2 + [("case_cancelled", True)]

    @pytest.mark.parametrize("whole", [True, False])
    def test_is_the_absence_of_a_day_to_day_case(self, staff, whole):
        case = open_case()
        all_told()
        if whole:
            cancel_case(case=case, by=staff, now=LATER)
        else:
            cancel_absence(absence=absence_on(case), by=staff, now=LATER)
        assert facts_of(case) == [("absence_cancelled", True), ("case_cancelled", False)]

    @pytest.mark.parametrize("opened", ["leave", "block", "day"])
    def test_is_nothing_when_nobody_has_heard_of_it_yet(self, staff, opened):
        case = {
            "leave": lambda: open_leave_case(leave=now_and_then(full_day())),
            "block": lambda: open_leave_case(leave=one_block()),
            "day": open_case,
        }[opened]()
        cancel_case(case=case, by=staff, now=LATER)
        assert not any(waits for _kind, waits in facts_of(case))

    def test_is_the_day_that_was_told_and_not_the_one_that_waits(self, leave, staff):
        all_told()
        add_time(leave, TODAY + 2 * DAY)
        cancel_absence(absence=absence_on(leave, TODAY + 2 * DAY), by=staff, now=LATER)
        assert facts_of(leave) == [("absence_cancelled", False)]
        cancel_absence(absence=absence_on(leave), by=staff, now=LATER)
        assert facts_of(leave)[1:] == [("absence_cancelled", True)]


class TestBalances:
    def test_are_as_before_the_report(self, staff):
        case = open_leave_case(make_eligible(), leave=now_and_then(full_day()))
        owner = account_of(case.employee)
        before = accounts_of(case, owner=owner)
        add_time(case, TODAY + DAY, TODAY - DAY)
        assert accounts_of(case, owner=owner) != before
        for day in (TODAY + DAY, TODAY - DAY):
            cancel_absence(absence=absence_on(case, day), by=staff, now=LATER)
        assert accounts_of(case, owner=owner) == before

    def test_of_an_approved_leave_are_as_before_the_report(self, staff):
        case = open_leave_case(make_eligible(), leave=now_and_then(full_day()))
        approve(case, "FMLA", "EST")
        owner = account_of(case.employee)
        before = accounts_of(case, owner=owner)
        add_time(case, TODAY + DAY)
        cancel_absence(absence=absence_on(case, TODAY + DAY), by=staff, now=LATER)
        assert accounts_of(case, owner=owner) == before

    def test_give_the_next_leave_what_a_cancelled_one_had(self, staff):
        employee = make_eligible()
        owner = account_of(employee)
        later = one_block(TODAY + 60 * DAY, TODAY + 73 * DAY)
        case = open_leave_case(employee, leave=later)
        before = accounts_of(case, owner=owner)
        earlier = open_leave_case(employee)
        approve(earlier, "FMLA", "EST")
        determine_case(fresh(case), now=NOW)
        assert accounts_of(case, owner=owner) != before
        cancel_case(case=earlier, by=staff, now=LATER)
        determine_case(fresh(case), now=LATER)
        assert accounts_of(case, owner=owner) == before


@pytest.mark.django_db(transaction=True)
def test_two_at_once_cancel_once():
    case = open_leave_case(make_eligible(), leave=now_and_then(full_day()))
    staff, absence = make_user(), Absence.objects.get()
    at_once(4, lambda: cancel_absence(absence=absence, by=staff, now=LATER))
    assert CaseEvent.objects.filter(kind="absence_cancelled", case=case).count() == 1
