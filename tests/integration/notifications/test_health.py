import pytest

from notifications import health, results
from notifications.models import Heartbeat, Notice
from portal.lib.database_time import from_now
from tests.factories.notices import to_supervisor

pytestmark = pytest.mark.django_db


def ask(client):
    answer = client.get("/healthz/notify")
    return answer.status_code, answer.content.decode().splitlines()


def test_alive(client):
    answer = client.get("/healthz/")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert client.post("/healthz/").status_code == 405


def test_all_is_well(client):
    health.beat()
    to_supervisor()
    assert ask(client) == (200, ["ok"])


def test_a_relay_that_stands_still(client):
    assert ask(client) == (503, ["no relay"])
    health.beat()
    Heartbeat.objects.update(at=from_now(-16))
    assert ask(client) == (503, ["no relay"])


def test_what_waits_or_stays_unknown(client):
    health.beat()
    to_supervisor(state=Notice.State.UNKNOWN, doubted_at=from_now(-301), started_at=from_now(-1))
    to_supervisor()
    Notice.objects.filter(state="pending").update(next_at=from_now(-61))
    assert ask(client) == (503, ["a notice has waited for a minute", "a notice has been unknown for five minutes"])


def test_a_channel_that_is_paused(client):
    health.beat()
    results.pause("email", "535")
    assert ask(client) == (503, ["a channel is paused"])
