"""Guessing at somebody's password: few tries are looked at, and its owner gets in all the same."""

import datetime as dt

import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse

from portal.limits.models import Counter
from tests.factories.accounts import PASSWORD, make_account, newest_code
from tests.factories.people import make_employee
from tests.integration.registration.ceremony import tell_facts, url

pytestmark = pytest.mark.django_db
ANOTHER_PASSWORD = "Rw4#plQz9tUm"
OFFICE = "198.51.100.7"  # the owner's own address, where a stranger sits as well


@pytest.fixture
def owner():
    return make_account(make_employee(), username="mgarcia")


def give_password(client, username="mgarcia", password=PASSWORD):
    return client.post(url("login"), {"username": username, "password": password})


def flood(times, *, address=OFFICE, username="mgarcia"):
    """How many of a stranger's tries were looked at."""
    stranger = Client(REMOTE_ADDR=address)
    return [give_password(stranger, username, "Wrong7!password").status_code for _ in range(times)].count(422)


def spray(times, *, address=OFFICE):
    """The same over many usernames."""
    return sum(flood(1, address=address, username=f"somebody{n}") for n in range(times))


def pass_time(minutes):
    Counter.objects.update(window_start=F("window_start") - dt.timedelta(minutes=minutes))


def gets_in(client, password=PASSWORD):
    """With the password, and a code unless the browser is remembered."""
    answer = give_password(client, password=password)
    if answer.status_code == 302 and answer.url == url("login_code"):
        answer = client.post(url("login_code"), {"code": newest_code()})
    return answer.status_code == 302 and client.get(reverse("home:home")).status_code == 200


@pytest.fixture
def remembered(owner):
    client = Client(REMOTE_ADDR=OFFICE)
    give_password(client)
    client.post(url("login_code"), {"code": newest_code(), "remember": "on"})
    client.post(url("logout"))
    pass_time(20)
    return client


def test_a_flood_from_many_addresses_leaves_the_owners_alone(owner):
    looked_at = sum(flood(8, address=f"203.0.{n}.9") for n in range(40))
    assert looked_at == 40 * 5
    assert gets_in(Client(REMOTE_ADDR=OFFICE))


def test_forged_headers_are_one_address(owner):
    stranger = Client(REMOTE_ADDR="203.0.113.9")
    answers = [
        stranger.post(
            url("login"),
            {"username": "mgarcia", "password": "Wrong7!password"},
            headers={"X-Forwarded-For": f"10.{n}.0.1", "Forwarded": f"for=10.{n}.0.1", "X-Real-IP": f"10.{n}.0.1"},
        ).status_code
        for n in range(30)
    ]
    assert answers.count(422) == 5


def test_at_the_owners_address_a_remembered_browser_gets_in_during_the_flood(remembered):
    assert flood(30) == 5
    spray(40)
    assert give_password(Client(REMOTE_ADDR=OFFICE)).status_code == 429
    assert gets_in(remembered)


def test_a_neighbour_who_tries_other_usernames_keeps_nobody_out(owner):
    spray(40)
    assert gets_in(Client(REMOTE_ADDR=OFFICE))


def test_but_after_a_flood_of_them_nothing_from_there_is_looked_at(owner):
    assert spray(120) == 100
    assert give_password(Client(REMOTE_ADDR=OFFICE)).status_code == 429
    assert gets_in(Client(REMOTE_ADDR="203.0.113.200"))


def test_another_browser_there_gets_in_a_quarter_of_an_hour_after_the_flood(owner):
    flood(30)
    client = Client(REMOTE_ADDR=OFFICE)
    refused = give_password(client)
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) <= 900
    pass_time(15)
    assert gets_in(client)


def test_or_during_the_flood_by_resetting_the_password(owner):
    flood(30)
    client = Client(REMOTE_ADDR=OFFICE)
    assert give_password(client).status_code == 429
    client.post(url("reset"), {"username": "mgarcia"})
    flood(30)
    client.post(url("reset_code"), {"code": newest_code()})
    client.post(url("reset_password"), {"password": ANOTHER_PASSWORD, "password2": ANOTHER_PASSWORD})
    flood(30)
    spray(40)
    assert gets_in(client, ANOTHER_PASSWORD)


def test_a_reset_opens_no_other_username(owner):
    other = make_account(make_employee(), username="other")
    client = Client(REMOTE_ADDR=OFFICE)
    client.post(url("reset"), {"username": "mgarcia"})
    client.post(url("reset_code"), {"code": newest_code()})
    client.post(url("reset_password"), {"password": ANOTHER_PASSWORD, "password2": ANOTHER_PASSWORD})
    flood(30, username=other.username)
    assert give_password(client, "other").status_code == 429


def test_who_reset_a_password_has_five_misses_as_well(owner):
    client = Client(REMOTE_ADDR=OFFICE)
    client.post(url("reset"), {"username": "mgarcia"})
    client.post(url("reset_code"), {"code": newest_code()})
    client.post(url("reset_password"), {"password": ANOTHER_PASSWORD, "password2": ANOTHER_PASSWORD})
    statuses = [give_password(client, password="Wrong7!password").status_code for _ in range(7)]
    assert statuses == [422] * 5 + [429] * 2


def test_asking_for_resets_locks_nobody_out_of_logging_in(owner, settings):
    settings.LIMITS = {**settings.LIMITS, "code_send_burst": (100, 1), "reset_address": (1000, 60)}
    for _ in range(12):
        stranger = Client(REMOTE_ADDR="203.0.113.9")
        stranger.post(url("reset"), {"username": "mgarcia"})
        for _ in range(6):
            stranger.post(url("reset_code"), {"code": "000000"})
    assert stranger.post(url("reset"), {"username": "mgarcia"}).status_code == 429
    assert gets_in(Client(REMOTE_ADDR=OFFICE))


def test_trying_to_register_locks_nobody_out_of_logging_in(owner):
    person = owner.employee
    for n in range(12):
        tell_facts(Client(REMOTE_ADDR=OFFICE), person, number=str(900 + n))
    assert gets_in(Client(REMOTE_ADDR=OFFICE))
