"""What was worked out can be worked out again, from nothing but what was stored."""

import datetime as dt
import io
import json
import re

import pytest
from django.core.management import CommandError, call_command

from cases.models.case import Absence
from cases.models.confidential import CalculationInputs
from cases.models.determination import Calculation, Determination
from cases.models.policy import Policy
from cases.policy.codec import dump, load
from cases.services.determine import determine_case
from cases.services.inputs import Inputs
from portal.office.models import Holiday
from registration.models import WorkSchedule
from tests.factories.records import (
    NOW,
    TODAY,
    approve,
    full_day,
    make_eligible,
    now_and_then,
    one_block,
    open_leave_case,
    part_day,
)

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
LATER = NOW + DAY


def replay(**options):
    """(the same, different, of another version), with the lines about differences."""
    told, complained = io.StringIO(), io.StringIO()
    try:
        call_command("replay_determinations", stdout=told, stderr=complained, **options)
        failed = False
    except CommandError:
        failed = True
    counts = tuple(int(number) for number in re.findall(r"\d+", told.getvalue()))
    assert failed == bool(counts[1])
    return counts, complained.getvalue()


@pytest.fixture
def person():
    """Somebody on night shifts who has used leave before."""
    employee = make_eligible()
    night = [{"day": day, "start": "22:00", "end": "06:00", "break": 45} for day in range(5)]
    WorkSchedule.objects.create(
        employee=employee, starts_on=dt.date(2021, 1, 3), kind="shifts", pattern={"shifts": night}
    )
    days = [full_day(TODAY - 9 * DAY), part_day("23:00", "02:20", 200, TODAY - 8 * DAY)]
    approve(open_leave_case(employee, leave=now_and_then(*days)), "FMLA", "EST")
    return employee


def test_the_same_bytes_come_out(person):
    open_leave_case(person)
    open_leave_case(person, leave=now_and_then(full_day()))
    assert any("/" in day["fraction"] for row in Determination.objects.all() for day in row.result["days"])
    assert replay() == ((Determination.objects.count(), 0, 0), "")


def test_inputs_survive_being_stored(person):
    open_leave_case(person)
    stored = [inputs.content for inputs in CalculationInputs.objects.all()]
    assert [len(content["ledger"]) for content in stored] == [0, 4]
    assert [json.dumps(dump(load(Inputs, content))) for content in stored] == [json.dumps(c) for c in stored]


def test_the_world_may_change(person):
    case = open_leave_case(person)
    Holiday.objects.all().delete()
    WorkSchedule.objects.filter(employee=person).delete()
    person.employee_group, person.hours_worked_12_months = "manager", 3
    person.save()
    Policy.objects.filter(code="FMLA").update(code="OLD", version=9, row={"changed": "beyond reading"})
    Absence.objects.update(status="cancelled")
    assert replay(case=case.number)[0] == (case.determinations.count(), 0, 0)


def test_former_answers_are_replayed_too(person):
    case = open_leave_case(person)
    determine_case(case, now=LATER)
    assert replay(case=case.number)[0] == (case.determinations.count(), 0, 0)
    assert case.determinations.filter(superseded_at=LATER).count() == case.determinations.count() / 2


def test_a_difference_is_told_and_fails(person):
    case = open_leave_case(person)
    row = case.determinations.get(policy__code="FMLA")
    row.result = {**row.result, "reasons": []}
    row.save()
    (same, different, _), lines = replay(case=case.number)
    assert (same, different) == (case.determinations.count() - 1, 1)
    assert case.number in lines
    assert "FMLA" in lines


def test_another_engine_is_not_compared():
    case = open_leave_case(make_eligible(), leave=one_block())
    Calculation.objects.update(engine_version="0")
    assert replay()[0] == (0, 0, case.determinations.count())
