"""View More: the policies of each case, in place."""

import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models.case import Case
from cases.models.determination import Calculation, Determination, DeterminationSpan
from tests.factories.people import log_in, make_user
from tests.factories.records import NOW, TODAY, approve, make_eligible, one_block, open_case, open_leave_case
from tests.integration.cases.test_history_queries import many_cases
from tests.integration.cases.test_pages import HISTORY, words

pytestmark = pytest.mark.django_db
EMPTY = "No policy has been set yet. We will add one after we review your request."


@pytest.fixture
def eligible(client):
    """Somebody with two years of service, logged in; `client` is theirs."""
    employee = make_eligible()
    log_in(client, make_user(employee))
    return employee


def timeline_link(case):
    return f'href="{reverse("cases:timeline", args=[case.number])}"'


def test_policies_stand_in_the_page_with_status_days_and_meaning(client, eligible):
    case = open_leave_case(eligible, leave=one_block(TODAY, TODAY + timedelta(days=100)))
    response = client.get(HISTORY)
    seen = words(response)
    for part in (
        "Policies Pending Family Medical Leave Act Jan 12 to Apr 5, 2023 Covered, if your specialist agrees.",
        "Pending Family Medical Leave Act Apr 6 to Apr 22, 2023 Probably not covered: your 12 weeks are used up",
        "View Timeline",
        f"View timeline for case {case.number}",
    ):
        assert part in seen, part
    assert timeline_link(case) in response.content.decode()


def test_days_of_one_policy_stand_together(client, eligible):
    open_leave_case(eligible, leave=one_block(TODAY, TODAY + timedelta(days=100)))
    names = re.findall(r"<strong>([^<]+)</strong><br>", client.get(HISTORY).content.decode())
    runs = [name for name, before in zip(names, [None, *names], strict=False) if name != before]
    assert len(names) > len(runs) == len(set(names))


def test_a_decision_shows(client, eligible):
    approve(open_leave_case(eligible), "EST")
    seen = words(client.get(HISTORY))
    assert "Your leave is approved for these dates." in seen
    assert "Denied" in seen
    assert "See your notice for why and how to ask for a review." in seen


def test_a_leave_that_could_not_be_worked_out_says_so(client, eligible):
    case = open_leave_case(eligible)
    Determination.objects.filter(case=case).update(superseded_at=NOW)
    assert EMPTY in words(client.get(HISTORY))


def test_a_day_to_day_absence_has_neither_policies_nor_a_timeline(client, eligible):
    case = open_case(eligible)
    response = client.get(HISTORY)
    assert EMPTY not in words(response)
    assert "Policies" not in words(response)
    assert timeline_link(case) not in response.content.decode()


def test_each_case_opens_its_own(client, eligible):
    leave, day = open_leave_case(eligible), open_case(eligible)
    (other,) = many_cases(eligible, 1, kind="leave")
    cards = re.split(r'<li class="portal-card">', client.get(HISTORY).content.decode())[1:]
    shown = {re.search(r"cases/(\d{10})/", card)[1]: "Family Medical Leave Act" in card for card in cards}
    assert shown == {leave.number: True, day.number: False, other.number: False}


def copied(case, count):
    """`count` more leaves with the policies of `case`."""
    mine = list(Determination.objects.filter(case=case).prefetch_related("spans").select_related("calculation"))
    for copy in many_cases(case.employee, count, kind="leave"):
        calculation = Calculation.objects.create(
            case=copy, computed_at=NOW, engine_version="1", week_minutes=mine[0].calculation.week_minutes
        )
        for row in mine:
            new = Determination.objects.create(
                id=uuid.uuid4(),
                calculation=calculation,
                case=copy,
                policy=row.policy,
                policy_version=1,
                status=row.status,
                result=row.result,
            )
            for span in row.spans.all():
                DeterminationSpan.objects.create(
                    determination=new,
                    first_day=span.first_day,
                    last_day=span.last_day,
                    status=span.status,
                    proposal=span.proposal,
                    minutes=span.minutes,
                )


def test_policies_of_many_cases_cost_no_more_queries(client, eligible):
    case = open_leave_case(eligible)
    counts = []
    for more in (0, 30):
        copied(case, more)
        client.get(HISTORY)
        with CaptureQueriesContext(connection) as captured:
            response = client.get(HISTORY)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 16
    assert Case.objects.count() == 31
    assert response.content.decode().count("<h4") == 10
