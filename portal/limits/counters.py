"""Limits that hold: counted in the database, one statement a hit, whoever else is hitting.

A scope is a name in `settings.LIMITS`: (hits, seconds). A rate counts hits in a window that begins with the first.
A run (`in_a_row`) lasts until `seconds` have passed without a hit, so that no stretch of `seconds` ever holds more
than `hits` of them. Keys are stored as keyed hashes. Call outside a transaction that may roll back.
An alarm (`watch`) refuses nobody: what all people together do is no reason to turn one of them away.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, F, Q
from django.utils import timezone

from portal.lib.crypto import keyed_hash
from portal.limits.models import Counter


@dataclass(frozen=True)
class Allowed:
    left: int  # hits that remain


@dataclass(frozen=True)
class Refused:
    retry_after: int  # seconds, at least 1


Answer = Allowed | Refused
log = structlog.get_logger("portal.limits")

# Hits stop counting one above the limit: nothing is learned by counting a flood.
HIT = """
INSERT INTO limits_counter AS c (scope, key, window_start, hits) VALUES (%(scope)s, %(key)s, %(now)s, 1)
ON CONFLICT (scope, key) DO UPDATE SET
  hits = CASE WHEN c.window_start <= %(since)s THEN 1 ELSE LEAST(c.hits + 1, %(most)s + 1) END,
  window_start = CASE WHEN c.window_start <= %(since)s OR (%(in_a_row)s AND c.hits < %(most)s)
                      THEN %(now)s ELSE c.window_start END
RETURNING hits, window_start
"""


def hit(scope: str, key: str, *, in_a_row: bool = False, now: dt.datetime | None = None) -> Answer:
    """Count one hit and say whether it was within the limit."""
    most, seconds = settings.LIMITS[scope]
    now = now or timezone.now()
    values: dict[str, str | int | dt.datetime] = {
        "scope": scope,
        "key": _hashed(scope, key),
        "now": now,
        "since": now - dt.timedelta(seconds=seconds),
        "most": most,
        "in_a_row": in_a_row,
    }
    with connection.cursor() as cursor:
        cursor.execute(HIT, values)
        hits, began = cursor.fetchone()
    return Allowed(most - hits) if hits <= most else _refused(began, seconds, now)


def hit_all(
    counted: Iterable[tuple[str, str]], *, in_a_row: Collection[str] = (), now: dt.datetime | None = None
) -> Refused | None:
    """Count one hit for each (scope, key), in this order, or none at all: the first refusal takes back those before it.

    `in_a_row` names the scopes that count runs. Callers keep one order of scopes, so that no two block each other.
    """
    with transaction.atomic():
        for scope, key in counted:
            answer = hit(scope, key, in_a_row=scope in in_a_row, now=now)
            if isinstance(answer, Refused):
                transaction.set_rollback(True)
                return answer
    return None


def watch(scope: str, *, now: dt.datetime | None = None) -> None:
    """Count one event of everybody's. The one that reaches the limit is logged as an error, once a window."""
    if hit(scope, "all", now=now) == Allowed(0):
        log.error("alarm", code=scope, count=settings.LIMITS[scope][0])


def check(scope: str, key: str, *, now: dt.datetime | None = None) -> Answer:
    """What the next hit would be told, without counting it."""
    most, seconds = settings.LIMITS[scope]
    now = now or timezone.now()
    counter = Counter.objects.filter(scope=scope, key=_hashed(scope, key)).first()
    if counter is None or counter.window_start <= now - dt.timedelta(seconds=seconds):
        return Allowed(most)
    return Allowed(most - counter.hits) if counter.hits < most else _refused(counter.window_start, seconds, now)


def forgive(scope: str, key: str) -> None:
    """Take one hit back: it was counted before its outcome was known, and was no miss."""
    Counter.objects.filter(scope=scope, key=_hashed(scope, key), hits__gt=0).update(hits=F("hits") - 1)


def reset(scope: str, key: str) -> None:
    """Forget every hit of this key."""
    Counter.objects.filter(scope=scope, key=_hashed(scope, key)).delete()


def purge(*, now: dt.datetime | None = None) -> int:
    """Delete the counters whose window is over, and those of scopes that are no more. Returns how many."""
    now = now or timezone.now()
    over = ~Q(scope__in=settings.LIMITS)
    for scope, (_most, seconds) in settings.LIMITS.items():
        over |= Q(scope=scope, window_start__lt=now - dt.timedelta(seconds=seconds))
    return Counter.objects.filter(over).delete()[0]


def refused_now(*, now: dt.datetime | None = None) -> dict[str, int]:
    """How many keys of each scope would be refused their next hit."""
    now = now or timezone.now()
    full = Q()
    for scope, (most, seconds) in settings.LIMITS.items():
        full |= Q(scope=scope, hits__gte=most, window_start__gt=now - dt.timedelta(seconds=seconds))
    rows = Counter.objects.filter(full).values("scope").annotate(keys=Count("id")).order_by()
    return dict.fromkeys(settings.LIMITS, 0) | {row["scope"]: row["keys"] for row in rows}


def refusals(
    pairs: Iterable[tuple[str, str]], *, now: dt.datetime | None = None
) -> list[tuple[tuple[str, str], Refused]]:
    """Those of these (scope, key) that would be refused their next hit, in the order given. One query."""
    now = now or timezone.now()
    asked = {(scope, _hashed(scope, key)): (scope, key) for scope, key in pairs}
    rows = Counter.objects.filter(scope__in={scope for scope, _ in asked}, key__in={key for _, key in asked})
    found = {}
    for row in rows:
        most, seconds = settings.LIMITS.get(row.scope, (row.hits + 1, 0))
        if row.hits >= most and row.window_start > now - dt.timedelta(seconds=seconds):
            found[row.scope, row.key] = _refused(row.window_start, seconds, now)
    return [(pair, found[hashed]) for hashed, pair in asked.items() if hashed in found]


def _hashed(scope: str, key: str) -> str:
    return keyed_hash(f"limit:{scope}", key)


def _refused(began: dt.datetime, seconds: int, now: dt.datetime) -> Refused:
    return Refused(max(1, int((began - now).total_seconds()) + seconds))
