"""A landline shows itself: in Twilio's answer, or in the report that its carrier sends later. Then Call Me helps."""

import pytest

from notifications.deliver import deliver
from notifications.dispatch import tell_accounts
from notifications.models import Notice
from registration.models import Challenge, PhoneDevice, User
from tests.factories.people import make_employee
from tests.fakes.standins import wait_until
from tests.integration.registration.ceremony import PHONE, choose_account, give_code, tell_facts, url

pytestmark = pytest.mark.django_db(transaction=True)
KNOWN_TO_TWILIO, KNOWN_TO_ITS_CARRIER = "212-555-0114", "212-555-0115"
CANNOT_TEXT = "We cannot text this number. Choose “Call Me” or use a different number"


@pytest.fixture
def portal(standins, live_server, settings):
    """The stand-in's reports reach us over HTTP, signed."""
    standins.control(callbacks="delivered")
    settings.PUBLIC_BASE_URL = live_server.url
    settings.TWILIO_ORIGIN = standins.origin
    return standins


def send_out():
    tell_accounts()
    for notice in Notice.objects.filter(state=Notice.State.PENDING):
        deliver(notice.id)


def delivery():
    return Challenge.objects.latest("created_at").delivery


def ask_for_a_text(client, phone):
    tell_facts(client, make_employee())
    choose_account(client)
    assert client.post(url("phone"), {**PHONE, "phone": phone, "send": "sms"}).url == url("code")
    send_out()


@pytest.mark.parametrize(("phone", "code"), [(KNOWN_TO_TWILIO, "21614"), (KNOWN_TO_ITS_CARRIER, "30006")])
def test_a_landline_is_offered_a_call_that_works(portal, client, phone, code):
    ask_for_a_text(client, phone)
    wait_until(lambda: delivery() == "failed", what="the refusal")
    assert Notice.objects.get().error_code == code
    page = client.get(url("code"))
    assert CANNOT_TEXT in page.text
    assert '<button class="usa-button" type="submit" name="send" value="voice">Call Me</button>' in page.text
    Notice.objects.all().delete()
    assert client.post(url("code"), {"send": "voice"}).url == url("code")
    send_out()
    (call,) = portal.messages("voice")
    assert CANNOT_TEXT not in client.get(url("code")).text
    spoken = "".join(sign for sign in call["body"] if sign.isdigit())
    assert give_code(client, spoken[:6]).url == url("done")
    assert PhoneDevice.objects.get(user=User.objects.get()).prefers == "voice"


def test_a_mobile_is_told_nothing(portal, client):
    ask_for_a_text(client, "212-555-0116")
    wait_until(lambda: delivery() == "delivered", what="the report")
    page = client.get(url("code"))
    assert CANNOT_TEXT not in page.text
    assert "Call me instead" in page.text
