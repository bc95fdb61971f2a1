"""Questions that are worded otherwise, or added, after they were answered: they are asked again, and it is said why."""

import re

import pytest

from cases.models.confidential import LeaveFacts
from tests.integration.absences.leave_request import LeaveRequest
from tests.integration.absences.reporting import words
from tests.integration.absences.tabs import Tab
from tests.integration.absences.test_more import ask

pytestmark = pytest.mark.django_db
CHANGED = "This question has changed. Answer it again."


@pytest.fixture
def leave(browser, employee, today):
    return LeaveRequest(browser, employee)


def shown_on(page):
    return re.search(r'name="questions_shown" value="([^"]*)"', page.text)[1]


class TestAnOptionThatWent:
    @pytest.fixture
    def page(self, leave):
        """The question again, after the option that was chosen has another name."""
        question = ask("choice")
        leave.answer_all({"more": {question.field_name: "Road"}})
        question.options_en, question.options_es = ["Office", "Rail"], ["Oficina", "Tren"]
        question.save()
        return leave.get("step", step="more")

    def test_is_asked_again_without_an_error(self, page):
        assert page.status_code == 200
        assert CHANGED in words(page)
        assert "There is a problem" not in words(page)
        assert "Answer “" not in page.text

    def test_what_is_sent_without_an_answer_is_an_error(self, leave, page):
        response = leave.post(leave.page("step", step="more"), {})
        assert response.status_code == 422
        assert "Answer “Can you wear a mask?”" in words(response)


class TestAnOptionalQuestionAddedMeanwhile:
    def test_is_shown_before_it_counts_as_left_out(self, leave):
        first = ask()
        leave.answer_all({"more": {first.field_name: "yes"}})
        second = ask(question_en="Who was near you?", required=False)
        question = leave.page("step", step="more")
        assert leave.get("check").url == question
        page = leave.client.get(question)
        assert CHANGED in words(page)
        assert "Who was near you?" in words(page)
        assert shown_on(page) == f"{first.field_name} {second.field_name}"
        leave.post(question, {first.field_name: "yes", "questions_shown": shown_on(page)})
        case = leave.submitted()
        assert LeaveFacts.objects.get(case=case).facts["more"] == [
            ["Can you wear a mask?", "Yes"],
            ["Who was near you?", ""],
        ]

    def test_while_the_page_is_open(self, leave):
        first = ask()
        leave.answer_all({"more": {first.field_name: "yes"}})
        tab = Tab(leave.client, leave.page("change", step="more"))
        ask(question_en="Who was near you?", required=False)
        response = tab.send(**{first.field_name: "no", "questions_shown": shown_on(tab.page)})
        assert response.status_code == 422
        assert CHANGED in words(response)
        assert shown_on(response) != shown_on(tab.page)


def test_a_date_that_is_too_far_now_keeps_its_own_error(leave, settings):
    leave.answer_all()
    settings.LEAVE_FUTURE_DAYS = 1
    page = leave.get("step", step="dates")
    assert CHANGED not in words(page)
    assert "There is a problem" in words(page)
