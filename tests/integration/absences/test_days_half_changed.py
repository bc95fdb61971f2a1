"""A day that was finished, and is open again halfway through a change: it is never taken for a new one."""

import pytest

from tests.integration.absences.loop import Loop
from tests.integration.absences.reporting import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def loop(browser, employee, today):
    return Loop(browser, employee)


@pytest.fixture
def day(loop):
    """Tuesday, March 10, no longer a full day, its times not given yet."""
    loop.add("3/9/2026")
    name = loop.add("3/10/2026")
    loop.post(loop.item(name, "full-day"), full_day="no")
    return name


def test_it_offers_no_cancel(loop, day):
    assert "Cancel adding this day" not in words(loop.get(loop.item(day, "times")))


def test_the_list_says_that_it_is_not_finished(loop, day):
    page = words(loop.get(loop.hub))
    assert "Tuesday, March 10, 2026 You have not finished this day. Finish" in page


def test_removing_it_is_called_so(loop, day):
    page = loop.get(loop.remove_url(day))
    assert "Remove Tuesday, March 10, 2026? Yes, remove it No, keep it" in words(page)
    assert f'href="{loop.hub}"' in page.text
    assert loop.post(loop.remove_url(day)).url == loop.hub
    assert "We removed Tuesday, March 10, 2026." in words(loop.get(loop.hub))


def test_finishing_it_is_a_change(loop, day):
    for step, posted in (
        ("times", {"start": "8:00 AM", "end": "9:00 AM"}),
        ("visit", {"visit": "no"}),
        ("details", {"note": ""}),
    ):
        loop.post(loop.item(day, step), **posted)
    assert "We changed Tuesday, March 10, 2026." in words(loop.get(loop.hub))


def test_nor_when_its_last_answer_waits_to_be_checked(loop, day):
    loop.post(loop.item(day, "times"), start="8:00 AM", end="9:00 AM")
    loop.post(loop.item(day, "details"), note="Typed", _save_later="1")
    assert "Cancel adding this day" not in words(loop.get(loop.item(day, "details")))
    assert "Remove Tuesday, March 10, 2026?" in words(loop.get(loop.remove_url(day)))


def test_a_day_that_was_never_finished_is_still_being_added(loop):
    loop.add("3/9/2026")
    url = loop.post(loop.new_day(), date="3/10/2026").url
    assert "Cancel adding this day" in words(loop.get(url))
