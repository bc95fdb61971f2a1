"""Two taps on "Save" without scripts: the second comes with the key from before the change, and is not made."""

import datetime as dt

import pytest
from django.conf import settings as portal_settings
from django.test import Client

from registration.models import AccountEvent, Session
from tests.factories.accounts import make_account, sign_in
from tests.factories.people import make_employee
from tests.integration.registration.ceremony import url
from tests.integration.registration.profile.changing import prove

pytestmark = pytest.mark.django_db
NEW = {"password": "zP4#moonlitKayak", "password2": "zP4#moonlitKayak"}
COOKIE = portal_settings.SESSION_COOKIE_NAME
LOG_IN_AGAIN = "You saved your changes. Log in again."


@pytest.fixture
def user():
    return make_account(make_employee(), username="mgarcia")


@pytest.fixture
def saved(client, user):
    """(the first tap's browser, a second one's answer): both with the key they had before."""
    prove(sign_in(client, user))
    key = client.cookies[COOKIE].value
    assert client.post(url("change_password"), NEW).url == url("profile")
    late = Client()
    late.cookies[COOKIE] = key
    return client, late, late.post(url("change_password"), NEW)


def test_it_changes_nothing_and_is_not_let_in(saved):
    _client, late, answer = saved
    assert (answer.status_code, answer.url.partition("?")[0]) == (303, url("login"))
    told = AccountEvent.objects.filter(kind="password_changed")
    assert sorted(event.channel for event in told) == ["email", "sms"]  # once
    assert late.get(url("profile")).status_code == 302


def test_the_answer_does_not_take_the_new_key_from_the_browser(saved):
    client, _late, answer = saved
    assert COOKIE not in answer.cookies
    assert "We saved your changes." in client.get(url("login"), follow=True).text


def test_a_browser_that_never_got_the_new_key_is_told(saved):
    _client, late, answer = saved
    page = late.get(answer.url)
    assert LOG_IN_AGAIN in page.text
    assert f'name="next" value="{url("profile")}"' in page.text
    assert LOG_IN_AGAIN not in late.get(answer.url).text  # once


def test_a_minute_later_it_is_a_key_like_any_unknown_one(saved, user):
    _client, late, _answer = saved
    Session.objects.filter(user=None, began_at=None).update(expire_date=dt.datetime.now(tz=dt.UTC))
    assert LOG_IN_AGAIN not in late.get(url("login")).text
