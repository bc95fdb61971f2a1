"""Who has not given five right facts, or a right password, has no phone texted or called: counted at the provider."""

import pytest
from django.test import Client
from django.urls import reverse

from notifications.deliver import deliver
from notifications.dispatch import tell_accounts
from notifications.models import Notice
from tests.factories.accounts import make_account
from tests.factories.people import make_employee
from tests.integration.registration.ceremony import PHONE, choose_account, tell_facts, url

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = ["phone", "code", "login_code", "confirm_code", "reset_code", "change_phone", "new_phone_code", "two_step"]
TRIES = 5


@pytest.fixture
def provider(standins, live_server, settings):
    standins.control(callbacks="delivered")
    settings.PUBLIC_BASE_URL = live_server.url
    settings.TWILIO_ORIGIN = standins.origin
    return standins


def sent(provider):
    """What reached the provider once everything that waits was sent."""
    tell_accounts()
    for notice in Notice.objects.filter(state=Notice.State.PENDING):
        deliver(notice.id)
    return [message for message in provider.messages() if message["channel"] in ("sms", "voice")]


def post_everywhere(client):
    addresses = [url(name) for name in PAGES]
    addresses += [reverse(f"registration:{name}", args=["a.b.c"]) for name in ("set_up_phone", "set_up_code")]
    for address in addresses * TRIES:
        for way in ("sms", "voice"):
            answer = client.post(address, {**PHONE, "send": way, "code": "123456"})
            assert answer.status_code in (302, 303, 410), (address, answer.status_code)


def test_an_anonymous_post_to_a_phone_page_sends_nothing(provider):
    make_account(make_employee())
    post_everywhere(Client())
    assert sent(provider) == []


def test_nor_after_facts_that_fit_nobody(provider):
    client = Client()
    assert tell_facts(client, make_employee(), number="987654").url == url("no_match")
    post_everywhere(client)
    assert sent(provider) == []


def test_nor_after_a_wrong_password_or_a_username_alone(provider):
    user, client = make_account(make_employee(), username="mgarcia"), Client()
    client.post(url("login"), {"username": "mgarcia", "password": "Wr0ng-wrong!"})
    client.post(url("reset"), {"username": "nobody-here", "send": "sms"})
    for name in ("phone", "code", "login_code", "confirm_code", "change_phone"):
        client.post(url(name), {**PHONE, "send": "sms"})
    client.post(url("reset_code"), {"send": "voice"})
    assert sent(provider) == []
    assert user.phones.get().number


def test_five_right_facts_send_one(provider):
    client = Client()
    tell_facts(client, make_employee())
    choose_account(client)
    client.post(url("phone"), {**PHONE, "send": "sms"})
    assert [message["channel"] for message in sent(provider)] == ["sms"]
