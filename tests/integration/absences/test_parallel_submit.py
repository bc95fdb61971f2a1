"""Two taps on Submit at the same moment, over two connections."""

import threading
import uuid

import pytest
from django.db import connections
from django.test import Client

from absences import drafts, submission
from absences.models import Draft, ProceduralQuestion
from cases.models.case import Case, CaseEvent
from portal.lib import clock
from portal.office.models import ContactRecord
from tests.factories.accounts import sign_in
from tests.factories.people import log_in, make_employee, make_user
from tests.integration.absences.leave_request import INTERMITTENT, LeaveRequest
from tests.integration.absences.reporting import Report

TAPS = 4
pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Run the acts in threads that start together; what each returned or raised."""
    gate, outcomes = threading.Barrier(len(acts)), []

    def run(act):
        gate.wait()
        try:
            outcomes.append(act())
        except Exception as error:
            outcomes.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return outcomes


@pytest.fixture
def ready(client, today):
    """A report with every question answered, and a browser for each tap."""
    employee = make_employee()
    user = make_user(employee)
    report = Report(log_in(client, user), employee)
    report.answer_all("2026-03-06")
    return report, user


def test_flow_02_two_parallel_submits_are_one_case(ready):
    report, user = ready
    version = report.draft.version
    browsers = [sign_in(Client(), user) for _ in range(TAPS)]

    def tap(browser):
        return lambda: browser.post(report.page("check"), {"_version": version})

    outcomes = at_once(*[tap(browser) for browser in browsers])
    assert {(answer.status_code, answer.url) for answer in outcomes} == {(303, report.page("done"))}
    assert Case.objects.count() == 1
    assert CaseEvent.objects.filter(kind="absence_reported").count() == 1


def test_two_parallel_submits_of_a_leave_are_one_case(client, today):
    employee = make_employee()
    user = make_user(employee)
    leave = LeaveRequest(log_in(client, user), employee)
    leave.answer_all(INTERMITTENT, days=["3/10/2026", "3/12/2026"])
    version = leave.draft.version
    browsers = [sign_in(Client(), user) for _ in range(TAPS)]

    def tap(browser):
        return lambda: browser.post(leave.page("check"), {"_version": version})

    outcomes = at_once(*[tap(browser) for browser in browsers])
    assert {(answer.status_code, answer.url) for answer in outcomes} == {(303, leave.page("done"))}
    assert Case.objects.count() == 1
    assert CaseEvent.objects.filter(kind="case_opened", dispatched_at=None).count() == 1
    assert CaseEvent.objects.filter(kind="absence_reported").count() == 2


def test_the_service_itself_makes_one_case(ready):
    report, user = ready

    def submit():
        return submission.submit(Draft.objects.get(pk=report.id), by=user, now=clock.now()).pk

    outcomes = at_once(*[submit] * TAPS)
    assert outcomes == [Case.objects.get().pk] * TAPS


def test_of_two_tabs_at_once_one_saves_and_the_other_is_asked(ready):
    report, user = ready
    version = report.draft.version

    def tab(who):
        browser = sign_in(Client(), user)
        return lambda: browser.post(report.url("who"), {"_version": version, "who": who})

    outcomes = at_once(tab("child"), tab("spouse"), tab("parent"))
    assert sorted(answer.status_code for answer in outcomes) == [303, 409, 409]
    assert report.draft.version == version + 1


def test_two_taps_on_the_type_make_one_draft(db, today):
    employee = make_employee()
    user = make_user(employee)

    def start():
        return drafts.start(employee=employee, journey="leave", by=user, answers={}, now=clock.now()).pk

    outcomes = at_once(*[start] * TAPS)
    assert set(outcomes) == {Draft.objects.get().pk}
    assert isinstance(outcomes[0], uuid.UUID)


def test_the_data_that_migrations_load_is_there():
    assert ContactRecord.objects.exists()
    assert ProceduralQuestion.objects.exists()
