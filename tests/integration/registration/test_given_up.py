"""A registration whose hour is over begins again, and says why."""

import pytest
from django.test import Client
from django.utils import timezone

from registration.models import PendingRegistration
from tests.factories.accounts import PASSWORD
from tests.factories.people import make_employee
from tests.integration.registration.ceremony import choose_account, tell_facts, up_to_code, url

pytestmark = pytest.mark.django_db
WHY = "Too much time passed, so we deleted what you entered. Enter it again."


@pytest.mark.parametrize("page", ["account", "code"])
def test_a_late_page_leads_to_the_first_with_a_sentence(client, page):
    up_to_code(client, make_employee())
    PendingRegistration.objects.update(expires_at=timezone.now())
    answer = client.post(url(page), {"username": "late", "password": PASSWORD, "password2": PASSWORD, "code": "123456"})
    assert answer.url == url("register")
    assert WHY in client.get(answer.url).text
    assert WHY not in client.get(answer.url).text  # said once


def test_it_can_be_done_again_at_once(client):
    person = make_employee()
    up_to_code(client, person)
    PendingRegistration.objects.update(expires_at=timezone.now())
    client.get(url("phone"))
    assert tell_facts(client, person).url == url("account")
    assert choose_account(client).url == url("two_step")


def test_who_never_began_is_told_nothing():
    client = Client()
    assert WHY not in client.get(url("phone"), follow=True).text
