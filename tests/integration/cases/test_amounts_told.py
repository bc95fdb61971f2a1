"""Amounts as a person may understand them: whose use it is, and on which day something is left."""

import datetime as dt

import pytest

from cases.determinations import accounts_of
from cases.models.case import Case
from cases.models.confidential import PriorUse
from cases.models.policy import Policy
from cases.services.cancel import cancel_case
from registration.models import WorkSchedule
from tests.factories.records import (
    NOW,
    TODAY,
    account_of,
    full_day,
    make_eligible,
    now_and_then,
    one_block,
    open_leave_case,
)

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
BORN = (TODAY - 2 * DAY).isoformat()
ABOUT = {"reason": "bonding", "relationship": "child", "event_id": f"birth {BORN}"}


def account(case, code):
    return next(a for a in accounts_of(case, owner=account_of(case.employee)) if a.policy_code == code)


class TestSharedWithAPartner:
    def bonding(self, *used):
        return account(self.leave(*used), "MPLA")

    def leave(self, *used):
        employee = make_eligible()
        for person, weeks in used:
            for n in range(weeks * 5):
                PriorUse.objects.create(
                    employee=employee,
                    policy_code="MPLA",
                    date=TODAY - (n + 1) * DAY,
                    minutes=480,
                    week_minutes=2400,
                    about={**ABOUT, "person": person},
                )
        facts = {"category": "bonding", "joining": "birth", "child_date": BORN}
        return open_leave_case(employee, facts=facts)

    def test_nor_once_the_policy_is_no_longer_shared(self):
        case = self.leave(("partner", 3))
        before = account(case, "MPLA")
        policy = Policy.objects.get(code="MPLA")
        for limit in policy.row["limits"]:
            limit["include_partner"] = False
        policy.version += 1
        policy.save()
        assert account(case, "MPLA") == before

    def test_a_partners_use_is_never_told_as_ones_own(self):
        found = self.bonding(("partner", 3))
        told = " ".join(found.worked_out)
        assert found.used == "Shared with your partner"
        assert "You have used" not in told
        assert "3 weeks" not in told
        assert (
            "You and your partner share 8 weeks (320 hours) of this leave. 5 weeks (200 hours) of it is left." in told
        )

    def test_nor_is_it_told_that_there_is_more_than_there_is(self):
        told = " ".join(self.bonding(("partner", 6), ("self", 2)).worked_out)
        assert "You and your partner share 8 weeks (320 hours) of this leave. None of it is left." in told

    def test_nobodys_use_is_nothing(self):
        assert self.bonding().used == "Nothing"


class TestTimeOffNowAndThen:
    def test_what_is_left_is_left_after_the_last_day_taken(self):
        """Not at the end of the year that was asked for: old use has rolled off by then."""
        employee = make_eligible()
        for n in range(55):  # 11 weeks, all within the year before
            PriorUse.objects.create(
                employee=employee,
                policy_code="FMLA",
                date=TODAY - (n + 1) * DAY,
                minutes=480,
                week_minutes=2400,
                about={"reason": "own_health", "relationship": "self"},
            )
        case = open_leave_case(employee, leave=now_and_then(full_day(TODAY)))
        assert account(case, "FMLA").left == "0.8 weeks (32 hours)"

    def test_without_a_day_taken_all_is_left(self):
        case = open_leave_case(make_eligible(), leave=now_and_then())
        assert account(case, "FMLA").left == "12 weeks (480 hours)"


def use(employee, policy, *days):
    for day in days:
        PriorUse.objects.create(
            employee=employee, policy_code=policy, date=day, minutes=480, week_minutes=2400, about={"person": "self"}
        )


def told_of(case, code):
    return " ".join(account(case, code).worked_out)


class TestOtherLeaveDuringThisOne:
    def test_counts_as_used_and_makes_the_sum_come_out(self):
        """Approved for a week in March; this leave was asked for in January and took a day in April."""
        employee = make_eligible()
        use(employee, "FMLA", TODAY - DAY, *(dt.date(2023, 3, 6) + n * DAY for n in range(5)))
        found = account(open_leave_case(employee, leave=now_and_then(full_day(), full_day(TODAY + 90 * DAY))), "FMLA")
        assert (found.entitled, found.used, found.covered, found.left) == (
            "12 weeks (480 hours)",
            "1.2 weeks (48 hours)",
            "0.4 weeks (16 hours)",
            "10.4 weeks (416 hours)",
        )
        told = " ".join(found.worked_out)
        assert "In the 12 months up to Thursday, January 12, 2023, you used 0.2 weeks (8 hours)." in told
        assert "Other leave on days of this one takes 1 week (40 hours)." in told

    def test_what_comes_after_the_last_day_taken_is_not_used_yet(self):
        employee = make_eligible()
        use(employee, "FMLA", TODAY + 30 * DAY)
        found = account(open_leave_case(employee, leave=now_and_then(full_day())), "FMLA")
        assert found.used == "Nothing"


class TestRunningOut:
    def test_nothing_was_left_from_the_start(self):
        employee = make_eligible()
        use(employee, "EST", *(TODAY - (n + 1) * DAY for n in range(5)))
        told = told_of(open_leave_case(employee), "EST")
        assert "Nothing was left when this leave began." in told
        assert "Nothing is left after" not in told

    def test_time_that_comes_back_is_told_with_its_day(self):
        """Twelve weeks a year ago: the first of them roll off in the second week of this leave."""
        employee = make_eligible(hire_date=TODAY.replace(year=2015))
        use(employee, "FMLA", *(TODAY.replace(year=2022) + n * DAY for n in range(8, 68)))
        case = open_leave_case(employee)
        told = told_of(case, "FMLA")
        assert "Nothing was left when this leave began. Time is left again on Friday, January 20, 2023." in told

    def test_what_was_used_up_in_between_is_not_the_end(self):
        employee = make_eligible(hire_date=TODAY.replace(year=2015))
        use(employee, "FMLA", *(TODAY.replace(year=2022) + n * DAY for n in range(8, 66)))
        told = told_of(open_leave_case(employee), "FMLA")
        assert "Nothing is left after" not in told
        assert "Time is left again on Friday, January 20, 2023." in told


class TestWeeksThatDiffer:
    """36 hours in one week, 48 in the next, in turn; this leave takes one long week whole."""

    @pytest.fixture
    def found(self):
        employee = make_eligible()
        short, long = [0, 720, 720, 720, 0, 0, 0], [0, 720, 720, 720, 720, 0, 0]
        WorkSchedule.objects.create(
            employee=employee,
            kind="rotating",
            starts_on=dt.date(2020, 1, 5),
            pattern={"anchor": "2023-01-15", "weeks": [long, short]},
        )
        return account(
            open_leave_case(employee, leave=one_block(dt.date(2023, 1, 15), dt.date(2023, 1, 21))), "CBA_FML"
        )

    def test_hours_add_up(self, found):
        assert (found.entitled, found.covered, found.left) == (
            "26 weeks (1092 hours)",
            "1 week (42 hours)",
            "25 weeks (1050 hours)",
        )

    def test_it_is_said_what_hours_are_meant(self, found):
        assert (
            "Your weeks differ. A day counts as the part of its own week’s time that you miss, and a whole week counts"
            " as 1 week. Hours are told as of your average week, which has 42 hours." in found.worked_out
        )


def test_a_cancelled_leave_takes_nothing():
    case = open_leave_case(make_eligible())
    cancel_case(case=case, by=account_of(case.employee), now=NOW + DAY)
    assert accounts_of(Case.objects.get(pk=case.pk), owner=account_of(case.employee)) == []
