"""Telling workers, and doing it here when nobody listens."""

import itertools
import time
from datetime import timedelta
from uuid import UUID

import pytest
from celery import current_app
from django.db import connection

from notifications import nudging
from notifications.deliver import deliver
from notifications.models import Notice
from portal.lib.database_time import from_now
from portal.lib.nudge import Nudger
from tests.factories.notices import code, to_supervisor
from tests.fakes.standins import wait_until


class Recorder:
    """In a nudger's place: what was handed to the workers, and what was done here."""

    def __init__(self, *, threads=4):
        self.threads, self.hinted, self.here = threads, [], []

    def room(self, wanted):
        return wanted

    def room_here(self):
        return self.threads - len(self.here)

    def nudge(self, row_id, *, queue):
        self.hinted.append((row_id, queue))

    def do_here(self, row_id):
        self.here.append(row_id)


@pytest.fixture
def nudger(monkeypatch):
    recorder = Recorder()
    monkeypatch.setattr(nudging, "nudger", lambda: recorder)
    return recorder


def later(seconds):
    """As if they had passed."""
    for notice in Notice.objects.exclude(nudged_at=None):
        ago = notice.nudged_at - timedelta(seconds=seconds)
        Notice.objects.filter(pk=notice.pk).update(nudged_at=ago, next_at=notice.next_at - timedelta(seconds=seconds))


@pytest.mark.django_db
class TestBackingOff:
    def test_a_row_nobody_begins_is_nudged_after_five_and_done_here_after_fifteen_seconds(self, nudger):
        notice = to_supervisor()
        heard = []
        for second in range(31):
            nudging.nudge_notices()
            heard.append((second, len(nudger.hinted), len(nudger.here)))
            later(1)
        changes = [now for before, now in itertools.pairwise([(0, 0, 0), *heard]) if before[1:] != now[1:]]
        assert changes == [(0, 1, 0), (5, 2, 0), (15, 2, 1)]
        assert nudger.here == [str(notice.pk)]

    def test_it_begins_anew_when_it_becomes_due_anew(self, nudger):
        to_supervisor(nudges=7)  # tried, failed, and its time has come again
        nudging.nudge_notices()
        assert (len(nudger.hinted), nudger.here) == (1, [])
        assert Notice.objects.get().nudges == 1

    def test_codes_are_done_here_too(self, nudger):
        code(nudged_at=from_now(-11), nudges=2)
        Notice.objects.update(next_at=from_now(-20))
        nudging.nudge_codes()
        assert len(nudger.here) == 1

    def test_here_takes_no_more_than_it_has_threads(self, nudger):
        for _ in range(6):
            to_supervisor(nudged_at=from_now(-11), nudges=2)
        Notice.objects.update(next_at=from_now(-20))
        fresh = to_supervisor()
        nudging.nudge_notices()
        assert len(nudger.here) == nudger.threads
        assert nudger.hinted == [(str(fresh.pk), "notices")], "and holds nobody else up"

    def test_the_queue_holds_one_window(self, nudger, monkeypatch):
        monkeypatch.setattr(nudging, "NOTICES_WINDOW", 3)
        for _ in range(9):
            to_supervisor()
        for _ in range(14):
            nudging.nudge_notices()
            later(1)
        assert len({row_id for row_id, _ in nudger.hinted}) == 3
        assert len(nudger.hinted) == 6


@pytest.mark.django_db(transaction=True)
def test_a_live_broker_without_workers_delays_and_does_not_lose(standins, monkeypatch):
    relays = Nudger(current_app, "notifications.deliver", work_here)
    monkeypatch.setattr(nudging, "nudger", lambda: relays)
    monkeypatch.setattr(nudging, "AGAIN_SECONDS", 0.1)
    to_supervisor()

    def told():
        nudging.nudge_notices()
        return standins.messages()

    began = time.monotonic()
    wait_until(told, what="delivery by the relay")
    assert time.monotonic() - began >= 0.3
    relays.close()
    assert Notice.objects.get().state == Notice.State.SENT


def work_here(notice_id):
    deliver(UUID(notice_id))
    connection.close()
