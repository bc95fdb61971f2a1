"""The same right code ten times at once: it opens one session."""

import threading

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from registration.models import AccountEvent, RecoveryCode
from tests.factories.accounts import make_account, newest_code
from tests.factories.factors import app_code, make_app, make_codes
from tests.factories.people import make_employee
from tests.integration.registration.factors.ways import give_password, url

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("at_once")]
TRIES = 10


@pytest.fixture(autouse=True)
def _room(settings):
    """Ten browsers of one person: nothing but the code itself may stop nine of them."""
    limits = {"code_misses": (1000, 900), "code_misses_ever": (1000, 10**6), "login_account": (100, 900)}
    settings.LIMITS = {**settings.LIMITS, **limits}


def at_once(acts):
    """What each act returned; they start together."""
    gate, answers = threading.Barrier(len(acts)), []

    def run(act):
        try:
            gate.wait(timeout=10)
            answers.append(act())
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(answers) == len(acts)
    return answers


def half_way(username="mgarcia"):
    client = Client()
    give_password(client, username)
    return client


def opened(answers):
    return [answer.url for answer in answers if answer.status_code == 302]


def test_an_apps_code():
    make_app(make_account(make_employee(), username="mgarcia"))
    clients, code = [half_way() for _ in range(TRIES)], app_code()
    answers = at_once([lambda client=client: client.post(url("login_app"), {"code": code}) for client in clients])
    assert opened(answers) == [reverse("home:home")]


def test_a_recovery_code():
    user = make_account(make_employee(), username="mgarcia")
    codes = make_codes(user)
    user.phones.all().delete()
    clients = [half_way() for _ in range(TRIES)]
    answers = at_once(
        [lambda client=client: client.post(url("login_recovery"), {"code": codes[0]}) for client in clients]
    )
    assert opened(answers) == [reverse("home:home")]
    assert RecoveryCode.objects.filter(used_at=None).count() == 9
    assert AccountEvent.objects.filter(kind="recovery_code_used").values("recipient").distinct().count() > 0


def test_a_code_that_was_sent():
    """Of one session, as a code belongs to the one that asked."""
    make_account(make_employee(), username="mgarcia")
    first = half_way()
    code = newest_code()
    clients = [Client() for _ in range(TRIES)]
    for client in clients:
        client.cookies = first.cookies.copy()
    answers = at_once([lambda client=client: client.post(url("login_code"), {"code": code}) for client in clients])
    assert opened(answers).count(reverse("home:home")) == 1
