"""Submit, while a question has opened again: nothing is sent, and the person is told so."""

import datetime as dt

import pytest

from absences import submission
from absences.models import ProceduralQuestion
from cases.models.case import Case
from registration.models import AgencyService
from tests.integration.absences.leave_request import INTERMITTENT, LeaveRequest
from tests.integration.absences.loop import ITEM_PATH
from tests.integration.absences.reporting import Report, words

pytestmark = pytest.mark.django_db
NOT_SUBMITTED = "We did not submit your request. This question needs an answer first."


@pytest.fixture
def leave(browser, employee, today):
    return LeaveRequest(browser, employee)


@pytest.fixture
def too_late(leave, civil):
    """A finished request whose first day is one day too old since midnight."""
    leave.answer_all({"dates": {"first_day": "2/4/2026", "last_day": "3/27/2026"}})
    civil(2026, 3, 7, 0, 1)
    return leave


def sent(request):
    """Where Submit led, as the person sees it."""
    response = request.submit()
    assert response.status_code == 303
    assert not Case.objects.exists()
    return response.url, words(request.client.get(response.url))


def test_the_first_day_is_too_old_since_midnight(too_late):
    url, seen = sent(too_late)
    assert url == too_late.page("call", why="late-leave")
    assert NOT_SUBMITTED in seen
    assert "We saved your answers." in seen


def test_a_question_was_added_meanwhile(leave):
    leave.answer_all()
    wording = {"question_en": "Can you wear a mask?", "question_es": "¿Puede usar mascarilla?"}
    ProceduralQuestion.objects.create(journey="leave", kind="yes_no", starts_on=dt.date(2026, 3, 1), **wording)
    url, seen = sent(leave)
    assert url == leave.page("step", step="more")
    assert NOT_SUBMITTED in seen
    assert "Can you wear a mask?" in seen


def test_a_day_was_changed_in_another_tab(leave):
    leave.answer_all(INTERMITTENT, days=["3/10/2026"])
    day = next(key.split("/")[1] for key in leave.draft.answers if key.startswith("days/"))
    leave.post(leave.page("item", step="days", item=day, item_step="full-day"), {"full_day": "no"})
    url, seen = sent(leave)
    assert ITEM_PATH.search(url).groups() == (day, "times")
    assert NOT_SUBMITTED in seen


def test_an_answer_that_opens_while_it_is_being_sent(leave, monkeypatch):
    leave.answer_all()

    def unfinished(*_given, **_named):
        raise submission.Unfinished

    monkeypatch.setattr(submission, "submit", unfinished)
    response = leave.submit()
    assert response.url == leave.page("resume")
    assert NOT_SUBMITTED in words(leave.client.get(response.url, follow=True))


def test_opening_the_summary_says_nothing(too_late):
    response = too_late.get("check")
    assert response.url == too_late.page("call", why="late-leave")
    assert NOT_SUBMITTED not in words(too_late.client.get(response.url))


class TestAnAnswerThatLeadsElsewhereNow:
    """Whoever goes on with the request is shown who takes it, and can change the answer from there."""

    def agency_stops(self, leave):
        leave.answer_all()
        AgencyService.objects.filter(agency=leave.employee.agency).update(ends_on=dt.date(2026, 3, 5))

    @pytest.mark.parametrize("page", ["resume", "check"])
    def test_the_agency_takes_it(self, leave, page):
        self.agency_stops(leave)
        response = leave.get(page)
        assert response.url == leave.page("your_agency")
        seen = leave.client.get(response.url)
        assert "Ask your agency for this leave" in words(seen)
        assert "We saved your answers." in words(seen)

    def test_back_leads_to_the_question_and_no_further(self, leave):
        self.agency_stops(leave)
        question = leave.page("step", step="type")
        assert f'href="{question}"' in leave.get("your_agency").text
        assert leave.client.get(question).status_code == 200

    def test_a_first_day_leads_to_the_call_and_back_to_the_dates(self, too_late):
        response = too_late.get("resume")
        assert response.url == too_late.page("call", why="late-leave")
        dates = too_late.page("step", step="dates")
        assert f'href="{dates}"' in too_late.client.get(response.url).text
        assert too_late.client.get(dates).status_code == 200

    def test_a_day_of_a_list(self, leave, civil):
        leave.answer_all(INTERMITTENT, days=["2/4/2026"])
        civil(2026, 3, 7, 0, 1)
        response = leave.get("resume")
        assert response.url == leave.page("call", why="late-leave")
        day = next(key.split("/")[1] for key in leave.draft.answers if key.startswith("days/"))
        date = leave.page("item", step="days", item=day, item_step="date")
        assert f'href="{date}"' in leave.client.get(response.url).text
        assert leave.client.get(date).status_code == 200

    def test_a_day_to_day_report(self, browser, employee, today, civil):
        report = Report(browser, employee)
        report.answer_all("2026-02-27")
        civil(2026, 3, 15, 0, 1)
        assert browser.get(report.page("resume")).url == report.call("late")
        assert f'href="{report.url("date")}"' in browser.get(report.call("late")).text
