"""How long a session lasts, idle and in all, and how many there may be: kept by the server, whatever a cookie says."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse

from registration import browser_names, session_store, terms
from registration.access import NEWER_TERMS, STAFF
from registration.models import StaffRole, User
from registration.session_store import BEGAN, LABEL, SEEN

TIMED_OUT = "timed_out"
STAMP_SECONDS = 60  # a session is written at most once a minute for being used


def begin(request: HttpRequest, user: User) -> None:
    """Start both clocks; who works for the administrator has shorter ones. An employee's oldest session may end."""
    session, now = request.session, int(time.time())
    session[BEGAN], session[SEEN] = now, now
    session[STAFF] = user.is_staff or StaffRole.objects.filter(user=user).exists()
    session[LABEL] = browser_names.label_of(request.headers.get("User-Agent", ""))
    if user.employee_id is not None:
        if terms.outdated(user):
            session[NEWER_TERMS] = True
        session.save()  # of two log-ins at once, the later one sees both
        session_store.end_oldest(user, most=settings.SESSIONS_AT_ONCE, seen=over_before(session))


def idle_seconds(session: SessionBase) -> int:
    """How long nothing may happen."""
    return 60 * (settings.STAFF_SESSION_IDLE_MINUTES if session[STAFF] else settings.SESSION_IDLE_MINUTES)


def over_before(session: SessionBase) -> dt.datetime:
    """A session of the same person that was last used before this moment is over."""
    return dt.datetime.now(tz=dt.UTC) - dt.timedelta(seconds=idle_seconds(session))


def seconds_left(session: SessionBase, now: int) -> int:
    """Until the idle or the longest time has passed; none are left when it has."""
    longest = settings.STAFF_SESSION_HOURS * 3600 if session[STAFF] else settings.SESSION_COOKIE_AGE
    end: int = min(session[SEEN] + idle_seconds(session), session[BEGAN] + longest)
    return max(0, end - now)


def stay(session: SessionBase) -> int:
    """Somebody asked for more time. Returns the seconds left: the longest time is no longer for it."""
    session[SEEN] = int(time.time())
    return seconds_left(session, session[SEEN])


class SessionLimitsMiddleware:
    """Ends a session that is over before any view sees it: `registration.access` then leads to the log-in page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        session = request.session
        if SESSION_KEY not in session:
            return self.get_response(request)
        now = int(time.time())
        if BEGAN not in session and isinstance(request.user, User):
            begin(request, request.user)
        if BEGAN in session and not seconds_left(session, now):
            idle = idle_seconds(session) // 60 if now >= session[SEEN] + idle_seconds(session) else 0
            request.timed_out_user = int(session[SESSION_KEY])  # type: ignore[attr-defined]  # for this request alone
            logout(request)
            request.session[TIMED_OUT] = {"idle_minutes": idle}  # the log-in page says why
        elif BEGAN in session and now - session[SEEN] >= STAMP_SECONDS:
            session[SEEN] = now
        return self.get_response(request)
