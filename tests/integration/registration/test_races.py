"""Many at once, over real transactions: one right code lets one in, one person gets one account."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from registration import enrolment
from registration.models import Challenge, PhoneDevice, User
from tests.factories.accounts import PASSWORD, make_account, newest_code
from tests.factories.people import make_employee
from tests.integration.registration.ceremony import give_code, tell_facts, up_to_code, url

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 10


def at_once(one, browsers):
    """What each browser was answered. Every thread ends with its connection closed."""

    def alone(browser):
        try:
            return one(browser)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(browsers)) as pool:
        return list(pool.map(alone, browsers))


def copies(client):
    """The same session in as many tabs, or in as many thieves' hands."""
    browsers = [Client() for _ in range(MANY)]
    for browser in browsers:
        browser.cookies.update(client.cookies)
        browser.get("/healthz/")  # loads the middleware: the requests that count begin together
    return browsers


def test_ten_right_codes_at_once_make_one_account(client):
    code = up_to_code(client, make_employee())
    answers = at_once(lambda browser: give_code(browser, code), copies(client))
    assert [getattr(answer, "url", "") for answer in answers].count(url("done")) == 1
    assert (User.objects.count(), PhoneDevice.objects.count()) == (1, 1)
    assert Challenge.objects.exclude(used_at=None).count() == 1


def test_ten_right_codes_at_once_let_one_in(client):
    user = make_account(make_employee(), username="mgarcia")
    client.post(url("login"), {"username": user.username, "password": PASSWORD})
    code, browsers = newest_code(), copies(client)
    at_once(lambda browser: browser.post(url("login_code"), {"code": code}), browsers)
    inside = [browser.get(reverse("home:home")).status_code for browser in browsers]
    assert inside.count(200) == 1


def test_ten_ends_at_once_of_one_persons_registering_make_one_account():
    person, made = make_employee(), []
    for n in range(MANY):
        pending = enrolment.begin(person, terms_version="1/1", language="en")
        pending.username, pending.password, pending.phone = f"person{n}", "!", f"+161755501{n:02}"
        pending.save()
        made.append(pending)

    def end(pending):
        try:
            return enrolment.create_account(pending, language="en")
        except enrolment.AlreadyRegistered:
            return None

    winners = [user for user in at_once(end, made) if user]
    assert [user.employee for user in winners] == [person]
    assert (User.objects.count(), PhoneDevice.objects.count()) == (1, 1)


def test_ten_misses_at_once_count_five(client):
    person = make_employee()
    browsers = [Client(REMOTE_ADDR=f"10.0.{n}.9") for n in range(MANY)]
    numbers = {id(browser): str(700 + n) for n, browser in enumerate(browsers)}
    answers = at_once(lambda browser: tell_facts(browser, person, number=numbers[id(browser)]), browsers)
    assert sorted(answer.status_code for answer in answers) == [302] * 5 + [429] * 5
