"""Two taps on a button without scripts: the second comes with the old session key and must not cost the new one."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import PASSWORD, make_account, newest_code
from tests.factories.people import make_employee
from tests.integration.registration.ceremony import facts_of, up_to_code, url

pytestmark = pytest.mark.django_db
COOKIE = settings.SESSION_COOKIE_NAME


def tap_twice(client, page, data):
    """Both answers; the second request left the browser before the first answer came."""
    second = Client()
    second.cookies[COOKIE] = client.cookies[COOKIE].value
    first = client.post(url(page), data)
    return first, second.post(url(page), data)


def test_on_the_code_at_login(client):
    make_account(make_employee(), username="mgarcia")
    client.post(url("login"), {"username": "mgarcia", "password": PASSWORD})
    first, second = tap_twice(client, "login_code", {"code": newest_code()})
    assert (first.url, second.url) == (reverse("home:home"), url("login"))
    assert COOKIE not in second.cookies
    assert client.get(second.url, follow=True).redirect_chain[-1][0] == reverse("home:home")


def test_on_the_employee_number(client):
    person = make_employee()
    client.post(url("register"), facts_of(person))
    first, second = tap_twice(client, "number", {"employee_number": person.employee_number})
    assert first.url == second.url == url("account")
    assert COOKIE not in second.cookies
    assert client.get(second.url).status_code == 200


def test_on_the_code_at_registering(client):
    code = up_to_code(client, make_employee())
    first, second = tap_twice(client, "code", {"code": code})
    assert first.url == second.url == url("done")
    assert COOKIE not in second.cookies
    assert client.get(second.url).status_code == 200


def test_a_key_that_nobody_knows_begins_at_page_1(client):
    client.cookies[COOKIE] = "a" * 32
    answer = client.post(url("number"), {"employee_number": "1"})
    assert answer.url == url("register")
