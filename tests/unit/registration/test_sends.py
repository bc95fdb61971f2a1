"""What a phone, a person and everybody together can have sent."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from structlog.testing import capture_logs

from portal.limits import counters
from portal.limits.names import NAMES
from registration import verification
from registration.models import AccountEvent, Challenge
from registration.verification import Outcome, Request, TooManySends
from tests.factories.accounts import newest_event

pytestmark = pytest.mark.django_db
Purpose = Challenge.Purpose
NOON = dt.datetime(2026, 3, 6, 12, tzinfo=dt.UTC)
PHONE = "+16175550132"
LOGIN = Request(
    purpose=Purpose.LOGIN,
    session_key="session-a",
    subject="user 1",
    phone=PHONE,
    channel=AccountEvent.Channel.SMS,
    language="en",
    address="203.0.113.9",
)
REGISTER = replace(LOGIN, purpose=Purpose.REGISTER, subject="employee 7")
RESET = replace(LOGIN, purpose=Purpose.RESET)
HOUR = 3600


def after(seconds):
    return NOON + dt.timedelta(seconds=seconds)


def attempt(request, seconds=0):
    """The code's challenge, or the refusal."""
    try:
        return verification.issue(request, now=after(seconds))
    except TooManySends as refusal:
        return refusal


def attempts(requests, *, every):
    """How many were answered with a code page."""
    answers = [attempt(request, seconds=n * every) for n, request in enumerate(requests)]
    return sum(isinstance(answer, Challenge) for answer in answers)


def messages():
    """How many would be sent: those a relay can claim."""
    return AccountEvent.objects.filter(kind="code", dispatched_at=None).count()


def numbered(request, count, start=0):
    """The same from different people about different phones, each from an address of its own."""
    return [
        replace(request, phone=f"+1617{2000000 + n}", subject=f"employee {n}", address=f"10.0.{n // 250}.{n % 250}")
        for n in range(start, start + count)
    ]


def test_every_limit_has_a_name_staff_can_read(settings):
    assert NAMES.keys() == settings.LIMITS.keys()


class TestOnePhone:
    def test_others_cannot_ring_it_all_night_whatever_they_ask_for(self):
        purposes = (Purpose.REGISTER, Purpose.NEW_PHONE, Purpose.SETUP, Purpose.RESET)
        asked = [replace(LOGIN, purpose=purpose, subject=f"user {n}") for n in range(8) for purpose in purposes]
        attempts(asked, every=700)
        assert messages() == 10

    def test_its_owner_still_logs_in_and_confirms(self):
        attempts([replace(REGISTER, subject=f"employee {n}") for n in range(30)], every=700)
        attempts([replace(RESET, subject=f"user {n}") for n in range(30)], every=700)
        before = messages()
        assert attempts([LOGIN, replace(LOGIN, purpose=Purpose.CONFIRM)], every=1) == 2
        assert messages() == before + 2

    def test_the_day_ends(self):
        attempts([replace(REGISTER, subject=f"employee {n}") for n in range(10)], every=700)
        refused = attempt(replace(REGISTER, subject="employee 10"), seconds=8000)
        assert refused.retry_after == 86400 - 8000
        assert isinstance(attempt(replace(REGISTER, subject="employee 10"), seconds=86400), Challenge)


class TestReset:
    """Anybody may ask for one who knows a username: the answer tells nothing of the phone."""

    def test_a_phone_that_had_its_day_is_silent_and_the_page_goes_on(self):
        attempts([replace(REGISTER, subject=f"employee {n}") for n in range(10)], every=700)
        silent = attempt(RESET, seconds=8000)
        assert isinstance(silent, Challenge)
        assert messages() == 10
        assert newest_event().payload is None
        assert AccountEvent.objects.count() == 11  # the same rows are written

    @pytest.mark.parametrize("phone", [PHONE, ""])
    def test_with_and_without_a_phone_it_is_refused_after_the_same_number(self, phone):
        answers = [attempt(replace(RESET, phone=phone), seconds=n) for n in range(4)]
        assert [isinstance(answer, Challenge) for answer in answers] == [True, True, False, False]

    def test_with_and_without_a_phone_it_asks_the_same_of_the_database(self):
        counts = []
        for phone in (PHONE, ""):
            with CaptureQueriesContext(connection) as captured:
                attempt(replace(RESET, phone=phone, subject=f"user {phone}"))
            counts.append([query["sql"].split()[0] for query in captured])
        assert counts[0] == counts[1]

    def test_a_strangers_leaves_the_owners_code_as_it_is(self):
        mine = attempt(RESET)
        code = newest_event().payload["code"]
        attempt(replace(RESET, session_key="session-b"), seconds=1)
        asked = {"purpose": Purpose.RESET, "session_key": "session-a", "phone": PHONE, "now": after(2)}
        assert verification.check(mine.id, code, **asked).outcome is Outcome.RIGHT

    def test_a_code_that_was_not_sent_is_never_right(self):
        challenge = attempt(replace(RESET, phone=""))
        asked = {"purpose": Purpose.RESET, "session_key": "session-a", "phone": "", "now": after(1)}
        tries = [verification.check(challenge.id, code, **asked).outcome for code in ("", "000000", "None")]
        assert tries == [Outcome.WRONG] * 3
        assert messages() == 0


class TestOnePerson:
    def test_five_phones_a_day(self):
        asked = [replace(request, subject="employee 7") for request in numbered(REGISTER, 8)]
        assert attempts(asked, every=700) == 5

    def test_a_phone_tried_before_does_not_count_again(self):
        asked = [replace(request, subject="employee 7") for request in numbered(REGISTER, 5)]
        assert attempts([*asked, *asked], every=700) == 10

    def test_profile_and_registration_each_have_five(self):
        asked = [replace(request, subject="user 1", purpose=Purpose.NEW_PHONE) for request in numbered(REGISTER, 8)]
        assert attempts(asked, every=700) == 5

    def test_a_refused_phone_counts_for_nothing(self, settings):
        settings.LIMITS = {**settings.LIMITS, "code_numbers": (1, 86400)}
        one, two = (replace(request, subject="employee 7") for request in numbered(REGISTER, 2))
        assert attempts([one, two], every=1) == 1
        assert counters.check("code_send", f"register {two.phone}", now=NOON) == counters.Allowed(5)


class TestEverybody:
    @pytest.fixture(autouse=True)
    def _few(self, settings):
        settings.LIMITS = {**settings.LIMITS, "code_send_alarm": (3, HOUR), "code_send_everybody": (6, HOUR)}

    def test_above_the_hours_number_new_phones_wait_until_it_is_over(self):
        assert attempts(numbered(REGISTER, 12), every=1) == 6
        (late,) = numbered(REGISTER, 1, start=50)
        assert attempt(late, seconds=600).retry_after == 3000
        assert isinstance(attempt(late, seconds=HOUR), Challenge)

    def test_codes_to_confirmed_phones_go_on(self):
        attempts(numbered(REGISTER, 12), every=1)
        assert attempts([LOGIN, replace(LOGIN, purpose=Purpose.CONFIRM), RESET], every=1) == 3

    def test_the_alarm_comes_before_anybody_waits(self):
        with capture_logs() as lines:
            attempts(numbered(REGISTER, 3), every=1)
        assert [line["code"] for line in lines if line["event"] == "alarm"] == ["code_send_alarm"]
        assert attempts(numbered(REGISTER, 3, start=20), every=1) == 3

    def test_a_letter_costs_nothing(self):
        asked = [replace(request, channel=AccountEvent.Channel.EMAIL) for request in numbered(REGISTER, 12)]
        assert attempts(asked, every=1) == 12


def test_ten_thousand_requests_for_codes_stay_within_the_hours_number(settings):
    settings.LIMITS = {**settings.LIMITS, "code_send_alarm": (20, HOUR), "code_send_everybody": (40, HOUR)}
    sent = attempts(numbered(REGISTER, 10_000), every=0.3)
    assert (sent, messages()) == (40, 40)


class TestStaffSee:
    def test_how_many_keys_of_each_limit_are_refused_now(self, settings):
        settings.LIMITS = {**settings.LIMITS, "code_numbers": (1, 86400)}
        attempts([REGISTER, replace(REGISTER, subject="employee 8")], every=1)
        seen = counters.refused_now(now=after(1))
        assert (seen["code_numbers"], seen["code_send_burst"], seen["login_account"]) == (2, 1, 0)
        assert counters.refused_now(now=after(20))["code_send_burst"] == 0

    def test_a_limit_that_is_over_is_thrown_away_and_one_that_lasts_is_kept(self):
        counters.hit("code_send_burst", "a", now=NOON)
        counters.hit("code_misses_ever", "a", now=NOON)
        assert counters.purge(now=after(11)) == 1
        assert counters.purge(now=after(366 * 86400)) == 0
