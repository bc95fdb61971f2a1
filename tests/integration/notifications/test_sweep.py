"""What becomes of notices whose sender died or whose answer was lost."""

import itertools
import uuid

import pytest
from django.utils import timezone

from cases.models.case import Task
from notifications import results, sweep
from notifications.deliver import deliver
from notifications.models import Notice
from portal.lib.database_time import from_now
from portal.lib.sending import Accepted, Uncertain
from registration.models import AccountEvent
from tests.factories.notices import code, letter, to_supervisor
from tests.fakes.standins import wait_until

pytestmark = pytest.mark.django_db
SMS, VOICE, EMAIL = "sms", "voice", "email"
NUMBERS = itertools.count(2000)


def left_behind(notice, *, begun, seconds_over=1):
    """As a sender leaves it that died `seconds_over` after its lease; `begun`: it had asked the provider."""
    Notice.objects.filter(pk=notice.pk).update(
        state=Notice.State.SENDING,
        attempt=1,
        lease_token=uuid.uuid4(),
        lease_until=from_now(-seconds_over),
        fenced_at=from_now(-60) if begun else None,
    )
    return notice


def state_of(notice):
    return Notice.objects.get(pk=notice.pk).state


def nobody_elses_number():
    """The stand-in remembers what other tests sent."""
    return f"+1413555{next(NUMBERS)}"


def two_calls():
    number = nobody_elses_number()
    return [to_supervisor(VOICE, number), to_supervisor(VOICE, number)]


def sweep_all():
    sweep.leases()
    sweep.unknown()


@pytest.mark.parametrize("make", [to_supervisor, letter, code])
def test_who_died_before_asking_has_certainly_not_sent(make, standins):
    notice = left_behind(make(), begun=False)
    sweep_all()
    assert state_of(notice) == Notice.State.PENDING


def test_a_lease_that_runs_is_left_alone(standins):
    notice = left_behind(to_supervisor(), begun=True, seconds_over=-10)
    sweep_all()
    assert state_of(notice) == Notice.State.SENDING


@pytest.mark.parametrize(
    ("make", "channel"), [(to_supervisor, SMS), (code, SMS), (code, VOICE), (to_supervisor, VOICE)]
)
def test_what_the_provider_has_is_found_there(standins, make, channel):
    standins.control(plan={channel: ["500_after"]})
    notice = make(channel, nobody_elses_number())
    deliver(notice.id)
    assert state_of(notice) == Notice.State.UNKNOWN
    sweep_all()
    notice.refresh_from_db()
    assert (notice.state, notice.provider_id) == (Notice.State.SENT, standins.messages()[0]["sid"])


@pytest.mark.parametrize(("make", "grace"), [(to_supervisor, 60), (letter, 30)])
def test_what_it_has_not_is_sent_again_some_time_after_the_lease(standins, make, grace):
    early = left_behind(make(), begun=True, seconds_over=grace - 10)
    late = left_behind(make(), begun=True, seconds_over=grace + 1)
    sweep_all()
    assert (state_of(early), state_of(late)) == (Notice.State.UNKNOWN, Notice.State.PENDING)
    deliver(late.id)
    assert state_of(late) == Notice.State.SENT


def test_another_notice_to_the_same_number_is_not_mistaken_for_it(standins):
    deliver(to_supervisor().id)
    notice = left_behind(to_supervisor(), begun=True, seconds_over=30)
    sweep_all()
    assert state_of(notice) == Notice.State.UNKNOWN


def test_a_code_is_never_sent_again(standins):
    notice = left_behind(code(recipient="+14135550199"), begun=True, seconds_over=61)
    sweep_all()
    notice.refresh_from_db()
    assert (notice.state, notice.error_code, notice.payload) == (Notice.State.DEAD, "unconfirmed", None)


def test_a_provider_that_cannot_be_asked_proves_nothing(standins, settings):
    notice = left_behind(to_supervisor(), begun=True, seconds_over=61)
    settings.TWILIO_ORIGIN = "http://127.0.0.1:9"
    sweep_all()
    assert state_of(notice) == Notice.State.UNKNOWN


class TestALetterNobodyAnsweredFor:
    """A mail server cannot be asked; what it took without saying so is sent a second time, and no more."""

    def unanswered(self, notice):
        deliver(notice.id)
        assert state_of(notice) == Notice.State.UNKNOWN
        Notice.objects.update(lease_until=from_now(-61))
        sweep_all()
        notice.refresh_from_db()
        return notice

    def test_it_is_sent_again_once(self, standins):
        standins.control(plan={EMAIL: ["drop_after"] * 9})
        told = f"case 1 {uuid.uuid4()}"
        text = to_supervisor(told=told)
        notice = to_supervisor(EMAIL, "boss@example.org", told=told)
        first = self.unanswered(notice).doubted_at
        assert (notice.state, notice.doubts) == (Notice.State.PENDING, 1)
        self.unanswered(notice)
        assert (notice.state, notice.error_code, notice.doubted_at) == (Notice.State.SENT, "unconfirmed", first)
        assert notice.final_at
        deliver(notice.id)
        assert len(standins.messages(EMAIL)) == 2
        assert state_of(text) == Notice.State.PENDING
        assert Task.objects.count() == 0

    def test_staff_are_asked_when_no_other_channel_carries_it(self, standins):
        standins.control(plan={EMAIL: ["drop_after"] * 2})
        notice = to_supervisor(EMAIL, "boss@example.org")
        self.unanswered(notice)
        self.unanswered(notice)
        assert Task.objects.get().kind == Task.Kind.NOTICE_FAILED

    def test_another_channel_must_not_count_on_it(self, standins):
        standins.control(plan={EMAIL: ["drop_after"] * 2}, numbers={"+14135550123": 21211})
        told = f"case 1 {uuid.uuid4()}"
        notice, text = to_supervisor(EMAIL, "boss@example.org", told=told), to_supervisor(told=told)
        self.unanswered(notice)
        self.unanswered(notice)
        assert Task.objects.count() == 0
        deliver(text.id)
        assert Task.objects.get().kind == Task.Kind.NOTICE_FAILED

    def test_our_own_deaths_have_more_tries_but_not_endless_ones(self, standins):
        notice, states = letter(), []
        for _ in range(sweep.TRIES_OF_THE_DYING):
            left_behind(notice, begun=True, seconds_over=61)
            sweep_all()
            states.append(state_of(notice))
        assert states == [Notice.State.PENDING] * 4 + [Notice.State.SENT]
        left_behind(other := letter(), begun=True, seconds_over=61)
        sweep_all()
        standins.control(plan={EMAIL: ["drop_after"]})
        assert self.unanswered(other).error_code == "unconfirmed"

    def test_an_attempt_is_counted_once(self, standins):
        """By the sweep, and by its sender who comes back late."""
        notice = left_behind(letter(), begun=True)
        sweep.leases()
        notice.refresh_from_db()
        results.failed(notice, Uncertain("no_answer"))
        notice.refresh_from_db()
        assert (notice.doubts, notice.error_code) == (1, "no_answer")


class TestLostCalls:
    """They have no words to know them by."""

    def test_a_call_that_another_notice_made_is_not_ours(self, standins):
        number = nobody_elses_number()
        deliver(to_supervisor(VOICE, number).id)
        lost = left_behind(to_supervisor(VOICE, number), begun=True, seconds_over=30)
        sweep_all()
        assert state_of(lost) == Notice.State.UNKNOWN
        Notice.objects.filter(pk=lost.pk).update(lease_until=from_now(-61))
        sweep_all()
        assert state_of(lost) == Notice.State.PENDING, "then it is made again"

    def test_one_call_of_two_who_may_have_made_it_proves_nothing(self, standins):
        standins.control(plan={VOICE: ["500_after", "500_before"]})
        lost = two_calls()
        for notice in lost:
            deliver(notice.id)
        sweep_all()
        assert {state_of(notice) for notice in lost} == {Notice.State.UNKNOWN}

    def test_two_calls_of_two_are_theirs(self, standins):
        standins.control(plan={VOICE: ["500_after", "500_after"]})
        lost = two_calls()
        for notice in lost:
            deliver(notice.id)
        sweep_all()
        assert {state_of(notice) for notice in lost} == {Notice.State.SENT}
        assert len(set(Notice.objects.values_list("provider_id", flat=True))) == 2


def test_letters_do_not_wait_for_a_telephone_provider_that_is_away(standins, settings):
    for _ in range(3):
        left_behind(to_supervisor(), begun=True, seconds_over=90)
    notice = left_behind(letter(), begun=True, seconds_over=61)
    settings.TWILIO_ORIGIN = "http://127.0.0.1:9"
    sweep_all()
    assert state_of(notice) == Notice.State.PENDING


def test_the_first_senders_late_answer_still_counts(standins, monkeypatch):
    """Frozen after its lease and woken again: the row is unknown, and its token is still the same."""
    notice = to_supervisor()
    monkeypatch.setattr("notifications.deliver.gateway", lambda: Frozen(sweep.leases, notice))
    deliver(notice.id)
    assert state_of(notice) == Notice.State.SENT


class Frozen:
    """A gateway whose caller is frozen until its lease is over and the sweep has been round."""

    def __init__(self, meanwhile, notice):
        self.meanwhile, self.notice = meanwhile, notice

    def text(self, **_message):
        Notice.objects.filter(pk=self.notice.pk).update(lease_until=from_now(-1))
        self.meanwhile()
        assert state_of(self.notice) == Notice.State.UNKNOWN
        return Accepted("SM1")


@pytest.mark.parametrize(("last", "state"), [("delivered", "delivered"), ("undelivered", "undelivered")])
def test_silence_is_asked_about(standins, last, state):
    standins.control(callbacks=last)  # the message moves on, but no report can reach us
    notice = to_supervisor()
    deliver(notice.id)
    sweep.silent()
    assert state_of(notice) == Notice.State.SENT, "not yet: ten minutes have not passed"

    def asked():
        Notice.objects.update(accepted_at=from_now(-601), next_at=from_now(-1))
        sweep.silent()
        return state_of(notice) == state

    wait_until(asked, what="the provider's last word")


def long_silent(**fields):
    notice = to_supervisor(state=Notice.State.SENT, **fields)
    Notice.objects.filter(pk=notice.pk).update(accepted_at=from_now(-700), next_at=from_now(-60))
    return notice


def test_one_message_the_provider_does_not_know_holds_no_other_up(standins, monkeypatch):
    monkeypatch.setattr(sweep, "BATCH", 1)
    unheard_of = long_silent(provider_id="SM" + "0" * 32)
    standins.control(callbacks="delivered")
    deliver((known := to_supervisor()).id)
    Notice.objects.filter(pk=known.pk).update(accepted_at=from_now(-650), next_at=from_now(-10))
    sweep.silent()
    unheard_of.refresh_from_db()
    assert (unheard_of.state, unheard_of.error_code) == (Notice.State.SENT, "unconfirmed")
    assert unheard_of.final_at
    sweep.silent()
    assert Notice.objects.get(pk=known.pk).provider_state


def test_a_provider_that_is_away_is_asked_about_one_message_a_round(settings, monkeypatch):
    settings.TWILIO_ORIGIN = "http://127.0.0.1:9"
    rows = [long_silent(provider_id=f"SM{n:032}") for n in range(2)]
    sweep.silent()
    assert Notice.objects.filter(next_at__gt=from_now(0)).count() == 1
    assert {state_of(row) for row in rows} == {Notice.State.SENT}


@pytest.mark.parametrize(("chore", "work"), [("unknown", "_settle"), ("hopeless", "_give_up"), ("silent", "_ask")])
def test_one_row_that_cannot_be_swept_holds_no_other_up(monkeypatch, chore, work):
    monkeypatch.setattr(sweep, "BATCH", 2)
    state = {"unknown": "unknown", "hopeless": "pending", "silent": "sent"}[chore]
    rows = [to_supervisor(state=state, provider_id="SM1") for _ in range(5)]
    Notice.objects.update(created_at=from_now(-90_000), accepted_at=from_now(-700), next_at=from_now(-700))
    poison, seen = rows[:2], set()

    def stumble(notice):
        seen.add(notice.pk)
        if notice in poison:
            raise LookupError

    monkeypatch.setattr(sweep, work, stumble)
    for _ in range(3):
        getattr(sweep, chore)()
    assert seen == {row.pk for row in rows}


def test_three_days_of_silence_are_the_end():
    notice = to_supervisor(state=Notice.State.SENT, accepted_at=timezone.now() - timezone.timedelta(days=4))
    sweep.silent()
    notice.refresh_from_db()
    assert notice.final_at


def test_a_day_of_trying_is_enough():
    Notice.objects.filter(pk=to_supervisor().pk).update(created_at=from_now(-24 * 3600 - 1), error_code="20429")
    fresh = to_supervisor()
    sweep.hopeless()
    assert sorted(Notice.objects.values_list("state", "error_code")) == [("dead", "gave_up"), ("pending", "")]
    assert state_of(fresh) == Notice.State.PENDING


def test_words_and_addresses_are_forgotten_after_thirty_days_and_the_record_stays():
    old, fresh = to_supervisor(state="sent"), to_supervisor(state="sent")
    Notice.objects.filter(pk=old.pk).update(final_at=from_now(-31 * 86400))
    Notice.objects.filter(pk=fresh.pk).update(final_at=from_now(-29 * 86400))
    event = AccountEvent.objects.create(
        kind="code", channel="sms", recipient="+14135550123", dispatched_at=timezone.now() - sweep.KEPT * 2
    )
    assert sweep.purge() == 1
    assert [Notice.objects.get(pk=row.pk).payload is None for row in (old, fresh)] == [True, False]
    assert [Notice.objects.get(pk=row.pk).recipient for row in (old, fresh)] == [None, "+14135550123"]
    assert not AccountEvent.objects.filter(pk=event.pk).exists()
