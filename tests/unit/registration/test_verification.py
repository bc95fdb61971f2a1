"""One-time codes: one right answer, once, soon, from the session that asked, and few guesses in fifteen minutes."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from django.db import connection
from structlog.testing import capture_logs

from registration import verification
from registration.models import AccountEvent, Challenge
from registration.verification import Locked, Outcome, Request, TooManySends
from tests.factories.accounts import another, newest_code, newest_event

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 3, 6, 12, tzinfo=dt.UTC)
ASK = Request(
    purpose=Challenge.Purpose.LOGIN,
    session_key="session-a",
    subject="user 1",
    phone="+16175550132",
    channel=AccountEvent.Channel.SMS,
    language="en",
    address="203.0.113.9",
)


def after(seconds):
    return NOON + dt.timedelta(seconds=seconds)


def code_of(challenge):
    return newest_event(challenge_id=challenge.id).payload["code"]


def judge(challenge, code, *, seconds=1, session="session-a", purpose=Challenge.Purpose.LOGIN):
    where = {"session_key": session, "phone": challenge.phone}
    return verification.check(challenge.id, code, purpose=purpose, now=after(seconds), **where).outcome


def miss(challenge, times, *, seconds=1):
    return [judge(challenge, another(code_of(challenge)), seconds=seconds) for _ in range(times)]


def test_the_right_code_works_once():
    challenge = verification.issue(ASK, now=NOON)
    code = code_of(challenge)
    assert judge(challenge, code) is Outcome.RIGHT
    assert judge(challenge, code) is Outcome.OLD


def test_the_message_is_asked_for_in_the_same_transaction_and_the_table_holds_no_code():
    challenge = verification.issue(replace(ASK, channel=AccountEvent.Channel.VOICE, language="es"), now=NOON)
    event = AccountEvent.objects.get()
    assert (event.kind, event.channel, event.language) == ("code", "voice", "es")
    assert (event.recipient, event.challenge_id, event.expires_at) == (ASK.phone, challenge.id, after(600))
    code = event.payload["code"]
    assert len(code) == 6
    assert code.isdecimal()
    with connection.cursor() as cursor:
        cursor.execute("SELECT c::text, e::text FROM registration_challenge c, registration_accountevent e")
        (rows,) = cursor.fetchall()
    assert str(challenge.id) in rows[0]
    assert not any(secret in text for text in rows for secret in (code, "6175550132"))


@pytest.mark.parametrize(("seconds", "outcome"), [(599, Outcome.RIGHT), (600, Outcome.OLD)])
def test_a_code_lives_ten_minutes(seconds, outcome):
    challenge = verification.issue(ASK, now=NOON)
    assert judge(challenge, code_of(challenge), seconds=seconds) is outcome


def test_only_the_newest_code_works():
    first, second = verification.issue(ASK, now=NOON), verification.issue(ASK, now=NOON)
    assert judge(first, code_of(first)) is Outcome.OLD
    assert judge(second, code_of(second)) is Outcome.RIGHT


def test_another_persons_code_stays_when_one_is_sent():
    mine = verification.issue(ASK, now=NOON)
    verification.issue(replace(ASK, subject="user 2"), now=NOON)
    assert judge(mine, code_of(mine)) is Outcome.RIGHT


@pytest.mark.parametrize("other", [{"session": "session-b"}, {"purpose": Challenge.Purpose.REGISTER}])
def test_a_code_works_only_where_and_why_it_was_asked(other):
    challenge = verification.issue(ASK, now=NOON)
    assert judge(challenge, code_of(challenge), **other) is Outcome.OLD
    assert judge(challenge, code_of(challenge)) is Outcome.RIGHT


def test_no_code_was_sent_at_all():
    verdict = verification.check(
        None, "123456", purpose=Challenge.Purpose.LOGIN, session_key="session-a", phone=ASK.phone
    )
    assert verdict.outcome is Outcome.OLD


def test_a_code_proves_the_phone_it_went_to_alone():
    challenge = verification.issue(ASK, now=NOON)
    asked = {"purpose": ASK.purpose, "session_key": "session-a", "now": after(1)}
    other = verification.check(challenge.id, code_of(challenge), phone="+16175550199", **asked)
    assert other.outcome is Outcome.OLD
    assert judge(challenge, code_of(challenge)) is Outcome.RIGHT


def test_five_misses_end_a_code():
    challenge = verification.issue(ASK, now=NOON)
    assert miss(challenge, 5) == [Outcome.WRONG] * 5
    verdict = verification.check(
        challenge.id,
        code_of(challenge),
        purpose=ASK.purpose,
        session_key="session-a",
        phone=ASK.phone,
        now=after(1),
    )
    assert verdict.outcome is Outcome.ENDED
    assert verdict.retry_after >= 1


def test_another_code_does_not_forgive_misses():
    assert miss(verification.issue(ASK, now=NOON), 5) == [Outcome.WRONG] * 5
    second = verification.issue(ASK, now=NOON)
    assert miss(second, 5) == [Outcome.WRONG] * 5
    assert judge(second, code_of(second)) is Outcome.LOCKED
    with pytest.raises(Locked) as refusal:
        verification.issue(ASK, now=after(1))
    assert 890 <= refusal.value.retry_after <= 900
    third = verification.issue(ASK, now=after(902))
    assert judge(third, code_of(third), seconds=903) is Outcome.RIGHT


def test_misses_at_one_account_do_not_lock_another_with_the_same_phone():
    for _ in range(2):
        miss(verification.issue(ASK, now=NOON), 5)
    other = verification.issue(replace(ASK, subject="user 2"), now=after(11))
    assert judge(other, code_of(other), seconds=12) is Outcome.RIGHT


def test_the_right_code_forgives_earlier_misses():
    miss(verification.issue(ASK, now=NOON), 4)
    second = verification.issue(ASK, now=NOON)
    assert judge(second, code_of(second)) is Outcome.RIGHT
    third = verification.issue(ASK, now=after(11))
    assert miss(third, 5, seconds=12) == [Outcome.WRONG] * 5
    assert verification.issue(ASK, now=after(13)) is not None


def send(times, *, every=11, **changes):
    """How many of `times` sends went through."""
    sent = 0
    for number in range(times):
        try:
            verification.issue(replace(ASK, **changes), now=after(number * every))
            sent += 1
        except TooManySends:
            pass
    return sent


@pytest.mark.parametrize(
    ("times", "every", "sent"),
    [
        (5, 1, 2),  # two in ten seconds
        (8, 15, 5),  # five in ten minutes
        (40, 300, 20),  # twenty a day
    ],
)
def test_a_phone_gets_few_codes(times, every, sent):
    assert send(times, every=every) == sent


def test_registering_with_a_phone_does_not_use_up_its_log_in_codes():
    send(40, every=300, purpose=Challenge.Purpose.REGISTER, subject="employee 9")
    assert send(2) == 2


@pytest.mark.parametrize(("purpose", "sent"), [(Challenge.Purpose.REGISTER, 25), (Challenge.Purpose.LOGIN, 30)])
def test_an_address_sends_few_codes_to_unconfirmed_phones(purpose, sent):
    passed = 0
    for number in range(30):
        passed += send(1, purpose=purpose, phone=f"+1617555{number:04}", subject=f"employee {number}")
    assert passed == sent


def test_a_refused_address_uses_up_no_phones_codes(settings):
    settings.LIMITS = {**settings.LIMITS, "code_send_address": (1, 300)}
    register = {"purpose": Challenge.Purpose.REGISTER, "phone": "+16175550777"}
    send(1, purpose=Challenge.Purpose.REGISTER, subject="employee 1", address="203.0.113.1")
    assert send(9, subject="employee 1", address="203.0.113.1", **register) == 0
    assert send(1, subject="employee 2", address="203.0.113.2", **register) == 1


def test_all_together_raise_an_alarm_and_get_their_codes(settings):
    settings.LIMITS = {**settings.LIMITS, "code_send_alarm": (3, 3600)}
    with capture_logs() as lines:
        assert send_to_many(6) == 6
    assert [line["code"] for line in lines if line["event"] == "alarm"] == ["code_send_alarm"]


def send_to_many(people):
    passed = 0
    for number in range(people):
        changes = {"phone": f"+1617555{number:04}", "subject": f"employee {number}", "address": f"203.0.113.{number}"}
        passed += send(1, purpose=Challenge.Purpose.REGISTER, **changes)
    return passed


def test_a_failed_delivery_is_remembered_and_an_unknown_one_ignored():
    challenge = verification.issue(ASK, now=NOON)
    verification.delivery_reported(challenge.id, delivered=False, code="30006")
    found = verification.of_session(challenge.id, session_key="session-a")
    assert found.delivery == Challenge.Delivery.FAILED
    assert verification.of_session(challenge.id, session_key="session-b") is None
    verification.delivery_reported("00000000-0000-0000-0000-000000000000", delivered=False)


@pytest.mark.parametrize(
    ("code", "delivery"),
    [
        ("21614", "failed"),
        ("failed", "failed"),
        ("busy", "no_answer"),
        ("no-answer", "no_answer"),
        ("expired", "not_sent"),
        ("http_400", "not_sent"),
        ("", "not_sent"),
    ],
)
def test_only_what_is_about_the_number_is_held_against_it(code, delivery):
    challenge = verification.issue(ASK, now=NOON)
    verification.delivery_reported(challenge.id, delivered=False, code=code)
    assert verification.of_session(challenge.id, session_key="session-a").delivery == delivery


def test_purge_keeps_a_day():
    verification.issue(ASK, now=NOON)
    assert verification.purge(now=after(86400)) == 0
    assert verification.purge(now=after(86400 + 601)) == 1


@pytest.mark.django_db(transaction=True)
def test_ten_right_codes_at_once_succeed_once():
    challenge = verification.issue(ASK, now=NOON)
    code = newest_code()

    def one(_):
        try:
            return judge(challenge, code)
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        outcomes = list(pool.map(one, range(10)))
    assert outcomes.count(Outcome.RIGHT) == 1


@pytest.mark.django_db(transaction=True)
def test_thirty_guesses_at_once_are_five_misses():
    challenge = verification.issue(ASK, now=NOON)
    wrong = another(newest_code())

    def one(_):
        try:
            return judge(challenge, wrong)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(one, range(30)))
    assert outcomes.count(Outcome.WRONG) == 5
