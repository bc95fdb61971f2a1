"""The loop asks the database as much for sixty days as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.integration.absences.loop import Loop

pytestmark = pytest.mark.django_db


def queries(act):
    with CaptureQueriesContext(connection) as found:
        assert act().status_code in {200, 303}
    return len(found)


def costs(loop):
    loop.get(loop.hub)  # shows the news of the last change
    day = loop.days[-1]
    pages = {"hub": loop.hub, "times": loop.item(day, "times"), "remove": loop.remove_url(day)}
    found = {("GET", name): queries(lambda url=url: loop.get(url)) for name, url in pages.items()}
    version = loop.draft.version
    found["POST", "times"] = queries(lambda: loop.post(pages["times"], version=version, start="9 PM", end="5 AM"))
    version = loop.draft.version
    found["POST", "hub"] = queries(lambda: loop.post(loop.hub, version=version, again="no"))
    found["POST", "remove"] = queries(lambda: loop.client.post(pages["remove"]))
    return found


def test_as_many_queries_for_one_day_as_for_sixty(browser, employee, today):
    loop = Loop(browser, employee)
    loop.fill(2)
    few = costs(loop)
    assert max(few.values()) <= 18, few
    loop.fill(60)
    assert len(loop.days) == 60
    assert costs(loop) == few
