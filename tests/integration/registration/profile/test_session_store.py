"""Sessions with an owner: what their rows say, who ends them, and what the ended browser learns."""

import datetime as dt

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from registration import session_store
from registration.models import Session, StaffRole
from tests.factories.accounts import PASSWORD, make_account, newest_code, sign_in
from tests.factories.people import make_employee
from tests.integration.registration.ceremony import url

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/131.0.0.0 Mobile Safari/537.36"
OTHER = "You logged in on another device."


@pytest.fixture
def user(settings):
    settings.LIMITS = {scope: (1000, window) for scope, (_hits, window) in settings.LIMITS.items()}
    return make_account(make_employee(), username="mgarcia")


def log_in(client=None, username="mgarcia", *, minutes_ago=0):
    """By password and code, as a phone does it."""
    client = client or Client(headers={"User-Agent": PHONE})
    client.post(url("login"), {"username": username, "password": PASSWORD})
    client.post(url("login_code"), {"code": newest_code()})
    if minutes_ago:
        session = client.session
        session["began"] -= minutes_ago * 60
        session.save()
    return client


def is_in(client):
    return client.get(reverse("home:home")).status_code == 200


def row_of(client):
    return Session.objects.get(session_key=client.session.session_key)


def test_a_session_knows_whose_it_is_and_on_what(user):
    before = timezone.now().replace(microsecond=0)
    row = row_of(log_in())
    assert (row.user_id, row.label) == (user.pk, "Chrome on Android")
    assert before <= row.began_at <= timezone.now()
    assert row.seen_at == row.began_at


def test_half_a_log_in_is_nobodys_session_yet(client, user):
    client.post(url("login"), {"username": "mgarcia", "password": PASSWORD})
    assert row_of(client).user_id is None


def test_its_name_in_addresses_stays_while_its_key_does(user):
    client = log_in()
    row = row_of(client)
    session = client.session
    session["seen"] += 1
    session.save()
    again = row_of(client)
    assert again.id == row.id
    assert again.seen_at == row.seen_at + dt.timedelta(seconds=1)
    session.cycle_key()
    assert Session.objects.get(user=user).id != row.id


def test_the_others_can_be_ended(user):
    mine, other, somebody = log_in(), log_in(), sign_in(Client(), make_account(make_employee()))
    assert session_store.end_others(user, keep=mine.session.session_key) == 1
    assert [is_in(browser) for browser in (mine, other, somebody)] == [True, False, True]
    assert session_store.end_others(user, keep=None) == 1
    assert not is_in(mine)


def test_a_fourth_session_ends_the_first_and_its_browser_learns_why(user):
    first, *others = (log_in(minutes_ago=n) for n in (9, 6, 3))
    assert is_in(first)
    newest = log_in()
    assert [is_in(browser) for browser in (first, *others, newest)] == [False, True, True, True]
    assert OTHER in first.get(url("login")).text
    assert OTHER not in first.get(url("login")).text  # said once
    assert is_in(log_in(first))


def test_one_that_is_over_takes_no_place(user):
    idle, *others = (log_in(minutes_ago=n) for n in (9, 6, 3))
    for browser in others:
        Session.objects.filter(session_key=browser.session.session_key).update(
            seen_at=timezone.now() - dt.timedelta(minutes=31)
        )
    log_in()
    assert is_in(idle)


def test_a_request_still_under_way_does_not_write_an_ended_session_back(user):
    first = log_in(minutes_ago=9)
    held = first.session
    held["seen"]  # loaded
    for n in (6, 3, 0):
        log_in(minutes_ago=n)
    with pytest.raises(UpdateError):
        held.save()
    assert not is_in(first)


def test_staff_are_not_limited_in_number():
    staff = make_account(username="desk", role=StaffRole.Role.SPECIALIST)
    browsers = [sign_in(Client(), staff) for _ in range(5)]
    assert [browser.get(reverse("notifications:staff_list")).status_code for browser in browsers] == [200] * 5


def test_an_unknown_cookie_says_nothing_of_another_device(client):
    client.cookies["__Host-sessionid"] = "x" * 32
    assert OTHER not in client.get(url("login")).text


def test_clearsessions_deletes_what_has_expired(user):
    client = log_in()
    Session.objects.filter(user=user).update(expire_date=timezone.now() - dt.timedelta(seconds=1))
    kept = sign_in(Client(), user)
    call_command("clearsessions")
    assert [row.session_key for row in Session.objects.filter(user=user)] == [kept.session.session_key]
    assert client.session.session_key != kept.session.session_key
