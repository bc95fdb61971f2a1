"""Which days may be told, and time that is told twice."""

import datetime as dt

import pytest
from django.test import Client

from tests.factories.people import log_in
from tests.factories.records import account_of, full_day, open_case, part_day
from tests.integration.absences.loop import ITEM_PATH, Loop, part
from tests.integration.absences.reporting import words
from tests.integration.absences.tabs import Tab

pytestmark = pytest.mark.django_db


@pytest.fixture
def loop(browser, employee, today):
    return Loop(browser, employee)


class TestWindow:
    @pytest.mark.parametrize("date", ["2/4/2026", "5/5/2026"])
    def test_the_first_and_the_last_day(self, loop, date):
        loop.add(date)

    def test_too_far_ahead(self, loop):
        response = loop.post(loop.new_day(), date="5/6/2026")
        assert response.status_code == 422
        assert "The day must be within the next 60 days" in words(response)

    def test_too_long_ago_leads_to_the_telephone_and_back_to_the_same_question(self, loop):
        loop.add("3/9/2026")
        url = loop.new_day()
        exit_page = loop.post(url, date="2/3/2026").url
        assert exit_page == loop.url("call", why="late-leave")
        assert "1-833-640-2800" in words(loop.get(exit_page))
        back = loop.get(exit_page).content.decode().split('portal-back" href="')[1].split('"')[0]
        assert back == url
        assert 'value="2/3/2026"' in loop.get(url).content.decode()
        assert loop.post(url, date="2/4/2026").url == url.replace("/date/", "/full-day/")

    def test_a_day_that_was_in_time_is_asked_again_when_it_no_longer_is(self, loop, civil):
        day = loop.add("2/4/2026")
        loop.post(loop.hub, again="no")
        civil(2026, 3, 7)
        exit_page = loop.get(loop.url("check")).url
        assert exit_page == loop.url("call", why="late-leave")
        assert f'href="{loop.item(day, "date")}"' in loop.get(exit_page).text

    def test_the_period_too(self, loop):
        loop.post(loop.url("change", step="schedule"), continuous="yes")
        dates = loop.url("change", step="dates")
        exit_page = loop.post(dates, first_day="2/3/2026", last_day="3/6/2026").url
        assert exit_page == loop.url("call", why="late-leave")
        assert f'href="{loop.url("step", step="dates")}"' in loop.get(exit_page).text
        page = loop.get(loop.url("step", step="dates"))
        assert 'value="2/3/2026"' in page.content.decode()
        assert (
            "Please select the range of dates that you expect to miss work or have already missed: If the first day"
            " missed is more than 30 days in the past, please visit the Contact Us page and call us to complete your"
            " request." in words(page)
        )
        assert loop.post(dates, first_day="2/4/2026", last_day="3/6/2026").url == loop.url("check") + "#dates"


class TestAgainstOtherCases:
    def test_a_full_day_on_record(self, loop, employee):
        case = open_case(employee, absence=full_day(dt.date(2026, 3, 9)))
        response = loop.post(loop.new_day(), date="3/9/2026")
        assert (
            f"You already reported Monday, March 9, 2026. See case {case.number}, or call 1-833-640-2800 to change it"
            in words(response)
        )

    def test_part_of_a_day_on_record(self, loop, employee):
        case = open_case(employee, absence=part_day("22:00", "06:00", 480, date=dt.date(2026, 3, 8)))
        loop.add("3/9/2026", part("6 AM", "7 AM"))
        response = loop.answer_day(loop.new_day(), "3/9/2026", part("5 AM", "6 AM"))
        assert (response.status_code, f"See case {case.number}" in words(response)) == (422, True)

    def test_the_hours_offered_are_those_of_that_day(self, loop, employee):
        week = {"minutes": [0, 450, 450, 450, 450, 300, 0]}
        employee.schedules.create(starts_on="2026-01-01", kind="weekly", pattern=week)
        loop.add("3/9/2026")
        loop.add("3/13/2026")
        loop.add("3/14/2026")  # a Saturday: the usual length
        page = words(loop.get(loop.hub))
        assert "Full day (7 hours 30 minutes)" in page
        assert "Full day (5 hours)" in page
        assert "3 days, 20 hours 30 minutes in all" in page


class TestWithinTheRequest:
    @pytest.mark.parametrize(
        ("known", "date", "day", "said"),
        [
            (("3/9/2026", None), "3/9/2026", None, "You already added a full day for Monday, March 9, 2026"),
            (
                ("3/9/2026", part("8 AM", "10 AM")),
                "3/9/2026",
                None,
                "This time overlaps 8:00 AM to 10:00 AM on Monday, March 9, 2026",
            ),
            (
                ("3/9/2026", part("10 PM", "6 AM")),
                "3/10/2026",
                part("5 AM", "7 AM"),
                "This time overlaps 10:00 PM to 6:00 AM on Monday, March 9, 2026",
            ),
            (
                ("3/10/2026", part("5 AM", "7 AM")),
                "3/9/2026",
                part("10 PM", "6 AM"),
                "This time overlaps 5:00 AM to 7:00 AM on Tuesday, March 10, 2026",
            ),
            (  # the hour that comes twice is too long a way to tell: see the unit tests; this night skips one
                ("3/8/2026", part("1 AM", "3:30 AM")),
                "3/7/2026",
                part("10 PM", "3:15 AM"),
                "This time overlaps 1:00 AM to 3:30 AM on Sunday, March 8, 2026",
            ),
        ],
    )
    def test_twice_the_same_time(self, loop, known, date, day, said):
        loop.add(*known)
        response = loop.answer_day(loop.new_day(), date, day)
        assert (response.status_code, said in words(response)) == (422, True)

    @pytest.mark.parametrize(
        ("known", "date", "day"),
        [
            (("3/9/2026", part("10 PM", "6 AM")), "3/10/2026", part("6 AM", "7 AM")),
            (("3/9/2026", part("10 PM", "6 AM")), "3/10/2026", None),
            (("3/9/2026", None), "3/10/2026", None),
        ],
    )
    def test_beside_each_other(self, loop, known, date, day):
        loop.add(*known)
        loop.add(date, day)

    def test_an_edit_meets_the_other_days(self, loop):
        loop.add("3/9/2026")
        day = loop.add("3/10/2026")
        response = loop.post(loop.item(day, "date"), date="3/9/2026")
        assert "You already added a full day for Monday, March 9, 2026" in words(response)
        assert "2 days, 16 hours in all" in words(loop.get(loop.hub))

    def test_more_than_twelve_hours_are_asked_about(self, loop):
        response = loop.answer_day(loop.new_day(), "3/7/2026", part("6 PM", "7:30 AM"))
        said = words(response)
        assert (
            "12 hours 30 minutes is a long time. Change the times, or check “Yes, 12 hours 30 minutes is right”" in said
        )
        loop.add("3/8/2026", part("6 PM", "7:30 AM", sure="on"))


class TestTwoTabs:
    def test_the_same_day_in_both(self, loop):
        loop.add("3/9/2026")
        first, second = loop.new_day(), loop.new_day()
        assert first != second
        url = loop.post(second, date="3/10/2026").url
        assert loop.answer_day(first, "3/10/2026").url == loop.hub
        response = loop.post(url, full_day="yes")  # the second tab's next page, sent after the first tab was done
        assert response.url == second
        assert "You already added a full day for Tuesday, March 10, 2026" in words(loop.get(second))
        assert loop.post(loop.remove_url(ITEM_PATH.search(second)[1])).url == loop.hub
        assert "2 days, 16 hours in all" in words(loop.get(loop.hub))

    def test_one_new_day_opened_twice_shows_both_answers(self, loop):
        url = loop.new_day()
        first, second = Tab(loop.client, url), Tab(loop.client, url)
        assert first.send(date="3/10/2026").status_code == 303
        answered = second.send(date="3/11/2026")
        assert answered.status_code == 409
        assert "Tuesday, March 10, 2026" in words(answered)
        assert "Wednesday, March 11, 2026" in words(answered)

    def test_two_browsers_on_one_list(self, loop, employee):
        loop.add("3/9/2026")
        elsewhere = log_in(Client(), account_of(employee))
        url = loop.new_day()
        assert elsewhere.post(url, {"date": "3/9/2026"}).status_code == 422
        assert elsewhere.post(url, {"date": "3/10/2026"}).status_code == 303
        assert "Tuesday, March 10, 2026 You have not finished this day." in words(loop.get(loop.hub))
