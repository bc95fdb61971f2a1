"""Right codes and new passwords that arrive at the same moment: one of each kind counts."""

import itertools

import pytest
from django.test import Client

from registration.models import AccountEvent
from tests.factories.accounts import make_account, newest_code
from tests.factories.people import make_employee
from tests.integration.cases.at_once import at_once
from tests.integration.registration.ceremony import url
from tests.integration.registration.recovery.walks import begin, choose, give_code

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("at_once")]


@pytest.fixture(autouse=True)
def _no_waiting(settings):
    settings.LIMITS = {**settings.LIMITS, "code_send_burst": (100, 1)}


@pytest.fixture
def user():
    return make_account(make_employee(), username="mgarcia")


def same_session(client):
    """Another tab."""
    other = Client()
    other.cookies = client.cookies.copy()
    return other


def test_a_code_typed_in_six_tabs_at_once_is_right_once(client, user):
    begin(client, "mgarcia")
    code, tabs = newest_code(), iter([same_session(client) for _ in range(6)])
    answers = at_once(6, lambda: give_code(next(tabs), code))
    assert len(answers) == 6
    assert [getattr(answer, "url", "") for answer in answers].count(url("reset_password")) == 1


def test_of_four_proved_resets_at_once_one_changes_the_password(user):
    browsers = [Client() for _ in range(4)]
    for browser in browsers:
        begin(browser, "mgarcia")
        assert give_code(browser).url == url("reset_password")
    which, number = iter(browsers), itertools.count()
    passwords = [f"Tw{n}#lark-Moss4" for n in range(4)]
    answers = at_once(4, lambda: choose(next(which), passwords[next(number)]))
    assert sorted(answer.url for answer in answers) == [url("login")] + [url("reset")] * 3
    user.refresh_from_db()
    assert sum(user.check_password(password) for password in passwords) == 1
    assert AccountEvent.objects.filter(kind="password_changed").count() == 2  # one to each address
