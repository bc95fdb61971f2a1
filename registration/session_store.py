"""The session engine (SESSION_ENGINE): Django's own database sessions, in a table that knows whose each one is.

What a session holds is sealed, and opens under its own key alone: facts typed before anybody matched wait in it.

A session that ended because its owner logged in elsewhere, or that got a new key when a change was saved, leaves a
stub under a key of its own, so that the browser that still comes with the old one can be told why (it may be a second
tap on "Save"). The old key is gone at once: a request still under way cannot write it back. Nor does Django delete the
new key's cookie, as it does for a key that nobody knows.
"""

from __future__ import annotations

import base64
import datetime as dt
import re
import uuid
from typing import Any

import structlog
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.db.models import QuerySet
from django.utils import timezone

from portal.lib.crypto import Unreadable, keyed_hash, seal, unseal
from registration.models import Session, User

BEGAN, SEEN, LABEL = "began", "seen", "label"  # in the session and, for its owner's list, in its row
ELSEWHERE = "elsewhere"  # stands in the empty session of a browser whose owner logged in on another device
REPLACED = "replaced"  # and of one whose key was replaced while a page was under way: a second tap on its button
SAVED = "saved"  # stands in the empty session of a browser that comes with the key from before its change was saved
KEY_LENGTH = 40
KEY = re.compile(r"[a-z0-9]+")  # as Django makes them, and _stub_key
SECOND_TAP = dt.timedelta(minutes=1)
log = structlog.get_logger("portal.sessions")


class SessionStore(DatabaseSessions):
    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row: Session = super().create_model_instance(data)  # type: ignore[assignment]  # of get_model_class
        row.id = public_id(row.session_key)
        row.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.label = data.get(LABEL, "")
        row.began_at, row.seen_at = _moment(data.get(BEGAN)), _moment(data.get(SEEN))
        return row

    def encode(self, session_dict: dict[str, Any]) -> str:
        plain = self.serializer().dumps(session_dict)
        return base64.b64encode(seal(plain, bound_to=self._bound_to())).decode()

    def decode(self, session_data: str | bytes) -> dict[str, Any]:
        """{} for what was not sealed for this session: its browser begins anew."""
        try:
            kept: dict[str, Any] = self.serializer().loads(
                unseal(base64.b64decode(session_data), bound_to=self._bound_to())
            )
        except (ValueError, Unreadable):
            log.warning("session unreadable")
            return {}
        return kept

    def _bound_to(self) -> str:
        key = self._get_or_create_session_key()  # type: ignore[attr-defined]  # Django’s stubs leave it out
        return f"registration_session.session_data|{key}"

    def cycle_key(self) -> None:
        """The old key's word keeps Django from deleting the new key's cookie over a second tap."""
        before = self.session_key
        super().cycle_key()
        if before:
            leave_word(before, REPLACED)

    def load(self) -> dict[str, Any]:
        key = self.session_key
        if key and not KEY.fullmatch(key):  # whoever wrote it: PostgreSQL takes no NUL
            self._session_key = None
            return {}
        kept = super().load()
        return _word_left(key) if key and self.session_key is None else kept


def public_id(session_key: str) -> uuid.UUID:
    """What names this session in addresses. A new key is a new name; the key cannot be worked out from it."""
    return uuid.UUID(keyed_hash("session id", session_key)[:32])


def others(user: User, *, keep: str | None) -> QuerySet[Session]:
    """Every session of `user` but the one whose key is `keep`."""
    return Session.objects.filter(user=user).exclude(session_key=keep or "")


def end_others(user: User, *, keep: str | None) -> int:
    """Delete every session of `user` but the one whose key is `keep`. Returns how many."""
    return others(user, keep=keep).delete()[0]


def open_since(user: User, *, seen: dt.datetime) -> QuerySet[Session]:
    """The sessions of `user` that were used after `seen`, those that began last first: the others are over."""
    return Session.objects.filter(user=user, seen_at__gt=seen).order_by("-began_at", "session_key")


def end_oldest(user: User, *, most: int, seen: dt.datetime) -> int:
    """Of the sessions used after `seen` leave the `most` that began last. Returns how many ended.

    Their browsers are told when they come.
    """
    over = list(open_since(user, seen=seen).values_list("session_key", flat=True)[most:])
    for key in over:
        Session.objects.filter(session_key=key).update(session_key=_stub_key(key), user=None, session_data="")
    return len(over)


def leave_word(session_key: str, word: str = SAVED) -> None:
    """For a minute, who comes with this key, which was replaced, learns why. Two requests may replace it at once."""
    stub = Session(session_key=_stub_key(session_key, word), expire_date=timezone.now() + SECOND_TAP)
    Session.objects.bulk_create([stub], ignore_conflicts=True)


def _word_left(session_key: str) -> dict[str, Any]:
    stubs = {_stub_key(session_key, word): word for word in (ELSEWHERE, REPLACED, SAVED)}
    left = Session.objects.filter(session_key__in=stubs, expire_date__gt=timezone.now())
    return {stubs[key]: True for key in left.values_list("session_key", flat=True)}


def _stub_key(session_key: str, word: str = ELSEWHERE) -> str:
    return keyed_hash(f"session ended {word}", session_key)[:KEY_LENGTH]


def _moment(seconds: int | None) -> dt.datetime | None:
    return None if seconds is None else dt.datetime.fromtimestamp(seconds, tz=dt.UTC)
