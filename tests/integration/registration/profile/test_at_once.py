"""One proof is for one change: of two that arrive at the same moment, the second is not made."""

import pytest
from django.test import Client

from registration.models import RecoverySheet, Session, User
from tests.factories.accounts import PASSWORD, make_account, sign_in
from tests.factories.people import make_employee
from tests.integration.cases.at_once import at_once
from tests.integration.registration.ceremony import url
from tests.integration.registration.profile.changing import prove

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("at_once")]
NEW = {"password": "zP4#moonlitKayak", "password2": "zP4#moonlitKayak"}


def same_session(client):
    """Another tab."""
    tab = Client()
    tab.cookies = client.cookies.copy()
    return tab


def test_a_password_and_recovery_codes_with_one_proof(client):
    user = make_account(make_employee(), username="mgarcia")
    prove(sign_in(client, user)).get(url("new_recovery"))
    one, other = same_session(client), same_session(client)
    deeds = iter([lambda: one.post(url("change_password"), NEW), lambda: other.post(url("new_recovery"))])
    answers = at_once(2, lambda: next(deeds)())
    assert [answer.status_code // 100 for answer in answers] == [3, 3]
    changed = not User.objects.get(pk=user.pk).check_password(PASSWORD)
    assert [changed, RecoverySheet.objects.filter(user=user).exists()].count(True) == 1
    assert Session.objects.filter(user=user).count() == 1


def test_what_was_not_changed_leaves_the_proof(client):
    user = make_account(make_employee(), username="mgarcia")
    prove(sign_in(client, user)).get(url("new_app"))
    assert client.post(url("new_app"), {"code": "000000"}).status_code == 422
    assert client.post(url("change_password"), NEW).url == url("profile")
    assert client.get(url("new_app")).url.startswith(url("confirm"))
