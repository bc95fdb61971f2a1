"""What becomes of notices whose sender died or whose answer was lost."""

import uuid

import pytest
from django.utils import timezone

from notifications import sweep
from notifications.deliver import deliver
from notifications.models import Notice
from portal.lib.database_time import from_now
from portal.lib.sending import Accepted
from registration.models import AccountEvent
from tests.factories.notices import code, letter, to_supervisor
from tests.fakes.standins import wait_until

pytestmark = pytest.mark.django_db
SMS, VOICE, EMAIL = "sms", "voice", "email"


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
    notice = make(channel)
    deliver(notice.id)
    assert state_of(notice) == Notice.State.UNKNOWN
    sweep_all()
    notice.refresh_from_db()
    assert (notice.state, notice.provider_id) == (Notice.State.SENT, standins.messages()[0]["sid"])


@pytest.mark.parametrize("make", [to_supervisor, letter])
def test_what_it_has_not_is_sent_again_a_minute_after_the_lease(standins, make):
    early, late = left_behind(make(), begun=True, seconds_over=30), left_behind(make(), begun=True, seconds_over=61)
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


def test_words_are_forgotten_after_thirty_days_and_the_record_stays():
    old, fresh = to_supervisor(state="sent"), to_supervisor(state="sent")
    Notice.objects.filter(pk=old.pk).update(final_at=from_now(-31 * 86400))
    Notice.objects.filter(pk=fresh.pk).update(final_at=from_now(-29 * 86400))
    event = AccountEvent.objects.create(
        kind="code", channel="sms", recipient="+14135550123", dispatched_at=timezone.now() - sweep.KEPT * 2
    )
    assert sweep.purge() == 1
    assert [Notice.objects.get(pk=row.pk).payload is None for row in (old, fresh)] == [True, False]
    assert not AccountEvent.objects.filter(pk=event.pk).exists()
