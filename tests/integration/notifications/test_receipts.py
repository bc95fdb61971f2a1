"""Twilio's reports: signed, repeated, forged, in any order."""

import itertools
import uuid

import pytest
from django.test import Client
from twilio.request_validator import RequestValidator

from cases.models.case import Task
from notifications.models import Notice
from registration.models import Challenge
from tests.factories.notices import code, to_supervisor
from tests.integration.notifications.test_deliver import a_challenge

pytestmark = pytest.mark.django_db
SID = "SM" + "1" * 32


@pytest.fixture
def report(settings):
    client = Client(enforce_csrf_checks=True)  # Twilio has no token of ours

    def send(notice_id, form, *, token=settings.TWILIO_AUTH_TOKEN, signed_for=None):
        path = f"/hooks/twilio/{notice_id}/"
        signature = RequestValidator(token).compute_signature(settings.PUBLIC_BASE_URL + (signed_for or path), form)
        return client.post(path, form, headers={"X-Twilio-Signature": signature})

    return send


def message(status, **more):
    return {"MessageSid": SID, "MessageStatus": status, "To": "+14135550123", **more}


def sent(**fields):
    return to_supervisor(state=Notice.State.SENT, provider_id=SID, **fields)


def test_a_report_of_delivery_ends_the_notice(report):
    notice = sent()
    assert report(notice.id, message("delivered")).status_code == 204
    notice.refresh_from_db()
    assert (notice.state, bool(notice.final_at)) == (Notice.State.DELIVERED, True)


@pytest.mark.parametrize(
    "wrong", [{"token": "another"}, {"signed_for": "/hooks/twilio/"}, {"signed_for": f"/hooks/twilio/{uuid.uuid4()}/"}]
)
def test_a_forged_report_changes_nothing(report, wrong):
    notice = sent()
    assert report(notice.id, message("delivered"), **wrong).status_code == 403
    notice.refresh_from_db()
    assert notice.state == Notice.State.SENT


def test_an_unsigned_report_is_refused(client):
    assert client.post(f"/hooks/twilio/{sent().id}/", message("delivered")).status_code == 403


def test_reports_are_posted(client):
    assert client.get(f"/hooks/twilio/{uuid.uuid4()}/").status_code == 405


def test_an_unknown_notice_is_nobodys_fault(report):
    assert report(uuid.uuid4(), message("delivered")).status_code == 204


@pytest.mark.parametrize("order", list(itertools.permutations(["queued", "sent", "delivered"])))
def test_reports_in_any_order_end_the_same(report, order):
    notice = sent()
    for status in order:
        report(notice.id, message(status))
    notice.refresh_from_db()
    assert (notice.state, notice.provider_state) == (Notice.State.DELIVERED, "delivered")


def test_a_repeated_report_changes_nothing(report):
    notice = sent()
    for _ in range(5):
        report(notice.id, message("undelivered", ErrorCode="30005"))
    notice.refresh_from_db()
    assert (notice.state, notice.error_code, Task.objects.count()) == (Notice.State.UNDELIVERED, "30005", 1)


@pytest.mark.parametrize("state", ["pending", "sending", "unknown"])
def test_a_report_proves_that_it_was_sent(report, state):
    notice = to_supervisor(state=state, lease_token=uuid.uuid4())
    report(notice.id, message("sent"))
    notice.refresh_from_db()
    assert (notice.state, notice.provider_id, bool(notice.accepted_at)) == (Notice.State.SENT, SID, True)


def test_one_update_is_all_it_takes(report, django_assert_num_queries):
    notice = sent()
    with django_assert_num_queries(1):
        report(notice.id, message("sent"))


@pytest.mark.parametrize(("status", "delivery"), [("delivered", "delivered"), ("failed", "failed")])
def test_the_code_page_hears_of_it(report, status, delivery):
    challenge = a_challenge()
    notice = code(state=Notice.State.SENT, challenge_id=challenge.id)
    report(notice.id, message(status, ErrorCode="30006"))
    challenge.refresh_from_db()
    notice.refresh_from_db()
    assert (challenge.delivery, notice.payload) == (delivery, None)
    assert Challenge.objects.count() == 1


@pytest.mark.parametrize(
    ("status", "state"), [("completed", "delivered"), ("busy", "undelivered"), ("no-answer", "undelivered")]
)
def test_calls_have_words_of_their_own(report, status, state):
    notice = sent(channel="voice")
    report(notice.id, {"CallSid": "CA1", "CallStatus": status})
    notice.refresh_from_db()
    assert notice.state == state
