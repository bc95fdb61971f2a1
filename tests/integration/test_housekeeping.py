"""The nightly purge: everything on the list runs, and one failure keeps nothing else."""

import pytest

from portal import housekeeping

pytestmark = pytest.mark.django_db


def test_every_purge_runs():
    for _what, throw_away in housekeeping.PURGES:
        assert throw_away() in (0, None)


def test_one_that_fails_does_not_keep_the_others(monkeypatch):
    ran = []

    def fail():
        raise RuntimeError

    monkeypatch.setattr(housekeeping, "PURGES", (("broken", fail), ("whole", lambda: ran.append(1))))
    housekeeping.purge_all()
    assert ran == [1]
