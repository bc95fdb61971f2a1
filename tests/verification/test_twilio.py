"""The stand-in answers as Twilio's public description says, and our client reads those answers.

Twilio's description of its API (1.9 MB, MIT) is not kept here: what we rely on is written down below from its public
reference, https://www.twilio.com/docs/messaging/api/message-resource and …/docs/voice/api/call-resource. With
TWILIO_OPENAPI=FILE the stand-in is checked against the description itself as well.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
import requests
from openapi_core import OpenAPI
from openapi_core.contrib.requests import RequestsOpenAPIRequest, RequestsOpenAPIResponse

from portal.lib.telephony import Twilio
from tests.fakes.standins import ACCOUNT, TOKEN, running_standins

FILE = os.environ.get("TWILIO_OPENAPI", "")
TO, FROM = "+14135550123", "+15005550006"
BASE = f"/2010-04-01/Accounts/{ACCOUNT}"
TEXT = {"To": TO, "From": FROM, "Body": "Absence notice. Ref ABC234"}
CALL = {"To": TO, "From": FROM, "Twiml": "<Response><Say>4, 5, 9, 1, 3, 9</Say></Response>"}
RFC_2822 = r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d \+0000"
COMMON = {"account_sid": r"AC[0-9a-f]{32}", "to": r"\+\d+", "from": r"\+\d+", "date_created": RFC_2822}
MESSAGE = COMMON | {"sid": r"(SM|MM)[0-9a-f]{32}", "body": r".+", "date_updated": RFC_2822}
MESSAGE |= {"status": "accepted|scheduled|queued|sending|sent|failed|delivered|undelivered|canceled"}
CALLED = COMMON | {"sid": r"CA[0-9a-f]{32}"}
CALLED |= {"status": "queued|ringing|in-progress|completed|busy|failed|no-answer|canceled"}


@pytest.fixture(scope="module")
def standins(tmp_path_factory):
    with running_standins(tmp_path_factory.mktemp("twilio")) as running:
        yield running


@pytest.fixture(autouse=True)
def _quiet(standins):
    standins.quiet()


def ask(standins, method, path, form=None, *, token=TOKEN):
    return requests.request(method, standins.origin + path, data=form, auth=(ACCOUNT, token), timeout=5)


def exchanges(standins):
    """Every kind of request our client makes, with the status Twilio answers it with."""
    text = ask(standins, "POST", f"{BASE}/Messages.json", TEXT).json()["sid"]
    call = ask(standins, "POST", f"{BASE}/Calls.json", CALL).json()["sid"]
    return [
        ("POST", f"{BASE}/Messages.json", TEXT, 201, MESSAGE),
        ("POST", f"{BASE}/Calls.json", CALL, 201, CALLED),
        ("GET", f"{BASE}/Messages/{text}.json", None, 200, MESSAGE),
        ("GET", f"{BASE}/Calls/{call}.json", None, 200, CALLED),
    ]


def test_answers_have_the_fields_we_rely_on(standins):
    for method, path, form, status, fields in exchanges(standins):
        answer = ask(standins, method, path, form)
        assert answer.status_code == status
        for name, pattern in fields.items():
            assert re.fullmatch(pattern, answer.json()[name]), (path, name)


def test_lists_are_newest_first_and_by_number(standins):
    for body in ("first", "second"):
        ask(standins, "POST", f"{BASE}/Messages.json", TEXT | {"To": "+14135550177", "Body": body})
    rows = ask(standins, "GET", f"{BASE}/Messages.json?To=%2B14135550177").json()
    assert [row["body"] for row in rows["messages"]] == ["second", "first"]
    assert rows["next_page_uri"] is None


@pytest.mark.parametrize(
    ("form", "token", "status", "code"),
    [
        (TEXT, "another", 401, 20003),
        (TEXT | {"To": "+15005550001"}, TOKEN, 400, 21211),
        (TEXT | {"To": "+15005550009"}, TOKEN, 400, 21614),
        (TEXT | {"To": "413"}, TOKEN, 400, 21211),
        (TEXT | {"Body": ""}, TOKEN, 400, 21602),
    ],
)
def test_refusals_have_twilios_shape(standins, form, token, status, code):
    standins.control(numbers={"+15005550001": 21211, "+15005550009": 21614})
    answer = ask(standins, "POST", f"{BASE}/Messages.json", form, token=token)
    assert (answer.status_code, answer.json()["code"], answer.json()["status"]) == (status, code, status)


def test_our_client_reads_what_it_needs(standins):
    twilio = Twilio(account=ACCOUNT, token=TOKEN, sender=FROM, origin=standins.origin)
    sent = twilio.text(to=TO, body=TEXT["Body"], callback="http://127.0.0.1:9/")
    rang = twilio.call(to=TO, twiml=CALL["Twiml"], callback="http://127.0.0.1:9/")
    assert [message["sid"] for message in standins.messages()] == [sent.provider_id, rang.provider_id]
    assert (twilio.text_report(sent.provider_id).state, twilio.call_report(rang.provider_id).state) == (
        "queued",
        "queued",
    )


@pytest.mark.skipif(not FILE, reason="TWILIO_OPENAPI names no copy of Twilio's description of its API")
def test_the_stand_in_keeps_to_twilios_own_description(standins):
    description = OpenAPI.from_dict(json.loads(Path(FILE).read_text()))
    for method, path, form, _status, _fields in exchanges(standins):
        asked = RequestsOpenAPIRequest(
            requests.Request(method, "https://api.twilio.com" + path, data=form, auth=(ACCOUNT, TOKEN))
        )
        description.validate_request(asked)
        answer = ask(standins, method, path, form)
        description.validate_response(asked, RequestsOpenAPIResponse(answer))
