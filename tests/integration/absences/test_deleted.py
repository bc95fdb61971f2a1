"""Pages sent after their request was deleted in another tab."""

import re
import uuid

import pytest
from django.urls import reverse

from absences.models import Draft
from tests.factories.people import log_in, make_employee, make_user
from tests.integration.absences.reporting import words

pytestmark = pytest.mark.django_db
HOME = reverse("home:home")


def token_of(page):
    return re.search(r'name="_made" value="([^"]+)"', page.text)[1]


@pytest.fixture
def tab(report):
    """A question as another tab still shows it: where it sends, and with which token."""
    return report.url("who"), token_of(report.get("who"))


def test_an_answer_says_what_became_of_the_request(report, tab):
    report.client.post(report.page("delete"))
    page = report.client.post(tab[0], {"_made": tab[1], "who": "myself"})
    assert page.status_code == 410
    assert "You deleted this request" in words(page)
    assert f'href="{reverse("absences:before")}"' in page.text
    assert not Draft.objects.exists()


def test_submit_says_so_too(report):
    report.answer_all("2026-03-06")
    token = token_of(report.client.get(report.page("check")))
    report.client.post(report.page("delete"))
    page = report.client.post(report.page("check"), {"_made": token})
    assert page.status_code == 410
    assert "You deleted this request" in words(page)


@pytest.mark.parametrize("page", ["delete", "start_over"])
def test_deleting_twice_is_deleting(report, page):
    token = token_of(report.client.get(report.page(page)))
    report.client.post(report.page("delete"))
    response = report.client.post(report.page(page), {"_made": token})
    assert response.url == HOME
    assert "We deleted your request." in report.client.get(HOME).text


def test_it_is_no_page_without_a_token_of_ours(report, tab):
    report.client.post(report.page("delete"))
    for token in ("", "forged"):
        assert report.client.post(tab[0], {"_made": token, "who": "myself"}).status_code == 404
    assert report.client.get(tab[0]).status_code == 404


def test_it_is_no_page_of_another_request_or_person(report, tab):
    another = tab[0].replace(str(report.id), str(uuid.uuid4()))
    assert report.client.post(another, {"_made": tab[1]}).status_code == 404
    assert report.client.post(tab[0].replace("/absence/", "/leave/"), {"_made": tab[1]}).status_code == 404
    report.client.post(report.page("delete"))
    stranger = log_in(type(report.client)(), make_user(make_employee()))
    assert stranger.post(tab[0], {"_made": tab[1]}).status_code == 404
