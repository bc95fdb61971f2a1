"""Queries of each page of a request for leave: few, and as many for a long list, a long history and a second draft."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from absences.journeys.absence_time import AbsenceTime
from absences.journeys.leave import ProtectedLeave
from absences.models import Draft
from cases.models.case import Case
from tests.factories.records import account_of, open_case, part_day
from tests.integration.absences.leave_request import ANSWERS, INTERMITTENT
from tests.integration.absences.loop import Loop
from tests.pages.world import OWN_QUESTIONS, ask_in_own_words, make_draft

MOST = 16
DAY = "00000000"  # the first that Loop.fill puts on the list
ITEM_STEPS = [step.slug for step in AbsenceTime.steps]
STEPS = [step.slug for step in ProtectedLeave.steps]
GIVEN = {
    **ANSWERS,
    **INTERMITTENT,
    "type": {"need": "own_health"},
    "date": {"date": "2/5/2026"},
    "more": {f"q{OWN_QUESTIONS['leave']}": "yes"},
}
LEADS_TO = {  # other answers than those that Loop gives, where a page needs them
    "person": {"type": {"need": ["family_health"]}},
    "arrival": {"type": {"need": ["pregnancy"]}, "about": {"reason": ["Pregnancy"]}},
    "child": {"type": {"need": ["bonding"]}},
    "dates": {"schedule": {"continuous": ["yes"]}},
    "days/times": {f"days/{DAY}/full-day": {"full_day": ["no"]}},
}
pytestmark = pytest.mark.django_db


@pytest.fixture
def loop(browser, employee, today):
    ask_in_own_words()
    loop = Loop(browser, employee)
    loop.fill(1)
    return loop


def many_days(loop):
    loop.fill(60)
    assert len(loop.days) == 60


def many_cases(loop):
    """Time that stands in other cases, in the window and before it."""
    for n in range(300):
        day = dt.date(2026, 2, 4) - dt.timedelta(days=n % 60)
        start = dt.time(n // 60 + 10)
        open_case(loop.draft.employee, absence=part_day(f"{start:%H:%M}", f"{start.hour:02}:45", 45, date=day))
    assert Case.objects.count() == 300


def second_draft(loop):
    make_draft(account_of(loop.draft.employee), "day_to_day")
    assert Draft.objects.count() == 2


def cost(act, expected: int = 200) -> int:
    with CaptureQueriesContext(connection) as queries:
        response = act()
    assert response.status_code == expected, response.status_code
    return len(
        [query for query in queries if "SAVEPOINT" not in query["sql"]]
    )  # not where a transaction begins or ends


@contextmanager
def as_before(loop, page: str):
    """The request with what leads to the page; afterwards as it was."""
    with transaction.atomic():
        draft = loop.draft
        draft.answers = {**draft.answers, "days": {"again": ["no"]}, **LEADS_TO.get(page, {})}
        draft.save()
        yield
        transaction.set_rollback(True)


def cost_of_question(loop, url: str, page: str) -> dict[str, int]:
    with as_before(loop, page):
        loop.get(url)  # what a session or a process loads once
        opened = cost(lambda: loop.get(url))
        version = loop.draft.version
        posted = {"_version": version, **GIVEN[page.rpartition("/")[2]]}
        return {f"GET {page}": opened, f"POST {page}": cost(lambda: loop.client.post(url, posted), 303)}


def cost_of_ends(loop) -> dict[str, int]:
    check, done = loop.url("check"), loop.url("done")
    with as_before(loop, "check"):
        loop.get(check)
        found = {"GET check": cost(lambda: loop.get(check))}
        version = loop.draft.version
        assert loop.client.post(check, {"_version": version}).status_code == 303
        loop.get(done)
        return {**found, "GET done": cost(lambda: loop.get(done))}


def costs(loop) -> dict[str, int]:
    found = cost_of_ends(loop)
    for slug in STEPS:
        found |= cost_of_question(loop, loop.url("step", step=slug), slug)
    for slug in ITEM_STEPS:
        found |= cost_of_question(loop, loop.item(DAY, slug), f"days/{slug}")
    return found


def test_every_page_costs_little(loop):
    assert {page: count for page, count in costs(loop).items() if count > MOST} == {}


@pytest.mark.parametrize("grow", [many_days, many_cases, second_draft])
def test_and_the_same_for_more(loop, grow):
    few = costs(loop)
    grow(loop)
    assert costs(loop) == few
