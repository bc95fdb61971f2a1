"""The case page: whose turn it is, the policies, what is used and left, and where papers go."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.determinations import accounts_of
from cases.models.case import Case, Task
from cases.models.determination import Determination
from portal.lib import clock
from portal.office.models import ContactRecord
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
from tests.integration.cases.test_pages import page_of, words

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
NOTHING_TO_DO = "What you need to do You have nothing to do right now."
EMPTY = "No policy has been set yet. We will add one after we review your request."


@pytest.fixture
def eligible(client, monkeypatch):
    """Somebody with two years of service, logged in on the day of NOW; `client` is theirs."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    employee = make_eligible()
    log_in(client, make_user(employee))
    return employee


def seen_of(client, case):
    return words(client.get(page_of(case)))


def ask_employee(case, due_on):
    Task.objects.create(
        key="asked", kind=Task.Kind.REVIEW_DOCUMENT, waits_on="employee", case=case, due_on=due_on, opened_at=NOW
    )


class TestTurn:
    def test_ours_by_the_next_promise(self, client, eligible):
        seen = seen_of(client, open_leave_case(eligible))
        assert f"{NOTHING_TO_DO} It is our turn: you hear from us by Tuesday, January 17, 2023." in seen

    def test_the_next_promise_when_the_first_was_kept(self, client, eligible):
        case = open_leave_case(eligible)
        Task.objects.filter(case=case, kind="call_employee").update(closed_at=timezone.now())
        assert "you hear from us by Friday, January 20, 2023." in seen_of(client, case)

    def test_we_are_late(self, client, eligible, monkeypatch):
        case = open_leave_case(eligible)
        monkeypatch.setattr(clock, "today", lambda: dt.date(2023, 1, 17))
        assert "we are late" not in seen_of(client, case)
        monkeypatch.setattr(clock, "today", lambda: dt.date(2023, 1, 18))
        late = "It is our turn, and we are late: this was due by Tuesday, January 17, 2023. You can call"
        assert late in seen_of(client, case)

    def test_theirs_comes_first(self, client, eligible):
        case = open_leave_case(eligible)
        ask_employee(case, TODAY + DAY)
        seen = seen_of(client, case)
        assert "It is your turn. We need something from you by Friday, January 13, 2023." in seen
        assert "It is our turn" not in seen
        Task.objects.filter(key="asked").update(due_on=TODAY - DAY)
        assert "We needed something from you by Wednesday, January 11, 2023." in seen_of(client, case)
        Task.objects.filter(key="asked").update(closed_at=timezone.now())
        assert "It is our turn" in seen_of(client, case)

    def test_information_needed_is_theirs(self, client, eligible):
        case = open_leave_case(eligible)
        Case.objects.filter(pk=case.pk).update(status="info_needed")
        assert "It is your turn. We need something from you. To ask what it is, call" in seen_of(client, case)

    def test_nobodys(self, client, eligible):
        day, leave = open_case(eligible), open_leave_case(eligible)
        Case.objects.filter(pk=leave.pk).update(status="approved")
        for case in (day, leave):
            seen = seen_of(client, case)
            assert NOTHING_TO_DO in seen
            assert "turn" not in seen

    @pytest.mark.parametrize("status", ["denied", "cancelled", "closed"])
    def test_no_turn_after_the_end(self, client, eligible, status):
        case = open_leave_case(eligible)
        Case.objects.filter(pk=case.pk).update(status=status)
        assert "What you need to do" not in seen_of(client, case)


class TestPolicies:
    def test_dated_segments_with_status_and_meaning(self, client, eligible):
        case = open_leave_case(eligible, leave=one_block(TODAY, TODAY + 100 * DAY))
        seen = seen_of(client, case)
        assert "Family Medical Leave Act Pending Jan 12 to Apr 5, 2023 Covered, if your specialist agrees." in seen
        assert "Family Medical Leave Act Pending Apr 6 to Apr 22, 2023 Probably not covered: your 12 weeks" in seen
        assert f'href="{reverse("cases:timeline", args=[case.number])}"' in client.get(page_of(case)).content.decode()

    def test_decisions(self, client, eligible):
        case = open_leave_case(eligible)
        approve(case, "EST")
        seen = seen_of(client, case)
        assert "Approved Jan 12 to Jan 19, 2023 Your leave is approved for these dates." in seen
        assert "Denied Jan 20 to Jan 25, 2023 See your notice for why and how to ask for a review." in seen

    def test_amounts_and_how_they_were_worked_out(self, client, eligible):
        case = open_leave_case(eligible)
        seen = seen_of(client, case)
        accounts = accounts_of(case, owner=account_of(eligible))
        assert len(accounts) > 3
        for account in accounts:
            amounts = (account.policy_name, account.entitled, account.used, account.covered, account.left)
            assert " ".join(amounts) in seen, account.policy_code
            assert " ".join([account.policy_name, *account.worked_out]) in seen, account.policy_code
        assert "12 weeks (480 hours) Nothing 2 weeks (80 hours) 10 weeks (400 hours)" in seen
        assert "Source: 29 CFR 825.110(b)." in seen

    def test_what_could_not_be_worked_out(self, client, eligible):
        case = open_leave_case(eligible)
        Determination.objects.update(superseded_at=NOW)
        seen = seen_of(client, case)
        assert EMPTY in seen
        assert "Time you have used" not in seen

    def test_a_day_to_day_absence_has_none(self, client, eligible):
        seen = seen_of(client, open_case(eligible))
        for part in ("Policies", "Time you have used", "View Timeline", EMPTY, "Send us papers"):
            assert part not in seen, part


class TestTheRest:
    def test_notices_and_where_papers_go(self, client, eligible):
        ContactRecord.objects.update(paper_email="papers@example.org", paper_fax="1-555-0100", paper_mail="1 Elm St")
        case = open_leave_case(eligible)
        seen = seen_of(client, case)
        assert "Notices You have no notices yet." in seen
        assert f"Write your case number, {case.number}, on every page." in seen
        assert "Email papers@example.org Fax 1-555-0100 Address 1 Elm St" in seen

    @pytest.mark.parametrize(
        ("given", "linked"),
        [
            ({"leave": one_block()}, True),
            ({"leave": now_and_then(full_day())}, True),
            ({"leave": now_and_then()}, False),
            ({"leave": one_block(), "channel": "phone"}, False),
        ],
    )
    def test_a_calendar_where_there_are_days(self, client, eligible, given, linked):
        case = open_leave_case(eligible, **given)
        address = reverse("absences:calendar", kwargs={"journey": "leave", "draft": case.submission_key})
        assert (f'href="{address}"' in client.get(page_of(case)).content.decode()) is linked

    def test_nothing_to_put_into_a_calendar_once_cancelled(self, client, eligible):
        case = open_case(eligible)
        case.absences.update(status="cancelled")
        assert "Add to calendar" not in seen_of(client, case)
