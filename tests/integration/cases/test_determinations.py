"""What a person reads of how their leave stands with each policy."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from cases.determinations import accounts_of, spans_of
from cases.models.policy import Policy
from cases.services.cancel import cancel_case
from cases.services.determine import determine_case
from registration.models import StaffRole
from tests.factories.people import make_employee, make_user
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
BIRTH = {"category": "bonding", "joining": "birth", "child_date": (TODAY + 5 * DAY).isoformat()}


def read(case):
    return spans_of([case], owner=account_of(case.employee))[case.pk]


def meanings(case, code):
    return [(span.status_label, span.meaning) for span in read(case) if span.policy_code == code]


def account(case, code):
    return next(a for a in accounts_of(case, owner=account_of(case.employee)) if a.policy_code == code)


class TestSpans:
    def test_by_first_day_and_then_in_the_order_of_policies(self):
        spans = read(open_leave_case(make_eligible()))
        assert [
            (span.policy_code, span.first_day) for span in spans if span.policy_code in {"FMLA", "EST", "STD1"}
        ] == [
            ("FMLA", TODAY),
            ("EST", TODAY),
            ("STD1", TODAY),
            ("STD1", TODAY + 7 * DAY),
            ("EST", TODAY + 8 * DAY),
        ]
        assert (spans[0].policy_name, spans[0].status, spans[0].last_day, spans[0].minutes) == (
            "Family Medical Leave Act",
            "pending",
            TODAY + 13 * DAY,
            4800,
        )

    def test_the_order_is_the_administrators(self):
        Policy.objects.filter(code="CBA_FML").update(position=1)
        assert read(open_leave_case(make_eligible()))[0].policy_code == "CBA_FML"

    def test_one_query_for_many_cases_and_none_is_forgotten(self, django_assert_num_queries):
        employee = make_eligible()
        owner = account_of(employee)
        leaves = [open_leave_case(employee), open_leave_case(employee, leave=now_and_then())]
        day = open_case(employee)
        with django_assert_num_queries(1):
            found = spans_of([*leaves, day], owner=owner)
        assert found.keys() == {leaves[0].pk, leaves[1].pk, day.pk}
        assert all(found[leave.pk] for leave in leaves)
        assert found[day.pk] == []
        with django_assert_num_queries(0):
            assert spans_of([], owner=owner) == {}

    def test_former_answers_are_not_shown(self):
        case = open_leave_case(make_eligible())
        before = read(case)
        determine_case(case, now=NOW + DAY)
        assert read(case) == before

    def test_nobody_elses(self):
        supervisor = make_employee()
        case = open_leave_case(make_eligible(supervisor=supervisor))
        for viewer in (make_user(supervisor), make_user(make_employee()), make_user(role=StaffRole.Role.SPECIALIST)):
            with pytest.raises(PermissionDenied):
                spans_of([case], owner=viewer)
            with pytest.raises(PermissionDenied):
                accounts_of(case, owner=viewer)


class TestMeanings:
    def test_covered(self):
        assert meanings(open_leave_case(make_eligible()), "FMLA") == [
            ("Pending", "Covered, if your specialist agrees.")
        ]

    def test_used_up(self):
        employee = make_eligible(balances={"sick": 500})
        assert meanings(open_leave_case(employee), "EST") == [
            ("Pending", "Covered, if your specialist agrees."),
            ("Pending", "Covered in part, if your specialist agrees: 20 minutes."),
            (
                "Pending",
                "Probably not covered: your 8 hours 20 minutes are used up on Jan 13, 2023. Your specialist decides.",
            ),
        ]

    def test_a_leave_longer_than_twelve_weeks(self):
        case = open_leave_case(make_eligible(), leave=one_block(TODAY, TODAY + 100 * DAY))
        assert meanings(case, "FMLA")[-1] == (
            "Pending",
            "Probably not covered: your 12 weeks are used up on Apr 5, 2023. Your specialist decides.",
        )

    def test_not_eligible(self):
        case = open_leave_case(make_eligible(hire_date=TODAY - 90 * DAY))
        assert meanings(case, "FMLA") == [
            (
                "Pending",
                "Probably not covered. You will not have worked here for 12 months by the end of this leave."
                " Your specialist decides.",
            )
        ]

    def test_eligible_later(self):
        case = open_leave_case(make_eligible(hire_date=(TODAY + 4 * DAY).replace(year=2022)))
        assert meanings(case, "FMLA") == [
            (
                "Pending",
                "Probably not covered. This policy covers you from Monday, January 16, 2023. Your specialist decides.",
            ),
            ("Pending", "Covered, if your specialist agrees."),
        ]

    def test_not_known_yet(self):
        case = open_leave_case(make_eligible(pfml_eligible=None))
        assert meanings(case, "PFML_MED") == [
            (
                "More information needed",
                "The state’s Department of Family and Medical Leave decides whether your earnings qualify, and we do"
                " not have its decision yet. If the department has written to you, tell your specialist what it"
                " decided. Your specialist decides.",
            )
        ]

    def test_nothing_on_record_is_not_used_up(self):
        case = open_leave_case(make_eligible(balances={}))
        assert meanings(case, "EST") == [
            ("Pending", "Probably not covered. You have no time left under this policy. Your specialist decides.")
        ]
        assert "special act" in meanings(case, "SLB")[0][1]

    def test_waiting(self):
        assert meanings(open_leave_case(make_eligible()), "STD1")[0] == (
            "More information needed",
            "Probably not covered. These days are the waiting period. Your specialist decides.",
        )

    def test_before_the_birth(self):
        case = open_leave_case(make_eligible(), facts=BIRTH)
        assert meanings(case, "MPLA") == [
            (
                "Pending",
                "Probably not covered. This policy does not give leave on these days. Your specialist decides.",
            ),
            ("Pending", "Covered, if your specialist agrees."),
        ]

    def test_another_policy_first(self):
        Policy.objects.filter(code="CAT").update(row={**Policy.objects.get(code="CAT").row, "eligibility": []})
        assert meanings(open_leave_case(make_eligible()), "CAT") == [
            ("Pending", "Not needed yet: another policy covers these days.")
        ]

    def test_decided(self):
        case = open_leave_case(make_eligible())
        approve(case, "EST")
        assert meanings(case, "EST") == [
            ("Approved", "Your leave is approved for these dates."),
            ("Denied", "See your notice for why and how to ask for a review."),
        ]

    def test_cancelled(self):
        case = open_leave_case(make_eligible())
        cancel_case(case=case, by=account_of(case.employee), now=NOW)
        case.refresh_from_db()
        assert {(span.status_label, span.meaning) for span in read(case)} == {
            ("Cancelled", "You or your agency cancelled it.")
        }


class TestAccounts:
    def test_in_the_order_of_policies_in_one_query(self, django_assert_num_queries):
        case = open_leave_case(make_eligible())
        owner = account_of(case.employee)
        with django_assert_num_queries(1):
            found = accounts_of(case, owner=owner)
        assert [account.policy_code for account in found] == [
            "FMLA",
            "PFML_MED",
            "EST",
            "CBA_FML",
            "CAT",
            "SLB",
            "STD1",
        ]

    def test_how_much_there_is_and_how_that_was_worked_out(self):
        employee = make_eligible(daily_minutes=450)
        first = open_leave_case(employee, leave=one_block(TODAY - 31 * DAY, TODAY - 27 * DAY))
        approve(first, "FMLA")
        found = account(open_leave_case(employee, reasons=["Broken leg"]), "FMLA")
        assert (found.policy_name, found.entitled, found.used, found.covered, found.left) == (
            "Family Medical Leave Act",
            "12 weeks (450 hours)",
            "1 week (37 hours 30 minutes)",
            "2 weeks (75 hours)",
            "9 weeks (337 hours 30 minutes)",
        )
        assert found.worked_out == (
            "You have worked here for 12 months or more. Source: 29 CFR 825.110(b).",
            "You worked 1800 hours in the 12 months before this leave. This policy asks for 1250 hours."
            " Source: 29 CFR 825.110(a)(2), (c).",
            "Your employer has 50 or more employees within 75 miles of your workplace."
            " Source: 29 CFR 825.108(d), 825.110(a)(3).",
            "You may use 12 weeks (450 hours) in any 12 months. In the 12 months up to Thursday, January 12, 2023, you"
            " used 1 week (37 hours 30 minutes). Time comes back 12 months after you used it."
            " Source: 29 CFR 825.200(b)(4), (c).",
            "Your week has 37 hours 30 minutes. A day counts as the part of that week’s time that you miss.",
            "This leave takes 2 weeks (75 hours).",
            "A holiday counts as leave only when you are away for the whole week. Source: 29 CFR 825.200(h).",
        )

    def test_minutes_have_no_weeks(self):
        found = account(open_leave_case(make_eligible(balances={"sick": 500})), "EST")
        assert (found.entitled, found.covered, found.left) == ("8 hours 20 minutes", "8 hours 20 minutes", "Nothing")

    def test_who_is_not_eligible_gets_nothing_and_the_reasons(self):
        found = account(open_leave_case(make_eligible(worksite_headcount=49)), "FMLA")
        assert {found.entitled, found.used, found.covered, found.left} == {"Nothing"}
        assert any("fewer than 50 employees" in sentence for sentence in found.worked_out)

    def test_days_now_and_then(self):
        days = now_and_then(full_day(), full_day(TODAY + DAY, minutes=125))
        found = account(open_leave_case(make_eligible(), leave=days), "FMLA")
        assert found.covered == "0.25 weeks (10 hours)"
        assert "Part of a day is rounded down. Source: 29 CFR 825.205(a)(1)." in found.worked_out
