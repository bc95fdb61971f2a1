"""The loop over the days of a leave: adding, changing, removing, giving up."""

import pytest
from django.test import Client

from tests.factories.people import log_in, make_employee, make_user
from tests.factories.records import account_of
from tests.integration.absences.loop import ITEM_PATH, Loop, part
from tests.integration.absences.reporting import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def loop(browser, employee, today):
    return Loop(browser, employee)


class TestAdding:
    def test_three_days_become_three_cards_by_date(self, loop):
        loop.add("3/9/2026", note="Bring the forms.\nTwice.")
        loop.add("3/6/2026", part("10 PM", "6 AM"))
        loop.add("2/4/2026", part("8:00 AM", "9:30 AM"))
        page = words(loop.get(loop.hub))
        cards = [
            "Wednesday, February 4, 2026 8:00 AM to 9:30 AM (1 hour 30 minutes) Doctor visit: no",
            "Friday, March 6, 2026 10:00 PM to 6:00 AM Saturday (8 hours) Doctor visit: no",
            "Monday, March 9, 2026 Full day (8 hours) Doctor visit: no Other information: Bring the forms. Twice.",
        ]
        places = [page.find(card) for card in cards]
        assert -1 not in places
        assert places == sorted(places)
        assert "3 days, 17 hours 30 minutes in all" in page

    def test_the_news_stands_where_reading_begins(self, loop):
        loop.add("3/9/2026")
        page = loop.get(loop.hub).content.decode()
        news = page.index('<div id="news" tabindex="-1" autofocus>')
        assert news < page.index("We added Monday, March 9, 2026.") < page.index("Days you told us about</h1>")

    def test_each_question_says_which_day_it_is_about(self, loop):
        url = loop.new_day()
        pages = {"date": {"date": "3/6/2026"}, **part("10 PM", "6 AM"), "visit": {"visit": "yes"}, "details": {}}
        said = {}
        for step, posted in pages.items():
            assert ITEM_PATH.search(url)[2] == step
            said[step] = words(loop.get(url))
            url = loop.post(url, **posted).url
        assert "What day have you or will you miss?" in said["date"]
        assert "You can enter Feb 4, 2026 to May 5, 2026. For an earlier day, call 1-833-640-2800" in said["date"]
        assert (
            "If the day missed is more than 30 days in the past, please visit the Contact Us page and call us to"
            " complete your request." in said["date"]
        )
        assert "Friday, March 6, 2026" in said["full-day"]
        assert "Friday, March 6, 2026" in said["times"]
        whole = "Friday, March 6, 2026, 10:00 PM to 6:00 AM on Saturday, March 7, 2026 (8 hours)"
        assert whole in said["visit"]
        assert whole in said["details"]

    def test_the_question_for_more_is_never_answered_already(self, loop):
        loop.add("3/9/2026")
        loop.post(loop.hub, again="no")
        assert "checked" not in loop.get(loop.hub).content.decode()

    def test_no_more_days_lead_on(self, loop):
        loop.add("3/9/2026")
        assert loop.post(loop.hub).status_code == 422
        assert loop.post(loop.hub, again="no").url == loop.url("check") + "#days"

    def test_another_day_opens_the_question_for_more_again(self, loop):
        loop.add("3/9/2026")
        loop.post(loop.hub, again="no")
        loop.add("3/10/2026")
        assert loop.get(loop.url("check")).url == loop.hub

    def test_two_times_on_one_date_are_one_day(self, loop):
        loop.add("3/9/2026", part("8 AM", "9 AM"))
        loop.add("3/9/2026", part("1 PM", "2 PM"))
        page = loop.get(loop.hub)
        assert "1 day, 2 hours in all" in words(page)
        assert "Edit Monday, March 9, 2026, 1:00 PM to 2:00 PM (1 hour)" in words(page)

    def test_a_hundred_days_at_most(self, loop):
        loop.fill(100)
        response = loop.post(loop.hub, again="yes")
        assert response.status_code == 422
        assert "You can add up to 100 days here. Call 1-833-640-2800 to add more" in words(response)
        assert loop.get(loop.item("ffffffff", "date")).url == loop.hub
        assert loop.post(loop.hub, again="no").url == loop.url("check") + "#days"
        assert loop.post(loop.remove_url(loop.days[0])).url == loop.hub
        loop.add("2/5/2026")


class TestChanging:
    def test_an_edit_goes_through_the_questions_with_their_answers(self, loop):
        day = loop.add("3/9/2026", part("8 AM", "10 AM"))
        assert 'value="3/9/2026"' in loop.get(loop.item(day, "date")).content.decode()
        response = loop.answer_day(loop.item(day, "date"), "3/10/2026", part("8 AM", "11 AM"))
        assert response.url == loop.hub
        page = words(loop.get(loop.hub))
        assert "We changed Tuesday, March 10, 2026." in page
        assert "Tuesday, March 10, 2026 8:00 AM to 11:00 AM (3 hours)" in page
        assert "March 9" not in page

    @pytest.mark.parametrize("day", [None, part("10 PM", "6 AM")])
    def test_a_day_does_not_collide_with_itself(self, loop, day):
        name = loop.add("3/9/2026", day)
        assert loop.answer_day(loop.item(name, "date"), "3/9/2026", day).url == loop.hub

    def test_a_day_that_becomes_unfinished_is_marked_and_must_be_finished(self, loop):
        loop.add("3/9/2026")
        day = loop.add("3/10/2026")
        loop.post(loop.item(day, "full-day"), full_day="no")
        page = words(loop.get(loop.hub))
        assert "Tuesday, March 10, 2026 You have not finished this day." in page
        assert "1 day, 8 hours in all" in page
        response = loop.post(loop.hub, again="no")
        assert response.url == loop.item(day, "times")
        assert "Finish this day first, or stop adding it." in words(loop.get(response.url))
        assert loop.get(loop.url("resume")).url == loop.item(day, "times")

    def test_from_the_summary_and_back_to_it(self, loop):
        day = loop.add("3/9/2026")
        loop.post(loop.hub, again="no")
        changing = loop.url("change", step="days")
        assert f'href="{loop.item(day, "date", "item_change")}"' in loop.get(changing).content.decode()
        url = loop.item(day, "date", "item_change")
        while ITEM_PATH.search(url):
            given = {"date": "3/12/2026", "full_day": "yes", "length": "own_day", "visit": "no", "note": ""}
            url = loop.post(url, **given).url
        assert url == changing
        assert loop.post(changing, again="no").url == loop.url("check") + "#days"


class TestRemoving:
    def test_it_asks_first_and_says_what_went(self, loop):
        loop.add("3/9/2026")
        day = loop.add("3/10/2026")
        asked = loop.get(loop.remove_url(day))
        said = "Remove Tuesday, March 10, 2026? Full day (8 hours) Doctor visit: no Yes, remove it No, keep it"
        assert said in words(asked)
        assert f'href="{loop.hub}"' in asked.content.decode()
        assert day in loop.days
        assert loop.post(loop.remove_url(day)).url == loop.hub
        page = words(loop.get(loop.hub))
        assert "We removed Tuesday, March 10, 2026." in page
        assert "Full day" in page
        assert day not in loop.days

    def test_the_last_one_leads_to_the_question_before(self, loop):
        day = loop.add("3/9/2026")
        assert loop.post(loop.remove_url(day)).url == loop.url("step", step="days-known")

    def test_twice_is_no_mistake(self, loop):
        loop.add("3/9/2026")
        day = loop.add("3/10/2026")
        loop.post(loop.remove_url(day))
        assert loop.get(loop.remove_url(day)).url == loop.hub
        assert loop.post(loop.remove_url(day)).url == loop.hub

    def test_another_persons_day_is_not_there(self, loop):
        day = loop.add("3/9/2026")
        stranger = log_in(Client(), make_user(make_employee()))
        for url in (loop.remove_url(day), loop.item(day, "date"), loop.hub):
            assert stranger.get(url).status_code == 404
            assert stranger.post(url).status_code == 404
        assert day in loop.days


class TestGivingUp:
    def test_cancel_asks_first_and_forgets_the_day(self, loop):
        loop.add("3/9/2026")
        url = loop.post(loop.new_day(), date="3/10/2026").url
        day = ITEM_PATH.search(url)[1]
        assert f'href="{loop.remove_url(day)}"' in loop.get(url).content.decode()
        asked = loop.get(loop.remove_url(day))
        assert "Stop adding this day? We will not keep what you entered for this day. Yes, stop" in words(asked)
        assert f'href="{url}"' in asked.content.decode()
        assert loop.post(loop.remove_url(day)).url == loop.hub
        assert day not in loop.days

    def test_a_day_without_any_answer_needs_no_question(self, loop):
        loop.add("3/9/2026")
        day = ITEM_PATH.search(loop.new_day())[1]
        assert loop.get(loop.remove_url(day)).url == loop.hub

    def test_a_finished_day_offers_no_cancel(self, loop):
        day = loop.add("3/9/2026")
        assert "Cancel adding this day" not in words(loop.get(loop.item(day, "date")))

    def test_another_browser_goes_on_where_this_one_stopped(self, loop, employee):
        loop.add("3/9/2026")
        url = loop.post(loop.new_day(), date="3/10/2026").url
        elsewhere = log_in(Client(), account_of(employee))
        assert elsewhere.get(loop.url("resume")).url == url

    def test_back_walks_the_loop(self, loop):
        def back(url):
            page = loop.get(url).content.decode()
            return page.split('portal-back" href="')[1].split('"')[0]

        first = loop.new_day()
        assert back(first) == loop.url("step", step="days-known")
        day = ITEM_PATH.search(first)[1]
        loop.answer_day(first, "3/9/2026", part("8 AM", "9 AM"))
        steps = ["date", "full-day", "times", "visit", "details"]
        assert [back(loop.item(day, step)) for step in steps] == [loop.hub] + [loop.item(day, s) for s in steps[:-1]]
        assert back(loop.hub) == loop.url("step", step="days-known")
