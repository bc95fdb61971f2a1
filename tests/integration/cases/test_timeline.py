"""The timeline page, as its owner gets it."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.determinations import PolicySpan
from cases.models.case import Absence, Case
from portal.lib import clock
from tests.factories.people import log_in, make_employee, make_user
from tests.factories.records import TODAY, full_day, now_and_then, one_block, open_case, open_leave_case, part_day
from tests.integration.cases.test_pages import words

EMPTY = "No policy has been set yet. We will add one after we review your request."
MORE_THAN_ONE = "More than one policy can cover the same days."
pytestmark = pytest.mark.django_db


def timeline_of(case, **query):
    return reverse("cases:timeline", args=[case.number], query=query)


def span(first, last, *, status="pending", name="Family Medical Leave Act"):
    return PolicySpan(
        policy_code=name,
        policy_name=name,
        status=status,
        status_label=str(Case.Status(status).label),
        first_day=first,
        last_day=last,
        minutes=None,
        meaning="We are reviewing it.",
    )


@pytest.fixture
def policies(monkeypatch):
    """A list: what it holds is what the determinations say of every case."""
    said = []
    monkeypatch.setattr(
        "cases.views.timeline.spans_of", lambda cases, owner, why: {case.pk: list(said) for case in cases}
    )
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    return said


def texts(response):
    """What the SVG says: the days under the rows, and today above them."""
    return re.findall(r"<text[^>]*>([^<]+)</text>", response.content.decode())


class TestWithRealDeterminations:
    def test_a_leave_shows_what_the_rules_propose_and_that_nobody_has_decided(self, client):
        employee = make_employee(hire_date=dt.date(2015, 3, 2))
        log_in(client, make_user(employee))
        case = open_leave_case(employee, reasons=["Quokkafieber"])
        response = client.get(timeline_of(case))
        seen = words(response)
        assert response.status_code == 200
        assert f"Timeline for case {case.number}" in seen
        assert "Family" in seen
        assert "Jan 12, 2023" in seen
        assert not re.search(r"(Approved|Denied):", seen)
        assert "Quokkafieber" not in response.content.decode()

    def test_no_more_queries_for_many_policies_days_and_cases(self, client, person):
        days = [full_day(TODAY + dt.timedelta(days=n)) for n in range(30)]
        counts = []
        for case in (
            open_leave_case(person, leave=now_and_then(days[0])),
            open_leave_case(person, leave=now_and_then(*days[1:])),
        ):
            client.get(timeline_of(case))
            with CaptureQueriesContext(connection) as captured:
                client.get(timeline_of(case))
            counts.append(len(captured))
        assert counts[0] == counts[1] <= 9


class TestPage:
    def test_bars_key_today_and_table(self, client, person, policies):
        last = TODAY + dt.timedelta(days=13)
        week = TODAY + dt.timedelta(days=6)
        policies += [
            span(TODAY, last),
            span(TODAY, week, status="denied", name="Short Term Disability 1"),
            span(week + dt.timedelta(days=1), last, name="Short Term Disability 1"),
        ]
        response = client.get(timeline_of(open_leave_case(person)))
        seen = words(response)
        for part in (
            "2 policies, from Jan 12, 2023 to Jan 25, 2023. " + MORE_THAN_ONE,
            "Family Medical Leave Act … Pending: Jan 12, 2023 to Jan 25, 2023",
            "Short Term Disability 1 ✕ Denied: Jan 12, 2023 to Jan 18, 2023",
            "Short Term Disability 1 … Pending: Jan 19, 2023 to Jan 25, 2023",
            "Policy dates and status Policy Status First day Last day Calendar days What it means",
            "Family Medical Leave Act Pending Jan 12, 2023 Jan 25, 2023 14 We are reviewing it.",
        ):
            assert part in seen, part
        assert texts(response) == ["Today, Jan 12", "Jan 15", "2023", "Jan 22"]
        assert "Approved" not in seen

    def test_nothing_stands_in_a_style_or_a_script(self, client, person, policies):
        policies.append(span(TODAY, None))
        main = re.search(
            r"<main.*</main>", client.get(timeline_of(open_leave_case(person))).content.decode(), re.DOTALL
        )[0]
        assert "<svg" in main
        assert not re.search(r"\bstyle=|<style|<script|\bon\w+=", main)

    def test_drawings_are_hidden_from_who_hears_the_page(self, client, person, policies):
        policies.append(span(TODAY, None))
        body = client.get(timeline_of(open_leave_case(person))).content.decode()
        outer = re.findall(r"<svg (?:class|width)[^>]*>", body)
        assert outer
        assert all('aria-hidden="true"' in tag and 'focusable="false"' in tag for tag in outer)

    def test_one_policy_says_nothing_of_more_than_one(self, client, person, policies):
        policies.append(span(TODAY, TODAY))
        seen = words(client.get(timeline_of(open_leave_case(person))))
        assert "1 policy, on Jan 12, 2023." in seen
        assert MORE_THAN_ONE not in seen

    def test_reported_days_are_marked_and_listed_but_not_cancelled_ones(self, client, person, policies):
        policies.append(span(TODAY, TODAY + dt.timedelta(days=100)))
        days = [
            full_day(),
            part_day("08:00", "11:30", 210, TODAY + dt.timedelta(days=1)),
            part_day("13:00", "14:00", 60, TODAY + dt.timedelta(days=1)),
            full_day(TODAY + dt.timedelta(days=2)),
        ]
        case = open_leave_case(person, leave=now_and_then(*days))
        case.absences.filter(date=TODAY + dt.timedelta(days=2)).update(status=Absence.Status.CANCELLED)
        response = client.get(timeline_of(case))
        seen = words(response)
        assert "Absence time you reported 2 days, 12 hours 30 minutes in all" in seen
        assert "Thursday, January 12, 2023 8 hours Friday, January 13, 2023 4 hours 30 minutes" in seen
        assert "January 14" not in seen
        assert response.content.decode().count("portal-timeline__mark") == 2

    def test_back_to_the_case(self, client, person, policies):
        case = open_leave_case(person)
        body = client.get(timeline_of(case)).content.decode()
        assert f'href="{reverse("cases:case", args=[case.number])}">Back to case {case.number}</a>' in body

    def test_in_spanish(self, client, person, policies):
        policies.append(span(TODAY, TODAY + dt.timedelta(days=13)))
        client.cookies["__Host-language"] = "es"
        response = client.get(timeline_of(open_leave_case(person)))
        assert "12 ene 2023" in words(response)
        assert "15 ene" in texts(response)
        assert 'width="100%" height="22"' in response.content.decode()  # numbers for SVG know no language


class TestRanges:
    def test_each_is_a_link_and_the_chosen_one_says_so(self, client, person, policies):
        policies.append(span(TODAY, TODAY + dt.timedelta(days=13)))
        case = open_leave_case(person)
        for chosen, label in [("all", "All"), ("year", "This year"), ("next", "Next 12 months")]:
            body = client.get(timeline_of(case, range=chosen)).content.decode()
            assert re.findall(r'aria-current="true">([^<]+)</a>', body) == [label]
        assert f'href="{timeline_of(case)}"' in body
        assert f'href="{timeline_of(case, range="year")}"' in body

    def test_another_range_runs_over_other_days(self, client, person, policies):
        policies.append(span(TODAY, TODAY + dt.timedelta(days=13)))
        case = open_leave_case(person)
        assert texts(client.get(timeline_of(case, range="year")))[1:] == ["Jan 1", "2023", "Apr 1", "Jul 1", "Oct 1"]

    def test_a_policy_of_another_time_leaves_the_way_back(self, client, person, policies):
        policies.append(span(dt.date(2021, 5, 3), dt.date(2021, 5, 7)))
        case = open_leave_case(person)
        response = client.get(timeline_of(case, range="year"))
        assert "No policy has a day in this time. Select All to see every policy." in words(response)
        assert "<table" not in response.content.decode()
        assert EMPTY not in words(response)

    def test_a_range_that_nobody_offers_is_not_found(self, client, person, policies):
        assert client.get(timeline_of(open_leave_case(person), range="decade")).status_code == 404


class TestWithoutPolicies:
    def test_says_so_and_offers_no_range(self, client, person, policies):
        response = client.get(timeline_of(open_leave_case(person, leave=one_block())))
        assert EMPTY in words(response)
        assert "This year" not in words(response)
        assert "portal-bar" not in response.content.decode()

    def test_still_lists_what_was_reported(self, client, person, policies):
        seen = words(client.get(timeline_of(open_leave_case(person, leave=now_and_then(full_day())))))
        assert EMPTY in seen
        assert "Thursday, January 12, 2023 8 hours" in seen

    def test_a_day_to_day_absence_is_never_under_a_policy(self, client, person, policies):
        seen = words(client.get(timeline_of(open_case(person))))
        assert "will always appear as pending" in seen
        assert EMPTY not in seen


def test_somebody_elses_is_not_found(client, person, policies):
    policies.append(span(TODAY, TODAY))
    assert client.get(timeline_of(open_leave_case(make_employee()))).status_code == 404
