"""What a person has used already, wherever it was used."""

import datetime as dt

import pytest
from django.urls import reverse

from cases.ledger import ledger_of
from cases.models.confidential import LeaveFacts, PriorUse
from cases.models.determination import Determination
from cases.services.cancel import cancel_case
from cases.services.determine import determine_case
from registration.models import User
from tests.factories.people import log_in
from tests.factories.records import (
    NOW,
    TODAY,
    account_of,
    approve,
    full_day,
    make_eligible,
    now_and_then,
    one_block,
    open_leave_case,
)

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
MONDAY = dt.date(2022, 11, 28)
WEEK = one_block(MONDAY, MONDAY + 4 * DAY)


def used(case):
    """{policy: weeks or minutes used before, of the first limit}"""
    rows = Determination.objects.current().filter(case=case).select_related("policy")
    return {row.policy.code: row.result["limits"][0]["used"] for row in rows if row.result["limits"]}


def entries(case):
    return ledger_of(case.employee, but=case)[1]


def prior(employee, **fields):
    known = {"policy_code": "FMLA", "date": MONDAY, "minutes": 480, "week_minutes": 2400, "about": {}}
    return PriorUse.objects.create(employee=employee, **{**known, **fields})


class TestOtherCases:
    def test_approved_use_counts(self):
        employee = make_eligible()
        approve(open_leave_case(employee, leave=WEEK), "FMLA", "EST")
        assert used(open_leave_case(employee))["FMLA"] == "1"
        assert used(open_leave_case(employee))["CBA_FML"] == "0"

    def test_a_proposal_does_not(self):
        employee = make_eligible()
        open_leave_case(employee, leave=WEEK)
        assert used(open_leave_case(employee))["FMLA"] == "0"

    def test_nor_does_anybody_elses_use(self):
        approve(open_leave_case(make_eligible(), leave=WEEK), "FMLA")
        assert used(open_leave_case(make_eligible()))["FMLA"] == "0"

    def test_cancelling_gives_it_back(self):
        employee = make_eligible()
        first = open_leave_case(employee, leave=WEEK)
        approve(first, "FMLA")
        second = open_leave_case(employee)
        cancel_case(case=first, by=account_of(employee), now=NOW)
        assert used(second)["FMLA"] == "0"

    def test_a_leave_does_not_count_against_itself(self):
        case = open_leave_case(make_eligible())
        approve(case, "FMLA")
        determine_case(case, now=NOW)
        assert used(case)["FMLA"] == "0"

    def test_days_count_as_they_were_charged(self):
        """The week of a charge stays the divisor, whatever the person works today."""
        employee = make_eligible()
        days = [full_day(MONDAY), full_day(MONDAY + DAY, minutes=125)]
        first = open_leave_case(employee, leave=now_and_then(*days))
        approve(first, "FMLA")
        employee.daily_minutes = 240
        employee.save()
        found = [(entry.date, entry.minutes, entry.week_minutes) for entry in entries(open_leave_case(employee))]
        assert found == [(MONDAY, 480, 2400), (MONDAY + DAY, 120, 2400)]

    def test_a_day_covered_in_part_counts_in_part(self):
        employee = make_eligible(balances={"sick": 500})
        approve(open_leave_case(employee, leave=WEEK), "EST")
        minutes = [(entry.date, entry.minutes) for entry in entries(open_leave_case(employee))]
        assert minutes == [(MONDAY, 480), (MONDAY + DAY, 20)]

    def test_of_a_leave_approved_in_part_that_part_counts(self):
        employee = make_eligible()
        case = open_leave_case(employee, leave=WEEK)
        approve(case, "FMLA")
        case.last_day = MONDAY + 11 * DAY
        case.save()
        determine_case(case, now=NOW)
        assert case.determinations.get(policy__code="FMLA", superseded_at=None).spans.count() == 2
        assert used(open_leave_case(employee))["FMLA"] == "1"

    def test_denied_days_do_not(self):
        employee = make_eligible()
        case = open_leave_case(employee, leave=WEEK)
        approve(case, "FMLA")
        row = case.determinations.get(policy__code="FMLA")
        row.spans.update(status="denied")
        assert entries(open_leave_case(employee)) == ()


class TestCause:
    def test_it_says_what_the_use_was_for(self):
        employee = make_eligible()
        facts = {"category": "family_health", "relationship": "parent", "first_name": "Inés", "last_name": "Núñez"}
        approve(open_leave_case(employee, leave=WEEK, facts=facts), "FMLA")
        (entry, *_) = entries(open_leave_case(employee))
        assert (entry.reason, entry.relationship, entry.person, entry.status) == (
            "family_health",
            "parent",
            "self",
            "approved",
        )

    def test_the_same_condition_is_known_again(self):
        """And then service, hours and worksite are not tested again within 12 months."""
        employee = make_eligible()
        approve(open_leave_case(employee, leave=WEEK, reasons=["Migraine", "Nausea"]), "FMLA")
        employee.hours_worked_12_months = 100
        employee.save()
        again = open_leave_case(employee, reasons=[" migraine "])
        other = open_leave_case(employee, reasons=["Nausea"])
        results = {case: case.determinations.get(policy__code="FMLA").result for case in (again, other)}
        assert results[again]["reasons"] == ["ELIGIBILITY_LOCKED"]
        assert results[other]["eligibility"] == "NOT_ELIGIBLE"

    def test_a_condition_is_one_persons(self):
        facts = {"category": "family_health", "relationship": "parent", "first_name": "Inés", "last_name": "Núñez"}
        named = [open_leave_case(facts={**facts, "first_name": name}) for name in ("Inés", "Ana", "INÉS")]
        one, other, same = [LeaveFacts.objects.get(case=case).condition for case in named]
        assert one == same != other

    def test_one_child_is_one_event_though_its_date_moves(self):
        """Eight weeks for a child: what was used before the birth, by its due date, counts."""
        employee = make_eligible()
        expecting = {"category": "pregnancy", "born": False, "child_date": MONDAY.isoformat()}
        bonding = {"category": "bonding", "joining": "birth", "child_date": (MONDAY + 5 * DAY).isoformat()}
        approve(open_leave_case(employee, leave=WEEK, facts=expecting), "MPLA")
        assert used(open_leave_case(employee, facts=bonding))["MPLA"] == "1"

    def test_another_child_is_another_event(self):
        employee = make_eligible()
        facts = {"category": "bonding", "joining": "birth", "child_date": (MONDAY - 200 * DAY).isoformat()}
        approve(open_leave_case(employee, leave=WEEK, facts=facts), "MPLA")
        adopted = {"category": "bonding", "joining": "adoption", "child_date": (MONDAY - 200 * DAY).isoformat()}
        newborn = {**facts, "child_date": MONDAY.isoformat()}
        assert used(open_leave_case(employee, facts=adopted))["MPLA"] == "0"
        assert used(open_leave_case(employee, facts=newborn))["MPLA"] == "0"


class TestPriorUse:
    @pytest.mark.parametrize(
        ("typed", "weeks"),
        [
            ("birth 2023-01-10", "1"),
            ("birth 2023-01-03", "1"),
            ("birth 2022-06-01", "0"),
            ("placement 2023-01-10", "0"),
        ],
    )
    def test_counts_for_a_child_whose_day_was_typed_a_little_off(self, typed, weeks):
        employee = make_eligible()
        for n in range(5):
            about = {"reason": "bonding", "relationship": "child", "event_id": typed}
            prior(employee, policy_code="MPLA", date=MONDAY + n * DAY, about=about)
        facts = {"category": "bonding", "joining": "birth", "child_date": "2023-01-10"}
        assert used(open_leave_case(employee, facts=facts))["MPLA"] == weeks

    def test_it_counts(self):
        employee = make_eligible()
        prior(employee)
        prior(employee, date=MONDAY + DAY, minutes=240)
        prior(make_eligible())
        assert used(open_leave_case(employee))["FMLA"] == "3/10"

    def test_a_correction_takes_off(self):
        employee = make_eligible()
        prior(employee)
        prior(employee, minutes=-480)
        assert used(open_leave_case(employee))["FMLA"] == "0"

    def test_what_a_partner_used_counts_only_where_it_is_shared(self):
        employee = make_eligible()
        child = (TODAY - 2 * DAY).isoformat()
        about = {"person": "partner", "reason": "bonding", "relationship": "child", "event_id": f"birth {child}"}
        prior(employee, policy_code="MPLA", minutes=2400, about=about)
        prior(employee, minutes=2400, about=about)
        facts = {"category": "bonding", "joining": "birth", "child_date": child}
        found = used(open_leave_case(employee, facts=facts))
        assert (found["MPLA"], found["FMLA"]) == ("1", "0")


class TestAdmin:
    ADD = reverse("admin:cases_prioruse_add")

    @pytest.fixture
    def administrator(self, client):
        return log_in(client, User.objects.create_superuser("administrator", "Granite-Lamp-7"))

    def posted(self, employee, **changes):
        known = {"policy_code": "FMLA", "date": "2022-11-28", "minutes": "480", "week_minutes": "2400"}
        about = {"person": "self", "reason": "own_health", "relationship": "self"}
        return {"employee": str(employee.pk), **known, **about, **changes}

    @pytest.mark.parametrize(("day", "minutes", "kept"), [(0, -480, 2), (0, -481, 1), (1, -480, 1)])
    def test_a_correction_takes_off_no_more_than_was_used_that_day(self, administrator, day, minutes, kept):
        employee = make_eligible()
        prior(employee)
        date = (MONDAY + day * DAY).isoformat()
        administrator.post(self.ADD, self.posted(employee, date=date, minutes=str(minutes)))
        assert PriorUse.objects.count() == kept

    def test_what_it_was_for_is_sealed_and_can_be_edited(self, administrator):
        employee = make_eligible()
        assert administrator.post(self.ADD, self.posted(employee)).status_code == 302
        use = PriorUse.objects.get()
        assert use.about == {"person": "self", "reason": "own_health", "relationship": "self"}
        address = reverse("admin:cases_prioruse_change", args=[use.pk])
        form = administrator.get(address).context["adminform"].form
        assert (form["reason"].value(), form["relationship"].value()) == ("own_health", "self")
        assert administrator.post(address, self.posted(employee, reason="")).status_code == 302
        assert PriorUse.objects.get().about == {"person": "self", "relationship": "self"}
        assert used(open_leave_case(employee))["FMLA"] == "1/5"

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"policy_code": "FLMA"}, "policy_code"),
            ({"reason": "ownhealth"}, "reason"),
            ({"relationship": "cat"}, "relationship"),
            ({"week_minutes": "0"}, "__all__"),
            ({"date": "2022-02-30"}, "date"),
        ],
    )
    def test_what_could_never_count_is_refused(self, administrator, changes, field):
        response = administrator.post(self.ADD, self.posted(make_eligible(), **changes))
        assert field in response.context["adminform"].form.errors
        assert not PriorUse.objects.exists()
