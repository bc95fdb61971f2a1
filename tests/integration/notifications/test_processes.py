"""The relay and a Celery worker as processes: an absence reported here is told there."""

import time

import pytest
from django.db import connection

from notifications import health
from tests.factories.records import open_case
from tests.fakes.processes import RELAY, WORKER, Process, database_url
from tests.fakes.standins import wait_until

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


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
    began = time.monotonic()
    open_case()
    wait_until(lambda: len(standins.messages()) == 1, seconds=20, what="the receipt to the employee")
    print("took", time.monotonic() - began)
    assert relay.stop() == 0


def test_a_broker_that_is_away_costs_nothing_but_parallelism(environment, standins, tmp_path):
    away = {**environment, "REDIS_URL": f"redis+socket://{tmp_path}/nobody.sock?virtual_host=0"}
    relay = Process("relay", RELAY, environment=away, log=tmp_path / "relay.log").start()
    try:
        for _ in range(6):
            open_case()
        wait_until(lambda: len(standins.messages()) == 6, seconds=20, what="delivery by the relay itself")
    finally:
        assert relay.stop() == 0
    assert "broker away" in (tmp_path / "relay.log").read_text()
