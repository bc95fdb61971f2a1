"""A change that comes too late is not made; what was typed waits for the same person, a password never."""

import time

import pytest
from django.test import Client

from registration.models import Session
from tests.factories.accounts import PASSWORD, make_account, sign_in
from tests.factories.people import make_employee
from tests.integration.registration.ceremony import url
from tests.integration.registration.profile.changing import PHONE, code_for, prove, told

pytestmark = pytest.mark.django_db
KEPT = "You were logged out. We kept what you typed. Check it and continue."
AGAIN = "Too much time passed, and we did not save your change. Enter it again."
NEW_PASSWORD = "zP4#moonlitKayak"


@pytest.fixture
def user(settings):
    settings.LIMITS = {scope: (1000, window) for scope, (_hits, window) in settings.LIMITS.items()}
    return make_account(make_employee(), username="mgarcia")


def expire(client):
    session = client.session
    session["seen"] = int(time.time()) - 3600
    session.save()


def log_in(client, user):
    client.post(url("login"), {"username": user.username, "password": PASSWORD}, follow=True)
    assert client.post(url("login_code"), {"code": code_for(user.phones.get().number)}).status_code in {302, 303}


def test_what_was_typed_is_there_again_after_logging_in(client, user):
    prove(sign_in(client, user))
    client.get(url("change_phone"))
    expire(client)
    answer = client.post(url("change_phone"), PHONE)
    assert answer.url == "/login/?next=/profile/phone/"
    log_in(client, user)
    page = prove(client).get(url("change_phone")).text
    assert KEPT in page
    assert "(617) 555-0132" in page
    assert "(617) 555-0132" not in client.get(url("change_phone")).text  # once
    assert not told("code") & {"+16175550132"}


def test_it_is_there_after_the_proof_was_asked_again(client, user):
    prove(sign_in(client, user), minutes_ago=11)
    answer = client.post(url("change_email"), {"email": "new@example.org"})
    assert answer.url.startswith("/profile/confirm/")
    page = prove(client).get(url("change_email")).text
    assert "We kept what you typed. Check it and continue." in page
    assert "You were logged out" not in page
    assert "new@example.org" in page


@pytest.mark.parametrize("how", ["session", "proof"])
def test_a_password_is_asked_again_and_kept_nowhere(client, user, how):
    prove(sign_in(client, user), minutes_ago=11 if how == "proof" else 0)
    if how == "session":
        expire(client)
    client.post(url("change_password"), {"password": NEW_PASSWORD, "password2": NEW_PASSWORD})
    data = "".join(str(dict(client.session.items())) for _row in Session.objects.all())
    assert NEW_PASSWORD not in data
    if how == "session":
        log_in(client, user)
    page = prove(client).get(url("change_password")).text
    assert AGAIN in page
    assert NEW_PASSWORD not in page
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_somebody_else_at_the_same_browser_does_not_see_it(client, user):
    other = make_account(make_employee(), username="other")
    prove(sign_in(client, user))
    expire(client)
    client.post(url("change_email"), {"email": "new@example.org"})
    log_in(client, other)
    page = prove(client).get(url("change_email")).text
    assert "new@example.org" not in page
    assert KEPT not in page


def test_it_is_sealed_where_it_waits(client, user):
    prove(sign_in(client, user))
    expire(client)
    client.post(url("change_email"), {"email": "new@example.org"})
    assert "late_change" in client.session
    assert "example.org" not in str(dict(client.session.items()))


def test_a_stranger_leaves_nothing(user):
    client = Client()
    client.post(url("change_email"), {"email": "new@example.org"})
    assert "late_change" not in client.session


def test_nor_after_somebody_elses_session_ended_in_this_browser(client, user):
    """Who left the screen when it was over comes back to nothing that a stranger typed meanwhile."""
    prove(sign_in(client, user))
    expire(client)
    client.get(url("profile"))
    client.post(url("change_email"), {"email": "stranger@example.org"})
    assert "late_change" not in client.session


def test_what_the_time_out_sends_of_its_own_is_only_kept(client, user):
    """By the script's clock the session was over, by ours it is not yet."""
    prove(sign_in(client, user))
    answer = client.post(url("change_phone"), {**PHONE, "_save_later": "1"})
    assert (answer.status_code, answer.url) == (303, url("change_phone"))
    assert not told("code")
    assert "(617) 555-0132" in client.get(url("change_phone")).text
