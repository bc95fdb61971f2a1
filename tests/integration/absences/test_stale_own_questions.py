"""The employer's own questions, sent while they are not asked: what was typed is kept, as the page says."""

import pytest
from django.urls import reverse

from tests.factories.accounts import sign_in
from tests.integration.absences.leave_request import LeaveRequest
from tests.integration.absences.reporting import words
from tests.integration.absences.tabs import Tab
from tests.pages.world import OWN_QUESTIONS, ask_in_own_words

pytestmark = pytest.mark.django_db
QUESTION = f"q{OWN_QUESTIONS['leave']}"


@pytest.fixture
def request_and_tab(browser, employee, today):
    """A finished request whose owner left a page of own questions open, and then made an earlier question open."""
    ask_in_own_words()
    request = LeaveRequest(browser, employee)
    request.answer_all({"more": {QUESTION: "yes"}})
    tab = Tab(browser, request.page("change", step="more"))
    request.change("type", need="family_health")
    return request, tab


def test_from_another_tab(request_and_tab):
    request, tab = request_and_tab
    page = request.client.get(tab.send(**{QUESTION: "no"}).url)
    assert "If it is asked again, you will find what you typed." in words(page)
    assert request.draft.unchecked["more"][QUESTION] == ["no"]


def test_after_the_session_has_ended(request_and_tab):
    request, tab = request_and_tab
    request.client.post(reverse("registration:logout"))
    tab.send(**{QUESTION: "no"})
    sign_in(request.client, request.employee.user)
    assert request.draft.unchecked["more"][QUESTION] == ["no"]
