"""The relay and a Celery worker as processes: an absence reported here is told there."""

import pytest
from django.db import connection

from notifications import health
from tests.factories.records import open_case
from tests.fakes.processes import RELAY, WORKER, Process, database_url
from tests.fakes.standins import wait_until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def environment(standins):
    return {**standins.environment(), "DATABASE_URL": database_url(connection.settings_dict["NAME"])}


@pytest.fixture
def relay(environment, tmp_path):
    process = Process("relay", RELAY, environment=environment, log=tmp_path / "relay.log").start()
    yield process
    process.stop()


@pytest.fixture
def worker(environment, tmp_path):
    process = Process("worker", WORKER, environment=environment, log=tmp_path / "worker.log").start()
    yield process
    process.stop()


def test_the_relay_and_a_worker_tell_an_absence_in_seconds(relay, worker, standins):
    wait_until(lambda: not health.complaints(), seconds=20, what="the relay's heartbeat")
    open_case()
    wait_until(lambda: len(standins.messages()) == 1, seconds=20, what="the receipt to the employee")
    assert relay.stop() == 0


def test_a_broker_that_is_away_costs_nothing_but_parallelism(environment, standins, tmp_path):
    """Two relays, then, do the work themselves, and each message once."""
    away = {**environment, "REDIS_URL": f"redis+socket://{tmp_path}/nobody.sock?virtual_host=0"}
    logs = [tmp_path / "one.log", tmp_path / "two.log"]
    relays = [Process("relay", RELAY, environment=away, log=log).start() for log in logs]
    try:
        for _ in range(10):
            open_case()
        wait_until(lambda: len(standins.messages()) >= 10, seconds=30, what="delivery by the relays themselves")
    finally:
        assert [relay.stop() for relay in relays] == [0, 0]
    assert len(standins.messages()) == 10
    assert any("broker away" in log.read_text() for log in logs)


def test_the_relay_outlives_a_database_that_drops_it(relay, worker, standins):
    wait_until(lambda: not health.complaints(), seconds=20, what="the relay's heartbeat")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        assert cursor.fetchone()[0] > 0
    open_case()
    wait_until(lambda: len(standins.messages()) == 1, seconds=30, what="the receipt to the employee")
    assert relay.stop() == 0
