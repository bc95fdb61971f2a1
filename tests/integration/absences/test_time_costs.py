"""Time on an open case costs as many queries for sixty days as for one, and four taps make one report."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.models.case import Absence, CaseEvent, TimeReport
from tests.factories.accounts import sign_in
from tests.factories.people import log_in, make_employee, make_user
from tests.integration.absences.loop import Loop
from tests.integration.absences.test_parallel_submit import at_once
from tests.integration.absences.time_on_case import TimeOnCase, open_now_and_then

TAPS = 4


def queries(act):
    with CaptureQueriesContext(connection) as found:
        assert act().status_code in {200, 303}
    return len(found)


class Filled(TimeOnCase):
    fill = Loop.fill


def costs(time):
    version = time.draft.version
    time.get("check")  # what is loaded once
    listed = queries(lambda: time.get("check"))
    submitted = queries(lambda: time.submit(version=version))
    return {"list": listed, "submit": submitted, "done": queries(lambda: time.get("done"))}


@pytest.mark.django_db
def test_as_many_queries_for_one_day_as_for_sixty(browser, employee, today):
    few = Filled(browser, open_now_and_then(employee))
    few.fill(1)
    other = make_employee()
    many = Filled(log_in(Client(), make_user(other)), open_now_and_then(other))
    many.fill(60)
    found = costs(few)
    assert costs(many) == found
    assert found["list"] <= 18
    assert Absence.objects.filter(case=many.case).count() == 60


@pytest.mark.django_db(transaction=True)
def test_four_taps_at_once_are_one_report(client, today):
    employee = make_employee()
    user = make_user(employee)
    time = TimeOnCase(log_in(client, user), open_now_and_then(employee))
    time.add("3/10/2026")
    version = time.draft.version
    browsers = [sign_in(Client(), user) for _ in range(TAPS)]
    sent = at_once(*(lambda tap=tap: tap.post(time.url("check"), {"_version": version}) for tap in browsers))
    assert {response.url for response in sent} == {time.url("done")}
    assert TimeReport.objects.count() == 1
    assert Absence.objects.filter(case=time.case).count() == 1
    assert CaseEvent.objects.filter(kind=CaseEvent.Kind.TIME_ADDED).count() == 1
