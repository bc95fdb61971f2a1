"""Few guesses are ever judged, whoever guesses, in whatever order, and however many at once."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from django.conf import settings as portal
from django.db import connection
from django.test import override_settings
from hypothesis import settings as how
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from portal.limits.models import Counter
from registration import guesses, verification
from registration.models import AccountEvent, Challenge
from registration.verification import Locked, Outcome, Request, TooManySends
from tests.factories.accounts import another, newest_event

pytestmark = pytest.mark.django_db
Purpose = Challenge.Purpose
NOON = dt.datetime(2026, 3, 6, 12, tzinfo=dt.UTC)
QUARTER = 900
LOGIN = Request(
    purpose=Purpose.LOGIN,
    session_key="session-a",
    subject="user 1",
    phone="+16175550132",
    channel=AccountEvent.Channel.SMS,
    language="en",
    address="203.0.113.9",
)
CONFIRM, RESET = replace(LOGIN, purpose=Purpose.CONFIRM), replace(LOGIN, purpose=Purpose.RESET)


def after(seconds):
    return NOON + dt.timedelta(seconds=seconds)


def code_of(challenge):
    return newest_event(challenge_id=challenge.id).payload["code"]


def judge(challenge, code, *, seconds):
    asked = {"purpose": challenge.purpose, "session_key": "session-a", "phone": challenge.phone}
    return verification.check(challenge.id, code, now=after(seconds), **asked).outcome


def guess(challenge, times, *, seconds):
    """How many wrong codes were compared with the right one."""
    return [judge(challenge, another(code_of(challenge)), seconds=seconds) for _ in range(times)].count(Outcome.WRONG)


def misses(asked, wanted, *, begin=0):
    """Miss `wanted` times, as fast as codes can be had. Returns the second it took until, and how many were judged."""
    second, judged = begin, 0
    while judged < wanted and second < begin + 100 * QUARTER:
        try:
            judged += guess(verification.issue(asked, now=after(second)), min(5, wanted - judged), seconds=second)
            second += 11
        except TooManySends:
            second += 60
    return second, judged


class TestAHundredInARow:
    @pytest.fixture(autouse=True)
    def _many_codes_a_day(self, settings):
        settings.LIMITS = {**settings.LIMITS, "code_send_day": (1000, 86400), "code_send_others_day": (1000, 86400)}

    def test_nothing_is_judged_after_them_ever(self):
        second, judged = misses(LOGIN, 300)
        assert judged == 100
        with pytest.raises(Locked) as refusal:
            verification.issue(LOGIN, now=after(second + 365 * 86400))
        assert refusal.value.retry_after > 365 * 86400

    def test_staff_begin_it_anew(self):
        second, _ = misses(LOGIN, 100)
        guesses.right(guesses.run_of(Purpose.LOGIN, "user 1"))
        challenge = verification.issue(LOGIN, now=after(second + QUARTER))
        assert judge(challenge, code_of(challenge), seconds=second + QUARTER) is Outcome.RIGHT

    def test_a_right_code_begins_it_anew(self):
        second, _ = misses(LOGIN, 90)
        challenge = verification.issue(LOGIN, now=after(second + QUARTER))
        assert judge(challenge, code_of(challenge), seconds=second + QUARTER) is Outcome.RIGHT
        assert misses(LOGIN, 50, begin=second + 2 * QUARTER)[1] == 50

    def test_a_code_that_was_too_old_is_no_miss(self):
        for n in range(0, 150):
            challenge = verification.issue(LOGIN, now=after(n * QUARTER))
            assert judge(challenge, "000000", seconds=n * QUARTER + 601) is Outcome.OLD
        assert not Counter.objects.filter(scope__in=guesses.SCOPES, hits__gt=0).exists()

    def test_a_strangers_resets_cost_the_owner_no_log_in(self):
        second, judged = misses(RESET, 300)
        assert judged == 100
        challenge = verification.issue(LOGIN, now=after(second))
        assert judge(challenge, code_of(challenge), seconds=second) is Outcome.RIGHT


def test_one_accounts_log_in_and_its_changes_share_ten():
    assert guess(verification.issue(LOGIN, now=NOON), 5, seconds=1) == 5
    assert guess(verification.issue(CONFIRM, now=NOON), 5, seconds=1) == 5
    with pytest.raises(Locked):
        verification.issue(LOGIN, now=after(12))


def test_another_phone_does_not_begin_anew():
    guess(verification.issue(LOGIN, now=NOON), 5, seconds=1)
    other = replace(LOGIN, phone="+16175550199")
    guess(verification.issue(other, now=after(2)), 5, seconds=3)
    with pytest.raises(Locked):
        verification.issue(LOGIN, now=after(12))


@pytest.mark.django_db(transaction=True)
def test_of_thirty_guesses_at_once_with_ten_left_of_a_hundred_ten_are_judged(settings):
    settings.CODE_MISSES = 50
    run = guesses.run_of(Purpose.LOGIN, "user 1")
    for second in range(90):
        guesses.count(run, now=after(-90 * QUARTER + second * QUARTER))
    challenge = verification.issue(LOGIN)
    wrong = another(code_of(challenge))

    def one(_):
        try:
            asked = {"purpose": Purpose.LOGIN, "session_key": "session-a", "phone": LOGIN.phone}
            return verification.check(challenge.id, wrong, **asked).outcome
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(one, range(30)))
    assert (outcomes.count(Outcome.WRONG), outcomes.count(Outcome.LOCKED)) == (10, 20)


class Guesser(RuleBasedStateMachine):
    """Somebody who has the password and not the phone: sends, guesses and waits in any order, for any purpose."""

    @initialize()
    def begin(self):
        Counter.objects.all().delete()
        self.second, self.challenge, self.judged = 0, None, []

    @rule(pause=st.integers(1, 400))
    def wait(self, pause):
        self.second += pause

    @rule()
    def wait_for_another_day(self):
        self.second += 86400

    @rule(asked=st.sampled_from([LOGIN, CONFIRM]))
    def ask_for_a_code(self, asked):
        try:
            self.challenge = verification.issue(asked, now=after(self.second))
        except TooManySends:
            self.second += 1

    @precondition(lambda self: self.challenge is not None)
    @rule(times=st.integers(1, 6))
    def guess(self, times):
        self.judged += [self.second] * guess(self.challenge, times, seconds=self.second)

    @rule(asked=st.sampled_from([LOGIN, CONFIRM]))
    def ask_and_use_it_up(self, asked):
        self.second += 11
        self.ask_for_a_code(asked)
        if self.challenge:
            self.guess(6)

    @invariant()
    def ten_guesses_a_quarter_of_an_hour(self):
        judged = getattr(self, "judged", [])
        assert all(late - early >= QUARTER for early, late in zip(judged, judged[10:], strict=False))

    @invariant()
    def and_no_more_than_the_last_number_ever(self):
        assert len(getattr(self, "judged", [])) <= portal.LIMITS["code_misses_ever"][0]


class TestGuesser(TestCase, Guesser.TestCase):
    settings = how(max_examples=25, stateful_step_count=25, deadline=None)

    def execute_example(self, run):
        return run()


@override_settings(LIMITS={**portal.LIMITS, "code_misses_ever": (13, 10 * 365 * 86400)})
class TestGuesserNearTheEnd(TestCase, Guesser.TestCase):
    """With a last number that a short run reaches."""

    settings = how(max_examples=25, stateful_step_count=25, deadline=None)

    def execute_example(self, run):
        return run()
