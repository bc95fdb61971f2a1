"""One attempt against real sockets, however it ends."""

import threading
import time
import uuid

import pytest
from django.db import connection
from django.utils import timezone

from cases.models.case import Task
from notifications import deliver as delivery
from notifications.deliver import deliver
from notifications.models import ChannelPause, Notice
from notifications.notices import reference
from portal.lib.database_time import from_now
from registration.models import Challenge
from tests.factories.notices import a_challenge, code, letter, to_supervisor
from tests.fakes.standins import free_port

pytestmark = pytest.mark.django_db
SMS, VOICE, EMAIL = "sms", "voice", "email"


def try_once(notice):
    deliver(notice.id)
    notice.refresh_from_db()
    return notice


def seconds_until(moment):
    return (moment - timezone.now()).total_seconds()


def test_a_text_is_one_segment_and_carries_its_reference(standins):
    notice = try_once(to_supervisor(SMS))
    (message,) = standins.messages()
    assert message["body"] == (
        "Department of Examples absence notice: Maria L. out Jan 12, 2023. Case 1234567890."
        f" Details in your email. Ref {reference(notice.id)}"
    )
    assert (notice.state, notice.provider_id) == (Notice.State.SENT, message["sid"])


def test_the_longest_names_still_make_one_segment(standins):
    try_once(
        to_supervisor(SMS, absence={"agency": "Office of " + "Very Long Names " * 12, "first_name": "Ana María" * 9})
    )
    (message,) = standins.messages()
    assert len(message["body"]) == 160
    assert "Ref " in message["body"]


def test_a_letter_in_the_recipients_language_keeps_its_name_on_every_attempt(standins):
    notice = letter()
    standins.control(plan={EMAIL: ["drop_after"]})
    try_once(notice)
    Notice.objects.update(state=Notice.State.PENDING)
    try_once(notice)
    first, second = standins.messages(EMAIL)
    assert first["message_id"] == second["message_id"] == f"<{notice.id}@example.org>"
    assert first["subject"] == "We received your report. Case 1234567890"
    assert "Call Workpartners at 1-833-640-2800 (TTY: 711)" in first["body"]


def test_a_spoken_code_is_heard_twice(standins):
    try_once(code(VOICE))
    (message,) = standins.messages()
    assert (message["channel"], message["body"].count("459139")) == (VOICE, 2)


@pytest.mark.parametrize("channel", [SMS, VOICE])
def test_a_code_is_wiped_once_it_was_taken(standins, channel):
    assert try_once(code(channel)).payload is None


@pytest.mark.parametrize(
    ("channel", "fault", "state", "received"),
    [
        (SMS, "429", Notice.State.PENDING, 0),
        (SMS, "500_before", Notice.State.UNKNOWN, 0),
        (SMS, "500_after", Notice.State.UNKNOWN, 1),
        (SMS, "drop_before", Notice.State.UNKNOWN, 0),
        (SMS, "drop_after", Notice.State.UNKNOWN, 1),
        (EMAIL, "drop_before", Notice.State.UNKNOWN, 0),
        (EMAIL, "drop_after", Notice.State.UNKNOWN, 1),
        (EMAIL, "451", Notice.State.PENDING, 0),
        (EMAIL, "550", Notice.State.DEAD, 0),
    ],
)
def test_how_an_attempt_can_end(standins, channel, fault, state, received):
    standins.control(plan={channel: [fault]})
    notice = try_once(to_supervisor(channel, "boss@example.org" if channel == EMAIL else "+14135550123"))
    assert (notice.state, len(standins.messages())) == (state, received)


def test_a_provider_that_says_when_is_taken_at_its_word(standins):
    standins.control(plan={SMS: ["429"]})
    assert 0 < seconds_until(try_once(to_supervisor(SMS)).next_at) <= 1


@pytest.mark.parametrize("channel", [SMS, EMAIL])
def test_nobody_listening_means_certainly_not_sent(standins, settings, channel):
    settings.TWILIO_ORIGIN, settings.EMAIL_PORT = f"http://127.0.0.1:{free_port()}", free_port()
    notice = try_once(to_supervisor(channel, "boss@example.org" if channel == EMAIL else "+14135550123"))
    assert (notice.state, notice.error_code) == (Notice.State.PENDING, "unreachable")


def test_a_mail_server_may_think_about_the_words(standins, monkeypatch):
    monkeypatch.setattr("portal.lib.mail.REPLY_SECONDS", 0.3)  # before them it may not
    standins.control(latency=1)
    assert try_once(letter()).state == Notice.State.SENT


def test_lines_that_begin_with_a_dot_arrive_as_they_are(standins):
    try_once(to_supervisor(EMAIL, "boss@example.org", absence={"first_name": ".Ann", "agency": ".\n.."}))
    (message,) = standins.messages()
    assert ".Ann" in message["body"]
    assert "\n..\n" in message["body"]


@pytest.mark.parametrize("taken_over", [False, True])
def test_who_sleeps_over_its_lease_does_not_go_on_with_anothers(standins, monkeypatch, taken_over):
    notice, lease = to_supervisor(SMS), delivery._lease

    def sleep_after(notice_id, token):
        assert lease(notice_id, token)
        if taken_over:  # the sweep has given it back, and another worker has begun
            Notice.objects.update(lease_token=uuid.uuid4(), lease_until=from_now(60))
        return True

    monkeypatch.setattr(delivery, "_lease", sleep_after)
    deliver(notice.id)
    assert len(standins.messages()) == (0 if taken_over else 1)


def test_an_attempt_asks_the_provider_once(standins, monkeypatch):
    notice, lease = to_supervisor(SMS), delivery._lease

    def asked_already(notice_id, token):
        return lease(notice_id, token) and Notice.objects.update(fenced_at=from_now(-1))

    monkeypatch.setattr(delivery, "_lease", asked_already)
    assert (try_once(notice).state, standins.messages()) == (Notice.State.SENDING, [])


def test_a_dead_number_is_not_tried_again(standins):
    standins.control(numbers={"+14135550123": 21211})
    notice = try_once(to_supervisor(SMS))
    assert (notice.state, notice.error_code) == (Notice.State.DEAD, "21211")
    assert try_once(notice).attempt == 1


def test_refused_credentials_stop_the_channel_and_keep_the_notice(standins, settings):
    settings.TWILIO_AUTH_TOKEN = "another"
    notice = try_once(to_supervisor(SMS))
    assert (notice.state, notice.error_code) == (Notice.State.PENDING, "20003")
    assert set(ChannelPause.objects.values_list("channel", flat=True)) == {SMS, VOICE}
    settings.TWILIO_AUTH_TOKEN = "tests-only-token"
    Notice.objects.update(next_at=from_now(-1))
    assert try_once(notice).attempt == 1, "nothing is tried over a paused channel"
    ChannelPause.objects.update(until=from_now(-1))
    assert try_once(notice).state == Notice.State.SENT


def test_a_code_that_is_too_late_is_not_sent(standins):
    challenge = a_challenge()
    notice = try_once(code(challenge_id=challenge.id, expires_at=timezone.now()))
    assert (notice.state, notice.error_code, notice.payload) == (Notice.State.DEAD, "expired", None)
    challenge.refresh_from_db()
    assert challenge.delivery == Challenge.Delivery.NOT_SENT
    assert standins.messages() == []


def test_a_refused_code_is_reported_to_the_page_that_asked(standins):
    standins.control(numbers={"+14135550123": 21614})
    challenge = a_challenge()
    try_once(code(challenge_id=challenge.id))
    challenge.refresh_from_db()
    assert challenge.delivery == Challenge.Delivery.FAILED


def test_a_notice_that_cannot_be_worded_was_certainly_not_sent(standins):
    notice = try_once(to_supervisor(SMS, payload={"broken": True}))
    assert (notice.state, notice.error_code) == (Notice.State.DEAD, "defect")


class TestWhenAChannelFails:
    """Another channel, then a person."""

    def pair(self, standins, *, text_code):
        standins.control(numbers={"+14135550123": text_code}, plan={EMAIL: ["550"]})
        told = f"case 1 {uuid.uuid4()}"
        return to_supervisor(EMAIL, "boss@example.org", told=told), to_supervisor(SMS, told=told)

    def test_the_other_channel_carries_it(self, standins):
        email, _text = self.pair(standins, text_code=21614)
        try_once(email)
        assert (Notice.objects.count(), Task.objects.count()) == (2, 0)

    def test_a_landline_is_called_when_the_letter_failed_too(self, standins):
        email, text = self.pair(standins, text_code=21614)
        try_once(email)
        try_once(text)
        standins.control(numbers={})  # it refused texts, not calls
        call = Notice.objects.get(channel=VOICE)
        assert try_once(call).state == Notice.State.SENT
        assert "Maria Lopez will be out of work" in standins.messages(VOICE)[0]["body"]
        assert Task.objects.count() == 0

    def test_staff_are_asked_when_the_number_does_not_exist(self, standins):
        email, text = self.pair(standins, text_code=21211)
        try_once(text)
        try_once(email)
        assert Task.objects.get().kind == Task.Kind.NOTICE_FAILED


@pytest.mark.django_db(transaction=True)
class TestConcurrency:
    def test_ten_at_once_send_one(self, standins):
        notice = to_supervisor(SMS)
        workers = [threading.Thread(target=self.work, args=[notice.id]) for _ in range(10)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert len(standins.messages()) == 1

    def work(self, notice_id):
        deliver(notice_id)
        connection.close()

    def test_no_transaction_is_open_while_the_provider_thinks(self, standins):
        standins.control(latency=0.6)
        notice = to_supervisor(SMS)
        worker = threading.Thread(target=self.work, args=[notice.id])
        worker.start()
        time.sleep(0.3)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
                " AND xact_start IS NOT NULL AND backend_type = 'client backend'"
            )
            (open_transactions,) = cursor.fetchone()
        state = Notice.objects.get(pk=notice.pk).state
        worker.join()
        assert (state, open_transactions) == (Notice.State.SENDING, 0)

    def test_who_lost_the_lease_sends_nothing(self, standins, monkeypatch):
        monkeypatch.setattr("notifications.deliver.LEASE_SECONDS", 10)  # less than the fence asks for
        notice = try_once(to_supervisor(SMS))
        assert (notice.state, standins.messages()) == (Notice.State.PENDING, [])
