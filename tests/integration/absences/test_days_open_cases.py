"""Who has an open intermittent case is led to it before asking for something new."""

import datetime as dt

import pytest
from django.urls import reverse

from cases.models.case import Case
from tests.factories.records import now_and_then, one_block, open_leave_case
from tests.integration.absences.reporting import Report, words

pytestmark = pytest.mark.django_db
OPENED = dt.datetime(2026, 1, 15, 15, tzinfo=dt.UTC)


def path_of(case):
    return reverse("cases:case", kwargs={"number": case.number})


def pages(browser, employee):
    return browser.get(reverse("absences:type")), Report(browser, employee).get("who")


def test_each_open_intermittent_case_has_its_link(browser, employee, today):
    cases = [open_leave_case(employee, leave=now_and_then(), now=OPENED) for _ in range(2)]
    type_page, who = pages(browser, employee)
    for case in cases:
        assert f"Time off under my open case {case.number} (opened January 2026)" in words(type_page)
        assert f'href="{path_of(case)}"' in type_page.content.decode()
        assert f"Is this for case {case.number}? If so, submit time on that case so it stays protected." in words(who)
        assert f'href="{path_of(case)}"' in who.content.decode()


@pytest.mark.parametrize(
    ("leave", "status"), [(one_block(), Case.Status.PENDING), (now_and_then(), Case.Status.CLOSED)]
)
def test_a_block_of_time_and_a_case_that_is_over_have_none(browser, employee, today, leave, status):
    case = open_leave_case(employee, leave=leave, now=OPENED)
    Case.objects.filter(pk=case.pk).update(status=status)
    for page in pages(browser, employee):
        assert case.number not in words(page)
