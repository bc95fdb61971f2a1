"""Whoever has the old password cannot keep its owner out: a proved reset forgives what they used up."""

import pytest
from django.test import Client

from portal.limits import counters
from registration import guesses, verification
from tests.factories.accounts import make_account, newest_code
from tests.factories.people import make_employee
from tests.integration.registration.ceremony import url
from tests.integration.registration.recovery.walks import NEW, begin, give_code, reset

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return make_account(make_employee(), username="mgarcia")


def gets_in():
    owner = Client()
    answer = owner.post(url("login"), {"username": "mgarcia", "password": NEW})
    if answer.status_code != 302:
        return False
    owner.post(url("login_code"), {"code": newest_code()})
    return owner.get(url("profile")).status_code == 200


def test_the_days_codes(user):
    number = user.phones.get().number
    for scope, key in verification.send_limits("login", subject=f"user {user.pk}", phone=number):
        for _ in range(21):
            counters.hit(scope, key)
    reset(Client(), "mgarcia")
    assert gets_in()


def test_misses_in_a_row(user):
    run = guesses.run_of("login", f"user {user.pk}")
    for _ in range(100):
        for scope in guesses.SCOPES:
            counters.hit(scope, run)
    reset(Client(), "mgarcia")
    assert gets_in()


def test_a_right_code_alone_forgives_nothing(user):
    run = guesses.run_of("login", f"user {user.pk}")
    for _ in range(10):
        guesses.count(run)
    client = Client()
    begin(client, "mgarcia")
    give_code(client)
    assert guesses.locked(run)
