"""How long the reader's session still lasts, on every page of who is signed in."""

from __future__ import annotations

import time
from typing import Any

from django import template
from django.conf import settings

from registration import session_store, sessions

register = template.Library()


@register.inclusion_tag("components/session_limit.html", takes_context=True)
def session_limit(context: dict[str, Any]) -> dict[str, Any]:
    """The sentence for everybody, and the warning that a script shows in time; nothing before the clocks run."""
    session = context["request"].session
    if session_store.BEGAN not in session:
        return {"seconds": 0}
    return {
        "seconds": sessions.seconds_left(session, int(time.time())),
        "idle_minutes": sessions.idle_seconds(session) // 60,
        "warn_seconds": 60 * settings.SESSION_WARNING_MINUTES,
        "portal_name": context["contact"].portal_name,
    }
