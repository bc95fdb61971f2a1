"""What the rules are told: the roster, the record and the calendar, each in the rules’ own terms."""

import datetime as dt

import pytest

from cases.models.confidential import CalculationInputs
from cases.models.policy import Policy
from cases.policy.codec import load
from cases.policy.types import (
    AbsenceTime,
    BenefitYear,
    Employment,
    Event,
    Rotating,
    Shift,
    Shifts,
    Variable,
    Weekly,
    WeeksWorked,
)
from cases.services.inputs import Inputs, in_turn
from cases.services.inputs_cause import Cause, condition_key
from cases.services.inputs_person import group_of, person_of, schedules_of
from portal.office.models import Holiday
from registration.models import EmploymentPeriod, WorkSchedule
from tests.factories.people import make_employee
from tests.factories.records import TODAY, full_day, make_eligible, now_and_then, one_block, open_leave_case, part_day

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
SUNDAY = dt.date(2022, 1, 2)
WEEKDAYS = (0, 480, 480, 480, 480, 480, 0)


def told(case):
    return load(Inputs, CalculationInputs.objects.get(calculation__case=case).content)


def schedule(employee, starts_on=SUNDAY, **fields):
    return WorkSchedule.objects.create(employee=employee, starts_on=starts_on, **fields)


class TestPerson:
    @pytest.mark.parametrize(
        ("kind", "group", "expected"),
        [
            ("regular", "unit 8", "union"),
            ("regular", " Manager", "manager"),
            ("regular", "confidential", "confidential"),
            ("regular", "", ""),
            ("contractor", "unit 8", "contractor"),
            ("seasonal", "manager", "seasonal"),
        ],
    )
    def test_the_group(self, kind, group, expected):
        assert group_of(make_employee(kind=kind, employee_group=group)) == expected

    def test_everything_on_file(self):
        employee = make_eligible(
            probation_end=dt.date(2021, 7, 1),
            full_time=False,
            works_holidays=True,
            balances={"sick": 600, "vacation": 300},
            pfml_benefit_year_start=dt.date(2022, 10, 2),
        )
        for starts, ends, bridged in [("2010-03-01", "2014-06-30", False), ("2016-01-04", None, True)]:
            EmploymentPeriod.objects.create(employee=employee, starts_on=starts, ends_on=ends, bridged=bridged)
        person = person_of(employee, start=TODAY)
        assert person.employment == (
            Employment(dt.date(2010, 3, 1), dt.date(2014, 6, 30)),
            Employment(dt.date(2016, 1, 4), None, bridge=True),
        )
        assert (person.hours_worked_12mo_minutes, person.hours_presumed) == (108_000, False)
        assert (person.worksite_headcount_75mi, person.probation_end) == (500, dt.date(2021, 7, 1))
        assert (person.full_time, person.works_holidays) == (False, True)
        assert person.facts == {"pfml_financially_eligible": True}
        assert person.balances == {"sick": 600, "vacation": 300, "est_minutes": 600}
        assert person.pfml_benefit_years == (BenefitYear(dt.date(2022, 10, 2)),)

    def test_what_is_not_on_file_stays_unknown(self):
        employee = make_employee()
        person = person_of(employee, start=TODAY)
        assert person.employment == (Employment(employee.hire_date),)
        assert (person.hours_worked_12mo_minutes, person.hours_presumed) == (None, True)
        assert (person.worksite_headcount_75mi, person.probation_end) == (None, None)
        assert (person.facts, person.balances) == ({"pfml_financially_eligible": None}, {})
        assert person.pfml_benefit_years == ()

    @pytest.mark.parametrize("kind", ["contractor", "seasonal"])
    def test_who_is_paid_by_the_hour_must_have_worked_them(self, kind):
        """Hours that nobody recorded are presumed only of positions for which none are kept."""
        employee = make_eligible(kind=kind, hours_worked_12_months=None)
        assert not person_of(employee, start=TODAY).hours_presumed
        row = open_leave_case(employee).determinations.get(policy__code="FMLA")
        assert (row.status, row.result["eligibility"]) == ("info_needed", "PENDING_INFO")


class TestSchedules:
    def test_without_one_an_ordinary_week(self):
        employee = make_employee(hire_date=SUNDAY)
        assert schedules_of(employee, start=TODAY) == (Weekly("weekly", SUNDAY, WEEKDAYS),)

    def test_the_first_on_file_holds_before_too(self):
        employee = make_employee(hire_date=dt.date(2015, 1, 5))
        schedule(employee, pattern={"minutes": [0, 450, 450, 450, 450, 450, 0]})
        schedule(employee, TODAY, pattern={"minutes": list(WEEKDAYS)})
        assert [(each.from_, each.week[1]) for each in schedules_of(employee, start=TODAY)] == [
            (dt.date(2015, 1, 5), 450),
            (TODAY, 480),
        ]

    def test_shifts(self):
        employee = make_employee(hire_date=SUNDAY)
        shifts = [
            {"day": 0, "start": "22:00", "end": "06:00", "break": 30},
            {"day": 2, "start": "16:00", "end": "20:00", "break": 0},
            {"day": 2, "start": "07:00", "end": "11:00", "break": 15},
        ]
        schedule(employee, kind="shifts", pattern={"shifts": shifts})
        night, split = Shift(dt.time(22), dt.time(6), 30), Shift(dt.time(7), dt.time(20), 15 + 5 * 60)
        assert schedules_of(employee, start=TODAY) == (
            Shifts("shifts", SUNDAY, (night, None, split, None, None, None, None)),
        )

    def test_a_rotation(self):
        employee = make_employee(hire_date=SUNDAY)
        weeks = [[0, 720, 720, 0, 0, 720, 720], [720, 0, 0, 720, 720, 0, 0]]
        schedule(employee, kind="rotating", pattern={"anchor": "2022-01-02", "weeks": weeks})
        expected = Rotating("rotating", SUNDAY, SUNDAY, tuple(tuple(week) for week in weeks))
        assert schedules_of(employee, start=TODAY) == (expected,)

    @pytest.mark.parametrize(("hours", "week"), [(1040, 1200), (None, 1800)])
    def test_hours_that_vary_are_averaged(self, hours, week):
        employee = make_employee(hire_date=SUNDAY, hours_worked_12_months=hours, daily_minutes=360)
        schedule(employee, kind="variable")
        history = WeeksWorked(dt.date(2022, 1, 16), 51, week)
        assert schedules_of(employee, start=TODAY) == (Variable("variable", SUNDAY, (history,)),)

    def test_hours_of_somebody_new_are_those_of_the_weeks_since(self):
        employee = make_employee(hire_date=TODAY - dt.timedelta(weeks=10), hours_worked_12_months=300)
        schedule(employee, kind="variable")
        (found,) = schedules_of(employee, start=TODAY)
        assert found.history[0].minutes == 30 * 60

    def test_no_hours_at_all_are_no_week_to_measure_by(self):
        employee = make_eligible(hours_worked_12_months=0)
        schedule(employee, kind="variable")
        row = open_leave_case(employee).determinations.get(policy__code="PFML_MED")
        assert row.calculation.week_minutes == "2400"
        assert row.result["approved"]["minutes"] == 4800

    def test_a_leave_of_somebody_whose_hours_vary_is_worked_out(self):
        employee = make_eligible(hours_worked_12_months=1300)
        schedule(employee, kind="variable")
        row = open_leave_case(employee).determinations.get(policy__code="FMLA")
        assert row.result["approved"] == {"weeks": "2", "minutes": 3000}
        assert row.calculation.week_minutes == "1500"


class TestRequest:
    def test_one_block(self):
        request = told(open_leave_case(make_eligible())).request
        assert (request.mode, request.start, request.end, request.absences) == (
            "continuous",
            TODAY,
            TODAY + 13 * DAY,
            (),
        )

    def test_now_and_then(self):
        days = [
            full_day(TODAY + DAY, minutes=450),
            part_day("22:00", "06:00", 480, TODAY + 2 * DAY),
            full_day(TODAY + 5 * DAY, overtime="mandatory"),
            full_day(TODAY + 6 * DAY, overtime="voluntary"),
            full_day(TODAY + 7 * DAY, overtime="none"),
        ]
        request = told(open_leave_case(make_eligible(), leave=now_and_then(*days))).request
        assert (request.mode, request.start, request.end) == ("intermittent", TODAY + DAY, dt.date(2024, 1, 12))
        assert request.absences == (
            AbsenceTime(TODAY + DAY, minutes=450),
            AbsenceTime(TODAY + 2 * DAY, start=dt.time(22), end=dt.time(6)),
            AbsenceTime(TODAY + 5 * DAY, minutes=480, ot="mandatory"),
            AbsenceTime(TODAY + 6 * DAY, minutes=480, ot="voluntary"),
            AbsenceTime(TODAY + 7 * DAY, minutes=480),
        )

    def test_time_after_the_year_makes_it_longer(self):
        late = TODAY + 400 * DAY
        case = open_leave_case(make_eligible(), leave=now_and_then(full_day(), full_day(late)))
        assert told(case).request.end == late

    def test_asked_for_just_before_midnight_it_begins_that_day(self):
        now = dt.datetime(2023, 1, 13, 4, 59, tzinfo=dt.UTC)
        assert told(open_leave_case(make_eligible(), leave=now_and_then(), now=now)).request.start == TODAY

    @pytest.mark.parametrize(
        ("facts", "expected"),
        [
            ({"category": "own_health"}, Cause("own_health", "self")),
            (
                {"category": "family_health", "relationship": "child", "adult_child": False},
                Cause("family_health", "child"),
            ),
            (
                {"category": "family_health", "relationship": "child", "adult_child": True},
                Cause("family_health", "adult_child"),
            ),
            ({"category": "family_health", "relationship": "sibling"}, Cause("family_health", "sibling")),
            (
                {"category": "pregnancy", "born": False, "child_date": "2023-05-01"},
                Cause("pregnancy", "self", event=Event("birth 2023-05-01", "birth", dt.date(2023, 5, 1))),
            ),
            (
                {"category": "bonding", "joining": "foster", "child_date": "2023-02-01"},
                Cause("bonding", "child", event=Event("foster 2023-02-01", "foster", dt.date(2023, 2, 1))),
            ),
        ],
    )
    def test_why(self, facts, expected):
        request = told(open_leave_case(make_eligible(), facts=facts)).request
        assert (request.reason, request.relationship, request.event) == (
            expected.reason,
            expected.relationship,
            expected.event,
        )
        assert (request.condition_id is None) == (facts["category"] == "bonding")

    def test_a_condition_is_known_by_its_first_reason_and_cannot_be_read(self):
        facts = {"category": "own_health"}
        key = condition_key(["Migraine", "Nausea"], facts)
        assert key == condition_key(["  MIGRAINE"], facts)
        assert key != condition_key(["Nausea", "Migraine"], facts)
        assert key != condition_key(["Migraine"], {"category": "pregnancy"})
        assert "igraine" not in key


class TestCalendar:
    def test_holidays_of_every_week_the_leave_touches(self):
        Holiday.objects.create(on=TODAY + 13 * DAY, name="Snow")
        calendar = told(open_leave_case(make_eligible())).calendar
        assert calendar.tz == "America/New_York"
        assert calendar.holidays == (dt.date(2023, 1, 16), dt.date(2023, 1, 25))

    def test_one_in_the_week_but_not_in_the_leave(self):
        """From Tuesday after a Monday holiday: the holiday is part of the week, and the leave is not whole."""
        tuesday = dt.date(2023, 1, 17)
        case = open_leave_case(make_eligible(), leave=one_block(tuesday, tuesday + 3 * DAY))
        assert told(case).calendar.holidays == (dt.date(2023, 1, 16),)


class TestPolicies:
    def test_those_in_force_on_the_first_day_in_the_administrators_order(self):
        Policy.objects.filter(code="EST").update(position=1)
        Policy.objects.filter(code="SNLA").update(effective_to=TODAY - DAY)
        codes = [policy.code for policy in told(open_leave_case(make_eligible())).policies]
        assert codes[:2] == ["EST", "FMLA"]
        assert "SNLA" not in codes
        assert len(codes) == 12

    def test_none_before_those_it_comes_after(self):
        Policy.objects.filter(code="CAT").update(position=1)
        codes = [policy.code for policy in told(open_leave_case(make_eligible())).policies]
        assert codes.index("CAT") > max(codes.index("CBA_FML"), codes.index("RED_FML"))
        assert codes[0] == "FMLA"

    def test_two_that_wait_for_each_other_stand_as_they_are(self):
        cat, fmla = (Policy.objects.get(code=code).terms() for code in ("CAT", "FMLA"))
        first, second = (
            type(cat)(**{**vars(policy), "only_when_exhausted": (other.code,)})
            for policy, other in ((cat, fmla), (fmla, cat))
        )
        assert in_turn([first, second]) == (first, second)
