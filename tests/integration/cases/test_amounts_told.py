"""Amounts as a person may understand them: whose use it is, and on which day something is left."""

import datetime as dt

import pytest

from cases.determinations import accounts_of
from cases.models.confidential import PriorUse
from tests.factories.records import TODAY, account_of, full_day, make_eligible, now_and_then, open_leave_case

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
BORN = (TODAY - 2 * DAY).isoformat()
ABOUT = {"reason": "bonding", "relationship": "child", "event_id": f"birth {BORN}"}


def account(case, code):
    return next(a for a in accounts_of(case, owner=account_of(case.employee)) if a.policy_code == code)


class TestSharedWithAPartner:
    def bonding(self, *used):
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
        return account(open_leave_case(employee, facts=facts), "MPLA")

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
