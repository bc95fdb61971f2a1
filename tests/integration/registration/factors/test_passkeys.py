"""Answers of a browser that prove nothing. The right ones are given by a real one (tests/browser)."""

import base64
import json
import time

import pytest
from django.test import Client

from registration.factors import passkeys
from registration.factors.methods import methods_of, passkeys_of
from tests.factories.accounts import make_account, newest_code, sign_in
from tests.factories.factors import make_app, make_passkey, prove
from tests.factories.people import make_employee
from tests.integration.registration.factors.ways import give_password, is_in, told, url

pytestmark = pytest.mark.django_db


def b64(value):
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def answer(credential_id=b"1 Xqzpasskey", **response):
    client_data = {"type": "webauthn.get", "challenge": b64(b"0" * 32), "origin": "https://evil.example"}
    return {
        "id": b64(credential_id),
        "rawId": b64(credential_id),
        "type": "public-key",
        "response": {
            "clientDataJSON": b64(json.dumps(client_data).encode()),
            "authenticatorData": b64(b"\0" * 37),
            "signature": b64(b"-"),
            **response,
        },
        "clientExtensionResults": {},
    }


BROKEN = [
    "-",
    "null",
    "[]",
    "{}",
    "17",
    '"x"',
    "[" * 20_000,
    json.dumps(answer()),
    json.dumps({**answer(), "rawId": 7}),
    json.dumps({**answer(), "response": None}),
    json.dumps({**answer(), "response": []}),
    json.dumps(answer(authenticatorData="!!")),
    json.dumps(answer(authenticatorData="")),
    json.dumps(answer(clientDataJSON=b64(b"\xff\xfe"))),
    json.dumps(answer(clientDataJSON=b64(b"[]"))),
    json.dumps(answer(attestationObject=b64(b"\xa0"))),
    json.dumps(answer(attestationObject=b64(b"\xff" * 50), transports=["x"])),
    json.dumps(answer(attestationObject=b64(b"\xbf" * 20))),
    json.dumps(answer(attestationObject=b64(b"\x81" * 14_000))),
]


@pytest.fixture
def user():
    return make_account(make_employee(), username="mgarcia")


@pytest.mark.parametrize("credential", BROKEN)
def test_what_is_no_signature_opens_nothing(client, user, credential):
    mine = make_passkey(user)
    give_password(client)
    client.get(url("login_passkey"))
    credential = credential.replace(b64(b"1 Xqzpasskey"), b64(bytes(mine.credential_id)))
    response = client.post(url("login_passkey"), {"credential": credential})
    assert (response.status_code, "We could not check your passkey" in response.text) == (422, True)
    assert not is_in(client)


@pytest.mark.parametrize("credential", BROKEN)
def test_what_is_no_passkey_is_not_kept(client, user, credential):
    sign_in(client, user)
    prove(client)
    client.get(url("new_passkey"))
    response = client.post(url("new_passkey"), {"credential": credential, "name": "Mine"})
    assert (response.status_code, "No passkey was made" in response.text) == (422, True)
    assert not passkeys_of(user)
    assert told("method_added") == []


def test_nothing_pressed_is_said_in_words(client, user):
    make_passkey(user)
    give_password(client)
    response = client.post(url("login_passkey"), {"credential": ""})
    assert "Use your passkey, or choose another way" in response.text


def test_another_persons_passkey_is_no_use(client, user):
    make_passkey(user)
    theirs = make_passkey(make_account(make_employee()), "theirs")
    give_password(client)
    client.get(url("login_passkey"))
    given = json.dumps(answer(bytes(theirs.credential_id)))
    assert client.post(url("login_passkey"), {"credential": given}).status_code == 422


def test_each_page_asks_for_something_new_of_this_account_alone(client, user):
    mine = make_passkey(user)
    make_passkey(make_account(make_employee()), "theirs")
    give_password(client)
    asked = [json.loads(client.get(url("login_passkey")).context["options"]) for _ in range(2)]
    assert asked[0]["challenge"] != asked[1]["challenge"]
    assert [one["id"] for one in asked[0]["allowCredentials"]] == [b64(bytes(mine.credential_id))]
    assert asked[0]["userVerification"] == "preferred"


def test_an_answer_after_five_minutes_is_not_looked_at(client, user):
    make_passkey(user)
    give_password(client)
    client.get(url("login_passkey"))
    session = client.session
    session[passkeys.ASKED] = {**session[passkeys.ASKED], "at": int(time.time()) - 301}
    session.save()
    assert client.post(url("login_passkey"), {"credential": json.dumps(answer())}).status_code == 422


def test_what_was_asked_for_a_new_one_is_not_signed_by_an_old_one(client, user):
    sign_in(client, user)
    prove(client)
    client.get(url("new_passkey"))
    assert client.session[passkeys.ASKED]["kind"] == "new"
    make_passkey(user)
    other = Client()
    give_password(other)
    session = other.session
    session[passkeys.ASKED] = client.session[passkeys.ASKED]
    session.save()
    assert other.post(url("login_passkey"), {"credential": json.dumps(answer())}).status_code == 422


def test_it_comes_first_and_a_text_goes_out_only_when_asked(client, user):
    make_passkey(user)
    make_app(user)
    assert give_password(client).url == url("login_passkey")
    assert told("code") == []
    client.post(url("login_code"), {"send": "sms"})
    client.post(url("login_code"), {"code": newest_code()})
    assert is_in(client)


def test_one_that_was_switched_off_is_none(client, user):
    passkey = make_passkey(user)
    passkey.confirmed = False
    passkey.save()
    assert not methods_of(user).passkeys
    assert give_password(client).url == url("login_code")
