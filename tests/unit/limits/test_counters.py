"""Limits hold to the hit, for every pattern of hits and whoever else is hitting."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from structlog.testing import capture_logs

from portal.limits import counters
from portal.limits.address import client_address, network_of
from portal.limits.counters import Allowed, Refused
from portal.limits.models import Counter

NOON = dt.datetime(2026, 3, 6, 12, tzinfo=dt.UTC)


def after(seconds):
    return NOON + dt.timedelta(seconds=seconds)


@pytest.fixture(autouse=True)
def _three_in_a_minute(settings):
    settings.LIMITS = {**settings.LIMITS, "try": (3, 60)}


@pytest.mark.django_db
class TestRate:
    def test_the_fourth_in_a_minute_is_refused_until_the_minute_is_over(self):
        answers = [counters.hit("try", "a", now=after(second)) for second in (0, 10, 20, 30)]
        assert answers == [Allowed(2), Allowed(1), Allowed(0), Refused(30)]
        assert counters.hit("try", "a", now=after(59)) == Refused(1)
        assert counters.hit("try", "a", now=after(60)) == Allowed(2)

    def test_keys_and_scopes_do_not_share(self, settings):
        settings.LIMITS = {**settings.LIMITS, "other": (3, 60)}
        for _ in range(4):
            counters.hit("try", "a", now=NOON)
        assert counters.hit("try", "b", now=NOON) == Allowed(2)
        assert counters.hit("other", "a", now=NOON) == Allowed(2)

    def test_check_counts_nothing(self):
        assert counters.check("try", "a", now=NOON) == Allowed(3)
        for _ in range(3):
            counters.hit("try", "a", now=NOON)
        assert [counters.check("try", "a", now=after(20)) for _ in range(3)] == [Refused(40)] * 3
        assert counters.check("try", "a", now=after(60)) == Allowed(3)

    def test_a_hit_can_be_taken_back_but_never_below_none(self):
        counters.hit("try", "a", now=NOON)
        counters.forgive("try", "a")
        counters.forgive("try", "a")
        assert counters.hit("try", "a", now=NOON) == Allowed(2)

    def test_reset_forgets(self):
        for _ in range(4):
            counters.hit("try", "a", now=NOON)
        counters.reset("try", "a")
        assert counters.hit("try", "a", now=NOON) == Allowed(2)


@pytest.mark.django_db
class TestRun:
    def test_a_run_ends_only_after_a_quiet_minute(self):
        answers = [counters.hit("try", "a", in_a_row=True, now=after(second)) for second in (0, 50, 100)]
        assert answers == [Allowed(2), Allowed(1), Allowed(0)]
        assert counters.hit("try", "a", in_a_row=True, now=after(159)) == Refused(1)
        assert counters.hit("try", "a", in_a_row=True, now=after(160)) == Allowed(2)


class TestAnyPattern(TestCase):
    @given(st.lists(st.integers(0, 70), min_size=1, max_size=40))
    def test_no_minute_ever_holds_more_than_three_of_a_run(self, pauses):
        counters.reset("try", "a")
        second, allowed = 0, []
        for pause in pauses:
            second += pause
            if isinstance(counters.hit("try", "a", in_a_row=True, now=after(second)), Allowed):
                allowed.append(second)
        assert all(late - early >= 60 for early, late in zip(allowed, allowed[3:], strict=False))


@pytest.mark.django_db
def test_the_table_holds_no_plain_key():
    counters.hit("try", "Garcia 02108", now=NOON)
    row = Counter.objects.get()
    assert len(row.key) == 64
    assert "Garcia" not in row.key


@pytest.mark.django_db
def test_purge_deletes_only_what_is_over():
    counters.hit("try", "old", now=NOON - dt.timedelta(days=2))
    counters.hit("try", "new", now=NOON)
    assert counters.purge(now=NOON) == 1
    assert Counter.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_forty_at_once_pass_three():
    def one(_):
        try:
            return counters.hit("try", "a")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(one, range(40)))
    assert sum(isinstance(answer, Allowed) for answer in answers) == 3


@pytest.mark.parametrize(
    ("hops", "forwarded", "peer", "expected"),
    [
        (0, "203.0.113.9", "198.51.100.1", "198.51.100.1"),
        (1, "203.0.113.9", "10.0.0.1", "203.0.113.9"),
        (1, "6.6.6.6, 203.0.113.9", "10.0.0.1", "203.0.113.9"),
        (2, "6.6.6.6, 203.0.113.9, 10.0.0.2", "10.0.0.1", "203.0.113.9"),
        (1, "", "10.0.0.1", "unknown"),
        (1, "2001:db8:1:2:3::4", "10.0.0.1", "2001:db8:1:2::/64"),
        (0, "", "", "unknown"),
    ],
)
def test_the_address_is_what_our_own_proxy_saw(settings, hops, forwarded, peer, expected):
    settings.PROXY_HOPS = hops
    assert (
        client_address(RequestFactory().get("/", headers={"X-Forwarded-For": forwarded}, REMOTE_ADDR=peer)) == expected
    )


@pytest.mark.django_db
class TestSeveralAtOnce:
    def test_a_refusal_leaves_every_counter_as_it_was(self, settings):
        settings.LIMITS = {**settings.LIMITS, "other": (1, 60)}
        counters.hit("try", "b", in_a_row=True, now=NOON)
        counted = [("try", "a"), ("try", "b"), ("other", "x"), ("try", "c")]
        assert counters.hit_all(counted, in_a_row={"try"}, now=after(10)) is None
        before = sorted(Counter.objects.values_list("key", "hits", "window_start"))
        assert counters.hit_all(counted, in_a_row={"try"}, now=after(20)) == Refused(50)
        assert sorted(Counter.objects.values_list("key", "hits", "window_start")) == before

    def test_the_last_of_a_limit_raises_one_alarm(self):
        with capture_logs() as lines:
            for second in range(9):
                counters.watch("try", now=after(second))
        assert [(line["event"], line["code"], line["count"]) for line in lines] == [("alarm", "try", 3)]


@pytest.mark.parametrize(
    ("address", "network"),
    [("203.0.113.9", "203.0.113.0/24"), ("2001:db8:1:2::/64", "2001:db8:1::/48"), ("unknown", "unknown")],
)
def test_an_addresss_network(address, network):
    assert network_of(address) == network
