"""What a browser brings as its session, or as a browser we remember."""

import pytest
from django.conf import settings
from django.test import Client

from registration.models import RememberedBrowser, Session
from tests.factories.accounts import PASSWORD, make_account, newest_code, sign_in
from tests.factories.people import make_employee
from tests.integration.registration.ceremony import url

pytestmark = pytest.mark.django_db
NULS = settings.SESSION_COOKIE_NAME + '="' + r"\000" * 9 + '"'


def test_a_key_of_nuls_is_no_session():
    assert Client().get(url("login"), headers={"Cookie": NULS}).status_code == 200


def test_and_a_form_sent_with_it_begins_anew():
    answer = Client().post(url("login"), {"username": "nobody", "password": "x"}, headers={"Cookie": NULS})
    assert answer.status_code == 422


def test_a_row_tells_what_it_holds(client):
    user = make_account(make_employee())
    sign_in(client, user)
    assert Session.objects.get(user=user).get_decoded()["_auth_user_id"] == str(user.pk)


def test_a_browser_is_remembered_for_the_last_one_who_asked(client):
    """Its cookie holds one row's name: the row before it would stand on its owner's list for nothing."""
    for username in ("mgarcia", "psmith"):
        make_account(make_employee(), username=username)
        client.post(url("login"), {"username": username, "password": PASSWORD})
        client.post(url("login_code"), {"code": newest_code(), "remember": "on"})
        client.post(url("logout"))
    assert [row.user.username for row in RememberedBrowser.objects.all()] == ["psmith"]
