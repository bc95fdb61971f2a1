"""Three days before: one reminder. The day after: one task."""

from __future__ import annotations

import datetime as dt

import pytest

from cases.models.case import CaseEvent, Task
from documents import asking, reminders
from documents.models import DocumentRequest
from portal.lib import clock
from tests.factories.papers import make_paper
from tests.integration.documents.staff.desk import in_days, kind, make_leave, staff

pytestmark = pytest.mark.django_db
LONG_AGO = dt.timedelta(days=30)


@pytest.fixture
def asked():
    """Long ago, due in three days."""
    case = make_leave()
    made = asking.ask(case=case, kind=kind(), due_on=in_days(3), by=staff(), now=clock.now())
    DocumentRequest.objects.update(asked_at=made.asked_at - LONG_AGO)
    return DocumentRequest.objects.get()


def remind(day=0):
    """How many were reminded so many days from now."""
    return reminders.remind(now=clock.now() + dt.timedelta(days=day), today=in_days(day))


def report(day):
    reminders.report_late(now=clock.now() + dt.timedelta(days=day), today=in_days(day))
    return Task.objects.filter(kind="document_late", closed_at=None).count()


def soon():
    return CaseEvent.objects.filter(kind="document_due_soon").count()


@pytest.mark.parametrize(("day", "count"), [(-1, 0), (0, 1), (2, 1), (3, 1), (4, 0)])
def test_from_three_days_before_until_the_day(asked, day, count):
    assert (remind(day), soon()) == (count, count)


def test_once(asked):
    assert [remind(), remind(), remind(1)] == [1, 0, 0]
    assert soon() == 1


def test_who_was_asked_just_now_needs_none(asked):
    DocumentRequest.objects.update(asked_at=clock.now())
    assert (remind(), soon()) == (0, 0)


@pytest.mark.parametrize(
    "settle",
    [
        lambda row: asking.withdraw(request=row, now=clock.now()),
        lambda row: DocumentRequest.objects.update(met_by=make_paper(row.case, by=row.asked_by).document),
        lambda row: type(row.case).objects.update(status="closed"),
    ],
    ids=["withdrawn", "met", "case closed"],
)
def test_nothing_once_it_is_settled(asked, settle):
    settle(asked)
    assert (remind(), soon(), report(9)) == (0, 0, 0)


def test_a_new_day_brings_a_new_reminder(asked):
    remind()
    asking.want_again(asked, due_on=in_days(20), now=clock.now())
    assert remind() == 0
    assert remind(17) == 1


def test_late_is_a_task_once_for_each_day_that_was_set(asked):
    assert [report(3), report(4), report(5)] == [0, 1, 1]
    task = Task.objects.get(kind="document_late")
    assert (task.waits_on, task.agency, task.due_on) == ("staff", asked.case.employee.agency, in_days(3))
    asking.want_again(asked, due_on=in_days(6), now=clock.now())
    assert report(6) == 0
    assert report(7) == 1


def test_the_task_ends_with_what_it_was_about(asked):
    report(4)
    asking.withdraw(request=asked, now=clock.now())
    assert Task.objects.filter(kind="document_late", closed_at=None).count() == 0


@pytest.mark.parametrize(("hour", "count"), [(7, 0), (8, 1)])
def test_nobody_is_reminded_in_the_night(asked, settings, hour, count):
    wall = clock.local(clock.now())
    settings.CIVIL_TIME_OFFSET += wall.replace(hour=hour, minute=30) - wall
    reminders.look_after()
    assert soon() == count
