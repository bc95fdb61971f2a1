"""Queries and commits of each page: few, and as many for 300 cases as for one."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from absences.journeys.unplanned import DayToDay
from cases.models.case import Absence
from tests.factories.records import open_case, part_day
from tests.integration.absences.reporting import ANSWERS

MOST = 13
GIVEN = {**ANSWERS, "type": {"need": "day_to_day"}, "date": {"day": "2026-03-06"}}
pytestmark = pytest.mark.django_db


def history(employee, numbers):
    """Reported time in the window, where it has to be looked at."""
    for n in numbers:
        day = dt.date(2026, 3, 7) + dt.timedelta(days=n % 59)
        begins = dt.time(n // 59 + 10)
        span = part_day(f"{begins:%H:%M}", f"{begins.hour:02}:45", 45, date=day)
        open_case(employee, absence=span)


def cost(act):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = act()
    assert response.status_code in {200, 303}
    return [query["sql"] for query in queries]


def costs(report):
    report.answer_all("2026-03-06")
    found = {}
    for step in [step.slug for step in DayToDay.steps if step.slug not in {"times", "more"}]:
        found["GET", step] = cost(lambda step=step: report.get(step))
        version = report.draft.version
        found["POST", step] = cost(
            lambda step=step, version=version: report.post(
                step, version=version, **({"who": "child"} if step == "who" else GIVEN[step])
            )
        )
    found["GET", "check"] = cost(lambda: report.client.get(report.page("check")))
    return found


def test_each_step_costs_little_and_the_same_for_a_long_history(report):
    history(report.employee, range(1))
    few = costs(report)
    assert {page: len(sql) for page, sql in few.items() if len(sql) > MOST} == {}
    history(report.employee, range(1, 300))
    assert Absence.objects.filter(employee=report.employee).count() == 300
    many = costs(report)
    assert {page: len(sql) for page, sql in many.items()} == {page: len(sql) for page, sql in few.items()}


@pytest.mark.parametrize("name", ["before", "who_for", "type"])
def test_the_pages_before(browser, today, name):
    browser.get(reverse("home:home"))  # which begins the session
    assert len(cost(lambda: browser.get(reverse(f"absences:{name}")))) <= MOST
