import dataclasses
import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from cases.models.case import Absence, Case, CaseEvent, ContactChoice, Task
from cases.models.confidential import AbsenceNote, LeaveFacts, ReportedReason, Submission
from cases.services.open_case import Overlap
from portal.office.models import Holiday
from tests.factories.people import make_employee, make_user
from tests.factories.records import (
    CONTACT,
    NOW,
    TODAY,
    full_day,
    now_and_then,
    one_block,
    open_case,
    open_leave_case,
    part_day,
)
from tests.integration.cases.at_once import at_once

NEXT_DAY = TODAY + dt.timedelta(days=1)
FEBRUARY = dt.date(2023, 2, 6)
ROWS = (Case, Absence, AbsenceNote, ReportedReason, LeaveFacts, Submission, ContactChoice, CaseEvent, Task)


def counted():
    return {model.__name__: model.objects.count() for model in ROWS}


@pytest.mark.django_db
class TestOneBlock:
    def test_the_case_says_what_and_when(self):
        employee, key = make_employee(), uuid.uuid4()
        leave = one_block(TODAY, FEBRUARY)
        case = Case.objects.get(pk=open_leave_case(employee, submission_key=key, leave=leave).pk)
        assert (case.kind, case.pattern, case.status) == ("leave", "continuous", "pending")
        assert (case.first_day, case.last_day, case.opened_at) == (TODAY, FEBRUARY, NOW)
        assert (case.submission_key, case.employee, case.channel) == (key, employee, "online")
        assert not case.absences.exists()

    def test_its_opening_is_the_one_fact_that_waits_to_be_told(self):
        user = make_user(employee := make_employee())
        case = open_leave_case(employee, by=user)
        event = case.events.get()
        assert (event.kind, event.absence, event.dispatched_at) == ("case_opened", None, None)
        assert (event.at, event.by) == (NOW, user)

    def test_reasons_keep_the_persons_order(self):
        reasons = ["Sciatica", "Back surgery", "Physical therapy", "Pain", "Rückenschmerzen"]
        case = open_leave_case(reasons=reasons)
        rows = ReportedReason.objects.filter(case=case).order_by("position")
        assert [(row.position, row.text) for row in rows] == list(enumerate(reasons, start=1))

    @pytest.mark.parametrize(("count", "refusal"), [(0, ValueError), (6, IntegrityError)])
    def test_without_a_reason_or_with_six_nothing_is_kept(self, count, refusal):
        with pytest.raises(refusal):
            open_leave_case(reasons=[f"Reason {n}" for n in range(count)])
        assert set(counted().values()) == {0}

    def test_facts_and_the_request_as_sent_are_kept(self):
        facts = {"category": "family_health", "first_name": "Inés", "adult_child": True, "more": [["Why?", "So"]]}
        content = {"language": "es", "journey": "leave", "rows": [["¿Qué necesita?", "Un permiso"]]}
        case = open_leave_case(facts=facts, submission=content)
        assert LeaveFacts.objects.get(case=case).facts == facts
        sent = Submission.objects.get(case=case)
        assert (sent.content, sent.submitted_at) == (content, NOW)

    def test_how_to_reach_the_person_is_kept(self):
        address = {"street": "600 Grant Street", "street_2": "", "city": "Burlington", "state": "MA", "zip": "01803"}
        wish = dataclasses.replace(CONTACT, by_email=False, email="", address=address, best_time="any")
        case = open_leave_case(contact=wish)
        assert Case.objects.get(pk=case.pk).contact_choice.wish == dataclasses.asdict(wish)


@pytest.mark.django_db
class TestNowAndThen:
    def test_without_days_the_case_has_none(self):
        case = open_leave_case(leave=now_and_then())
        assert (case.pattern, case.first_day, case.last_day) == ("intermittent", None, None)
        assert case.events.get().dispatched_at is None

    def test_the_case_reaches_from_its_first_to_its_last_day(self):
        days = [full_day(FEBRUARY), full_day(TODAY), part_day("22:00", "06:00", 480, NEXT_DAY)]
        case = Case.objects.get(pk=open_leave_case(leave=now_and_then(*days)).pk)
        assert (case.first_day, case.last_day) == (TODAY, FEBRUARY)
        rows = [(row.date, row.minutes, row.full_day) for row in case.absences.all()]
        assert rows == [(TODAY, 480, True), (NEXT_DAY, 480, False), (FEBRUARY, 480, True)]
        assert case.absences.get(date=NEXT_DAY).span.upper == dt.datetime(2023, 1, 14, 11, tzinfo=dt.UTC)

    def test_its_days_are_history_and_only_the_request_is_told(self):
        case = open_leave_case(leave=now_and_then(full_day(TODAY), full_day(NEXT_DAY)))
        events = list(case.events.values_list("kind", "absence__date"))
        assert events == [("case_opened", None), ("absence_reported", TODAY), ("absence_reported", NEXT_DAY)]
        assert case.events.get(dispatched_at=None).kind == "case_opened"

    def test_what_was_said_of_a_day_is_kept_with_that_day(self):
        said = full_day(NEXT_DAY, visit=False, note="Zahnschmerzen")
        case = open_leave_case(leave=now_and_then(full_day(FEBRUARY, visit=True), said, full_day(TODAY)))
        notes = {note.absence.date: note.content for note in AbsenceNote.objects.all()}
        assert notes == {
            FEBRUARY: {"visit": True, "note": ""},
            NEXT_DAY: {"visit": False, "note": "Zahnschmerzen"},
        }
        assert case.absences.count() == 3

    def test_sixty_days_cost_no_more_queries_than_two(self):
        counts = []
        for days in (2, 60):
            user = make_user(employee := make_employee())
            dates = [TODAY + dt.timedelta(days=n) for n in range(days)]
            leave = now_and_then(*(full_day(date, visit=True) for date in dates))
            with CaptureQueriesContext(connection) as queries:
                open_leave_case(employee, by=user, leave=leave)
            counts.append(len(queries))
        assert counts[0] == counts[1]


@pytest.mark.django_db
class TestThePromises:
    def due(self, case):
        tasks = Task.objects.filter(case=case)
        assert {(task.waits_on, task.agency, task.opened_at) for task in tasks} == {
            ("staff", case.employee.agency, NOW)
        }
        return {task.kind: task.due_on for task in tasks}

    def test_a_call_and_a_notice_are_due_on_business_days(self):
        """Thursday, January 12, 2023; the Monday after is Martin Luther King, Jr. Day."""
        assert self.due(open_leave_case()) == {
            "call_employee": dt.date(2023, 1, 17),
            "notice_due": dt.date(2023, 1, 20),
        }

    def test_they_count_from_the_day_in_boston(self):
        just_before_midnight = dt.datetime(2023, 1, 13, 4, 59, tzinfo=dt.UTC)
        case = open_leave_case(now=just_before_midnight)
        assert case.tasks.get(kind="call_employee").due_on == dt.date(2023, 1, 17)
        Holiday.objects.create(on=dt.date(2023, 1, 13), name="Snow")
        case = open_leave_case(now=just_before_midnight)
        assert case.tasks.get(kind="call_employee").due_on == dt.date(2023, 1, 18)

    def test_a_day_to_day_case_promises_nothing(self):
        assert not open_case().tasks.exists()


@pytest.mark.django_db
class TestOverlap:
    @pytest.mark.parametrize(
        "new",
        [
            [full_day(FEBRUARY), full_day()],
            [part_day("23:00", "09:00", 600, TODAY - dt.timedelta(days=1))],
            [part_day("11:00", "11:30", 30), full_day(FEBRUARY), full_day(NEXT_DAY)],
        ],
    )
    def test_time_on_another_case_names_it_and_keeps_nothing(self, new):
        employee = make_employee()
        number = open_case(employee, absence=part_day("08:00", "12:00", 240)).number
        before = counted()
        with pytest.raises(Overlap) as refused:
            open_leave_case(employee, leave=now_and_then(*new))
        assert refused.value.case_number == number
        assert counted() == before

    @pytest.mark.parametrize(
        "days",
        [
            [full_day(), full_day()],
            [full_day(), part_day("08:00", "09:00", 60)],
            [part_day("05:00", "07:00", 120, NEXT_DAY), part_day("22:00", "06:00", 480)],
        ],
    )
    def test_two_of_its_own_days_name_no_case(self, days):
        with pytest.raises(Overlap) as refused:
            open_leave_case(leave=now_and_then(*days))
        assert refused.value.case_number == ""
        assert set(counted().values()) == {0}

    def test_a_block_of_time_is_not_in_the_way_of_days(self):
        employee = make_employee()
        open_leave_case(employee, leave=one_block())
        open_leave_case(employee, leave=now_and_then(full_day()))
        assert Case.objects.filter(employee=employee).count() == 2


@pytest.mark.django_db
class TestConstraints:
    @pytest.mark.parametrize(
        ("fields", "broken"),
        [
            ({"pattern": "single"}, "case_pattern_suits_its_kind"),
            ({"kind": "day_to_day"}, "case_pattern_suits_its_kind"),
            ({"first_day": None, "last_day": None}, "continuous_leave_has_both_days"),
            ({"last_day": None}, "continuous_leave_has_both_days"),
            ({"first_day": FEBRUARY}, "case_ends_after_it_begins"),
        ],
    )
    def test_a_case_has_the_shape_of_its_kind(self, fields, broken):
        case = open_leave_case()
        with pytest.raises(IntegrityError, match=broken):
            Case.objects.filter(pk=case.pk).update(**fields)

    @pytest.mark.parametrize("position", [0, 6])
    def test_a_reason_stands_at_one_to_five(self, position):
        case = open_leave_case()
        with pytest.raises(IntegrityError, match="one_to_five_reasons"):
            ReportedReason.objects.filter(case=case).update(position=position)


def test_the_same_submission_is_the_same_case(db):
    employee, key = make_employee(), uuid.uuid4()
    first = open_leave_case(employee, submission_key=key, leave=now_and_then(full_day()))
    before = counted()
    assert open_leave_case(employee, submission_key=key, leave=now_and_then(full_day())) == first
    assert counted() == before


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    @pytest.mark.parametrize("count", [2, 8])
    def test_one_submission_sent_many_times_is_one_case(self, count):
        user, key = make_user(employee := make_employee()), uuid.uuid4()
        leave = now_and_then(full_day(), full_day(NEXT_DAY))
        answers = at_once(count, lambda: open_leave_case(employee, by=user, submission_key=key, leave=leave).pk)
        assert answers == [Case.objects.get().pk] * count
        assert CaseEvent.objects.filter(dispatched_at=None).count() == 1
        assert (Absence.objects.count(), Task.objects.count()) == (2, 2)

    def test_the_same_day_in_many_requests_has_one_winner(self):
        user = make_user(employee := make_employee())
        leave = now_and_then(full_day(), full_day(NEXT_DAY))
        answers = at_once(5, lambda: open_leave_case(employee, by=user, leave=leave).number)
        assert sorted(isinstance(answer, Overlap) for answer in answers) == [False, True, True, True, True]
        assert Case.objects.count() == 1
        assert ContactChoice.objects.count() == 1
