"""What is worked out when a leave is asked for, changed and cancelled."""

import datetime as dt
import itertools

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models.case import Absence, Case, Task
from cases.models.confidential import CalculationInputs, LeaveFacts
from cases.models.determination import Calculation, Determination, DeterminationSpan
from cases.services.cancel import cancel_case
from cases.services.determine import determine_case
from registration.models import WorkSchedule
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

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
LATER = NOW + DAY
BIRTH = (TODAY - 2 * DAY).isoformat()
TWO_WEEKS = (TODAY, TODAY + 13 * DAY)
NEEDS = {
    "own_health": {"category": "own_health", "relationship": ""},
    "family_health": {
        "category": "family_health",
        "relationship": "parent",
        "first_name": "Inés",
        "last_name": "Núñez",
    },
    "pregnancy": {"category": "pregnancy", "born": True, "child_date": BIRTH},
    "bonding": {"category": "bonding", "joining": "birth", "child_date": BIRTH},
}


def current(case):
    """{policy: (status, [(first day, last day, status, proposal, minutes)])}"""
    rows = Determination.objects.current().filter(case=case).select_related("policy").prefetch_related("spans")
    return {row.policy.code: (row.status, spans_of(row)) for row in rows}


def spans_of(row):
    return [(span.first_day, span.last_day, span.status, span.proposal, span.minutes) for span in row.spans.all()]


def statuses(case, code):
    return [(status, proposal) for _, _, status, proposal, _ in current(case)[code][1]]


def whole(case, minutes=4800, status="pending"):
    """One span from the case's first to its last day, wholly covered."""
    return status, [(case.first_day, case.last_day, status, "APPROVABLE", minutes)]


def failed():
    return Task.objects.filter(kind="determination_failed")


class TestEachNeed:
    """Two weeks of ten days; in the first stands a holiday, which weeks off whole count and sick leave does not."""

    @pytest.mark.parametrize(
        ("need", "covered"),
        [
            ("own_health", {"FMLA", "PFML_MED", "CBA_FML"}),
            ("family_health", {"FMLA", "PFML_FAM", "CBA_FML"}),
            ("pregnancy", {"FMLA", "PFML_MED", "MPLA", "CBA_FML"}),
            ("bonding", {"FMLA", "PFML_FAM", "MPLA", "CBA_FML"}),
        ],
    )
    def test_what_covers_it_whole(self, need, covered):
        case = open_leave_case(make_eligible(), facts=NEEDS[need])
        found = current(case)
        assert {code for code, answer in found.items() if answer == whole(case)} == covered
        assert not failed().exists()

    def test_sick_leave_lasts_as_long_as_there_is_some(self):
        case = open_leave_case(make_eligible())
        assert current(case)["EST"][1] == [
            (TODAY, TODAY + 7 * DAY, "pending", "APPROVABLE", 2400),
            (TODAY + 8 * DAY, TODAY + 13 * DAY, "pending", "EXHAUSTED", 0),
        ]

    def test_what_nobody_knows_yet_needs_information_and_is_no_refusal(self):
        case = open_leave_case(make_eligible(pfml_eligible=None))
        assert current(case)["PFML_MED"] == whole(case, status="info_needed")
        assert current(case)["STD1"][0] == "info_needed"

    def test_who_is_not_eligible_is_told_so_but_not_denied(self):
        case = open_leave_case(make_eligible(hire_date=TODAY - 90 * DAY))
        assert current(case)["FMLA"] == ("pending", [(*TWO_WEEKS, "pending", "INELIGIBLE", 0)])

    def test_what_does_not_speak_to_the_leave_leaves_nothing(self):
        found = current(open_leave_case(make_eligible(), facts=NEEDS["bonding"]))
        assert not {"STD1", "EST", "RED_FML", "SNLA"} & set(found)

    def test_an_adult_child_is_family_for_some(self):
        facts = {**NEEDS["family_health"], "relationship": "child", "adult_child": True}
        assert set(current(open_leave_case(make_eligible(), facts=facts))) == {"PFML_FAM", "EST"}

    def test_a_relationship_in_own_words_is_left_to_a_person(self):
        facts = {**NEEDS["family_health"], "relationship": "other", "relationship_words": "Nachbarin"}
        case = open_leave_case(make_eligible(), facts=facts)
        assert current(case) == {}
        assert not failed().exists()

    @pytest.mark.parametrize("need", NEEDS)
    @pytest.mark.parametrize("pattern", ["one_block", "now_and_then"])
    def test_spans_tile_the_leave(self, need, pattern):
        leave = one_block() if pattern == "one_block" else now_and_then(full_day(), full_day(TODAY + DAY))
        case = open_leave_case(make_eligible(), facts=NEEDS[need], leave=leave)
        last = TWO_WEEKS[1] if pattern == "one_block" else dt.date(2024, 1, 11)
        for _, spans in current(case).values():
            assert (spans[0][0], spans[-1][1]) == (TODAY, last)
            assert all(one[1] + DAY == other[0] for one, other in itertools.pairwise(spans))

    def test_a_day_to_day_absence_is_never_worked_out(self):
        case = open_case(make_eligible())
        determine_case(case, now=LATER)
        assert not Calculation.objects.exists()


class TestNowAndThen:
    def test_each_day_costs_what_was_missed(self):
        case = open_leave_case(make_eligible(), leave=now_and_then(full_day(), full_day(TODAY + DAY, minutes=200)))
        result = Determination.objects.get(case=case, policy__code="FMLA").result
        assert [(day["date"], day["minutes"], day["fraction"]) for day in result["days"]] == [
            ("2023-01-12", "480", "1/5"),
            ("2023-01-13", "195", "13/160"),
        ]

    def test_without_days_it_is_asked_for_from_the_day_of_asking(self):
        case = open_leave_case(make_eligible(), leave=now_and_then())
        assert current(case)["FMLA"][1] == [(TODAY, dt.date(2024, 1, 11), "pending", "APPROVABLE", 0)]

    def test_bonding_now_and_then_waits_for_the_agency(self):
        case = open_leave_case(make_eligible(), facts=NEEDS["bonding"], leave=now_and_then(full_day()))
        assert current(case)["FMLA"][0] == "info_needed"

    def test_cancelled_time_costs_nothing_any_more(self):
        case = open_leave_case(make_eligible(), leave=now_and_then(full_day(), full_day(TODAY + DAY)))
        before = current(open_leave_case(make_eligible(), leave=now_and_then(full_day())))
        Absence.objects.filter(case=case, date=TODAY + DAY).update(status="cancelled")
        determine_case(case, now=LATER)
        assert current(case) == before

    def test_time_reported_later_before_the_first_day_begins_the_leave(self):
        case = open_leave_case(make_eligible(), leave=now_and_then(full_day(TODAY + 7 * DAY)))
        assert current(case)["FMLA"][1][0][0] == TODAY + 7 * DAY
        Absence.objects.filter(case=case).update(date=TODAY)
        determine_case(case, now=LATER)
        assert current(case)["FMLA"][1][0][0] == TODAY


class TestAgain:
    def test_the_former_answer_stays_and_says_until_when_it_stood(self):
        case = open_leave_case(make_eligible())
        before = set(Determination.objects.current().values_list("pk", flat=True))
        determine_case(case, now=LATER)
        assert set(Determination.objects.filter(superseded_at=LATER).values_list("pk", flat=True)) == before
        assert Determination.objects.current().count() == len(before)
        assert list(Calculation.objects.order_by("computed_at").values_list("computed_at", flat=True)) == [NOW, LATER]

    def test_a_cancelled_case_is_cancelled_under_every_policy(self):
        case = open_leave_case(make_eligible())
        approve(case, "FMLA")
        cancel_case(case=case, by=account_of(case.employee), now=LATER)
        assert {status for status, _ in current(case).values()} == {"cancelled"}
        assert {span[2] for _, spans in current(case).values() for span in spans} == {"cancelled"}

    def test_decisions_stay_for_the_days_they_were_made_for(self):
        case = open_leave_case(make_eligible())
        approve(case, "FMLA")
        Case.objects.filter(pk=case.pk).update(last_day=TODAY + 20 * DAY)
        determine_case(Case.objects.get(pk=case.pk), now=LATER)
        status, spans = current(case)["FMLA"]
        assert status == "pending"
        assert spans == [
            (TODAY, TODAY + 13 * DAY, "approved", "APPROVABLE", 4800),
            (TODAY + 14 * DAY, TODAY + 20 * DAY, "pending", "APPROVABLE", 2400),
        ]

    def test_an_approval_does_not_outlast_what_is_left(self):
        employee = make_eligible()
        days = [full_day(TODAY + n * DAY) for n in (0, 1)]
        case = open_leave_case(employee, leave=now_and_then(*days))
        approve(case, "EST")
        employee.balances = {"sick": 480}
        employee.save()
        determine_case(Case.objects.get(pk=case.pk), now=LATER)
        assert statuses(case, "EST") == [
            ("approved", "APPROVABLE"),
            ("pending", "EXHAUSTED"),
            ("approved", "EXHAUSTED"),  # nobody asked for any of these days
        ]

    def test_an_approval_of_a_whole_day_does_not_outlast_part_of_it(self):
        employee = make_eligible()
        case = open_leave_case(employee, leave=now_and_then(full_day()))
        approve(case, "EST")
        employee.balances = {"sick": 300}
        employee.save()
        determine_case(Case.objects.get(pk=case.pk), now=LATER)
        assert statuses(case, "EST")[0] == ("pending", "PARTIAL")

    def test_an_approval_against_the_proposal_stands(self):
        case = open_leave_case(make_eligible())
        approve(case, "EST")
        against = DeterminationSpan.objects.filter(determination__case=case, proposal="EXHAUSTED", status="denied")
        against.update(status="approved")
        for _ in range(2):
            determine_case(case, now=LATER)
        assert statuses(case, "EST") == [("approved", "APPROVABLE"), ("approved", "EXHAUSTED")]
        assert spans_of(Determination.objects.current().get(case=case, policy__code="EST"))[1][4] == 4 * 480

    def test_it_stands_when_the_proposal_got_better_and_worse_again(self):
        employee = make_eligible(balances={"sick": 1})
        case = open_leave_case(employee, leave=now_and_then(full_day()))
        DeterminationSpan.objects.filter(determination__case=case).update(status="approved")
        for minutes in (2400, 1):
            employee.balances = {"sick": minutes}
            employee.save()
            determine_case(Case.objects.get(pk=case.pk), now=LATER)
        assert {status for status, _ in statuses(case, "EST")} == {"approved"}

    @pytest.mark.parametrize("status", ["denied", "closed", "cancelled"])
    def test_what_has_ended_is_not_worked_out_again(self, status):
        case = open_leave_case(make_eligible())
        case.status = status
        determine_case(case, now=LATER)
        assert Calculation.objects.count() == 1

    def test_a_denial_stands(self):
        case = open_leave_case(make_eligible())
        approve(case, "EST")
        determine_case(case, now=LATER)
        assert statuses(case, "EST") == [("approved", "APPROVABLE"), ("denied", "EXHAUSTED")]

    def test_a_decision_survives_a_policy_that_falls_silent(self):
        employee = make_eligible()
        case = open_leave_case(employee)
        approve(case, "CBA_FML")
        employee.employee_group = "manager"
        employee.save()
        determine_case(Case.objects.get(pk=case.pk), now=LATER)
        assert current(case)["CBA_FML"][0] == "approved"
        assert current(case)["RED_FML"][0] == "pending"


class TestFailure:
    @pytest.fixture
    def employee(self):
        """Whose schedule the rules cannot read."""
        employee = make_eligible()
        WorkSchedule.objects.create(employee=employee, starts_on=dt.date(2020, 1, 5), pattern={"minutes": []})
        return employee

    def test_the_request_is_kept_and_staff_are_asked(self, employee):
        case = open_leave_case(employee)
        assert Case.objects.get().pk == case.pk
        assert LeaveFacts.objects.filter(case=case).exists()
        task = failed().get()
        assert (task.case, task.agency, task.waits_on, task.due_on) == (case, employee.agency, "staff", TODAY)
        assert not Calculation.objects.exists()

    def test_the_former_answer_stays(self):
        case = open_leave_case(employee := make_eligible())
        before = current(case)
        WorkSchedule.objects.create(employee=employee, starts_on=dt.date(2020, 1, 5), pattern={"minutes": []})
        determine_case(Case.objects.get(pk=case.pk), now=LATER)
        determine_case(Case.objects.get(pk=case.pk), now=LATER)
        assert current(case) == before
        assert failed().count() == 1

    def test_the_log_says_where_and_not_what(self, employee, caplog):
        open_leave_case(employee, reasons=["Qzqreason"])
        (told,) = [record.msg for record in caplog.records if record.name == "portal.determine"]
        assert (told["event"], told["error"]) == ("determination failed", "IndexError")
        assert any("schedules.py" in place for place in told["trace"])
        assert "Qzqreason" not in caplog.text


def test_nothing_confidential_stands_in_plain_columns():
    planted = ["Qzqreason", "Qzqfirst", "Qzqlast", "Qzqwords"]
    facts = {
        **NEEDS["family_health"],
        "first_name": "Qzqfirst",
        "last_name": "Qzqlast",
        "relationship_words": "Qzqwords",
    }
    open_leave_case(make_eligible(), facts=facts, reasons=["Qzqreason"])
    (inputs,) = CalculationInputs.objects.all()
    assert inputs.content["request"]["reason"] == "family_health"
    written = b""
    for model in (Calculation, Determination, DeterminationSpan, CalculationInputs, LeaveFacts):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT t::text FROM {model._meta.db_table} t")
            written += "\n".join(row for (row,) in cursor.fetchall()).encode()
    assert b"pending" in written
    told = [*planted, "family_health", "parent", "mother", inputs.content["request"]["condition_id"]]
    assert [word for word in told if word.encode() in written or word.encode().hex().encode() in written] == []


class TestQueries:
    def count(self, employee, leave):
        user = account_of(employee)
        with CaptureQueriesContext(connection) as queries:
            open_leave_case(employee, by=user, leave=leave)
        return len(queries)

    def test_sixty_absences_cost_as_many_as_one(self):
        many = now_and_then(*(full_day(TODAY + n * DAY) for n in range(60)))
        assert self.count(make_eligible(), now_and_then(full_day())) == self.count(make_eligible(), many)
        assert not failed().exists()

    def test_a_hundred_cases_cost_as_many_as_one(self):
        counts = []
        for prior in (1, 100):
            employee = make_eligible()
            for n in range(prior):
                day = TODAY - (n + 1) * DAY
                approve(open_leave_case(employee, leave=one_block(day, day)), "FMLA")
            counts.append(self.count(employee, one_block()))
        assert counts[0] == counts[1]
        assert not failed().exists()
