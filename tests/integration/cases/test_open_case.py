import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, connection

from cases.history import ReportedDay, reported_days
from cases.models.case import Absence, Case, CaseEvent
from cases.models.confidential import LeaveFacts, ReportedReason, Submission
from cases.services import case_numbers
from cases.services.open_case import Overlap
from tests.factories.people import make_employee, make_user
from tests.factories.records import NOW, TODAY, full_day, open_case, part_day
from tests.integration.cases.at_once import at_once

NEXT_DAY = TODAY + dt.timedelta(days=1)


@pytest.mark.django_db
class TestOpening:
    def test_the_case_says_what_and_when(self):
        employee = make_employee()
        key = uuid.uuid4()
        case = Case.objects.get(pk=open_case(employee, submission_key=key).pk)
        assert (case.kind, case.pattern, case.status) == ("day_to_day", "single", "pending")
        assert (case.first_day, case.last_day, case.opened_at, case.channel) == (TODAY, TODAY, NOW, "online")
        assert (case.submission_key, case.employee) == (key, employee)

    def test_the_absence_is_stored_in_minutes_and_moments(self):
        absence = open_case(absence=part_day("08:00", "11:30", 210)).absences.get()
        assert (absence.minutes, absence.full_day) == (210, False)
        assert (absence.clock_minutes.lower, absence.clock_minutes.upper) == (480, 690)
        assert absence.span.lower == dt.datetime(2023, 1, 12, 13, tzinfo=dt.UTC)
        assert absence.span.upper == dt.datetime(2023, 1, 12, 16, 30, tzinfo=dt.UTC)

    def test_a_shift_across_midnight_belongs_to_the_day_it_starts(self):
        absence = open_case(absence=part_day("22:00", "06:00", 480)).absences.get()
        assert absence.date == TODAY
        assert (absence.clock_minutes.lower, absence.clock_minutes.upper) == (1320, 1800)
        assert absence.span.upper - absence.span.lower == dt.timedelta(hours=8)

    def test_the_night_the_clocks_go_back_has_an_hour_more(self):
        """November 5, 2023: 1:00 AM to 1:59 AM happens twice; 10 PM to 6 AM is nine hours."""
        absence = open_case(absence=part_day("22:00", "06:00", 540, dt.date(2023, 11, 4))).absences.get()
        assert absence.span.upper == dt.datetime(2023, 11, 5, 11, tzinfo=dt.UTC)

    def test_why_is_kept_apart_and_sealed(self):
        case = open_case(reason="Zwieback-Syndrom", facts={"category": "family_sick"})
        assert ReportedReason.objects.get(case=case).text == "Zwieback-Syndrom"
        assert LeaveFacts.objects.get(case=case).facts == {"category": "family_sick"}
        assert Submission.objects.get(case=case).content["journey"] == "day_to_day"
        with connection.cursor() as cursor:
            cursor.execute("SELECT text FROM cases_reportedreason WHERE case_id = %s", [case.pk])
            assert b"Zwieback" not in bytes(cursor.fetchone()[0])

    def test_exactly_one_event_waits_to_be_told(self):
        employee = make_employee()
        user = make_user(employee)
        case = open_case(employee, by=user)
        events = CaseEvent.objects.filter(case=case)
        assert [e.kind for e in events] == ["case_opened", "absence_reported"]
        assert {(e.by, e.at) for e in events} == {(user, NOW)}
        waiting = events.get(dispatched_at=None)
        assert (waiting.kind, waiting.absence) == ("absence_reported", case.absences.get())

    def test_the_same_submission_is_the_same_case(self):
        employee = make_employee()
        key = uuid.uuid4()
        first = open_case(employee, submission_key=key)
        again = open_case(employee, submission_key=key, absence=full_day(NEXT_DAY))
        assert again == first
        assert CaseEvent.objects.filter(case__employee=employee).count() == 2
        assert Absence.objects.filter(employee=employee).count() == 1

    def test_a_key_of_somebody_else_opens_and_shows_nothing(self):
        key = uuid.uuid4()
        open_case(submission_key=key)
        with pytest.raises(IntegrityError):
            open_case(submission_key=key)


@pytest.mark.django_db
class TestNumbers:
    def test_ten_digits_that_do_not_count_up(self):
        numbers = [case_numbers.random_number() for _ in range(1000)]
        assert all(len(n) == 10 and n.isdigit() and n[0] != "0" for n in numbers)
        assert numbers != sorted(numbers)
        assert len(set(numbers)) == 1000

    def test_a_taken_number_is_tried_again(self, monkeypatch):
        taken = open_case().number
        drawn = iter([taken, taken, "1234567890"])
        monkeypatch.setattr(case_numbers, "random_number", lambda: next(drawn))
        assert open_case().number == "1234567890"

    def test_no_free_number_is_an_error_and_leaves_nothing(self, monkeypatch):
        taken = open_case().number
        monkeypatch.setattr(case_numbers, "random_number", lambda: taken)
        with pytest.raises(RuntimeError, match="no free case number"):
            open_case()
        assert Case.objects.count() == 1


@pytest.mark.django_db
class TestOverlap:
    @pytest.mark.parametrize(
        ("there", "new"),
        [
            (full_day(), full_day()),
            (full_day(), part_day("08:00", "09:00", 60)),
            (part_day("08:00", "12:00", 240), full_day()),
            (part_day("08:00", "12:00", 240), part_day("11:59", "13:00", 61)),
            (part_day("22:00", "06:00", 480), part_day("05:00", "07:00", 120, NEXT_DAY)),
            (part_day("05:00", "07:00", 120, NEXT_DAY), part_day("22:00", "06:00", 480)),
        ],
    )
    def test_the_same_time_twice_names_the_case_and_keeps_nothing(self, there, new):
        employee = make_employee()
        number = open_case(employee, absence=there).number
        with pytest.raises(Overlap) as refused:
            open_case(employee, absence=new)
        assert refused.value.case_number == number
        assert Case.objects.filter(employee=employee).count() == 1
        assert ReportedReason.objects.filter(case__employee=employee).count() == 1

    def test_times_that_only_touch_are_two_absences(self):
        employee = make_employee()
        open_case(employee, absence=part_day("08:00", "12:00", 240))
        open_case(employee, absence=part_day("12:00", "16:00", 240))
        assert Absence.objects.filter(employee=employee).count() == 2

    def test_another_person_and_a_cancelled_absence_are_not_in_the_way(self):
        employee = make_employee()
        open_case(employee).absences.update(status=Absence.Status.CANCELLED)
        open_case(employee)
        open_case()
        assert Case.objects.count() == 3

    def test_another_broken_constraint_is_not_called_an_overlap(self):
        with pytest.raises(IntegrityError, match="absence_within_a_day"):
            open_case(absence=full_day(minutes=0))


@pytest.mark.django_db
def test_reported_days_are_the_persons_own_not_cancelled_and_since(django_assert_num_queries):
    employee = make_employee()
    old = TODAY - dt.timedelta(days=31)
    open_case(employee, absence=full_day(old))
    open_case(employee, absence=full_day(NEXT_DAY)).absences.update(status="cancelled")
    late = open_case(employee, absence=part_day("08:00", "12:00", 240, NEXT_DAY)).number
    early = open_case(employee).number
    open_case()
    with django_assert_num_queries(1):
        assert reported_days(employee, TODAY) == [
            ReportedDay(TODAY, True, None, None, early),
            ReportedDay(NEXT_DAY, False, dt.time(8), dt.time(12), late),
        ]


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    @pytest.mark.parametrize("count", [2, 5, 8])
    def test_one_submission_sent_many_times_is_one_case(self, count):
        employee = make_employee()
        user, key = make_user(employee), uuid.uuid4()
        answers = at_once(count, lambda: open_case(employee, by=user, submission_key=key).pk)
        assert len(answers) == count
        assert set(answers) == set(Case.objects.values_list("pk", flat=True))
        assert len(set(answers)) == 1
        assert CaseEvent.objects.filter(dispatched_at=None).count() == 1

    @pytest.mark.parametrize("count", [2, 5, 8])
    def test_one_day_reported_many_times_has_one_winner(self, count):
        employee = make_employee()
        user = make_user(employee)
        answers = at_once(count, lambda: open_case(employee, by=user).number)
        won = [answer for answer in answers if isinstance(answer, str)]
        lost = [answer for answer in answers if isinstance(answer, Overlap)]
        assert (len(won), len(lost)) == (1, count - 1)
        assert {refused.case_number for refused in lost} == set(won)
        assert (Case.objects.count(), ReportedReason.objects.count()) == (1, 1)
