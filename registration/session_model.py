"""The sessions' table: whose a session is, so that its owner can see it and end it, and a change can end the others."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models


class Session(AbstractBaseSession):
    """One session. `id` names it in addresses; the key never leaves the cookie."""

    id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    label = models.CharField(max_length=60, blank=True)  # "Chrome on Android"
    began_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    def get_decoded(self) -> dict[str, Any]:
        """What it holds: it opens under its own key alone."""
        from registration.session_store import SessionStore  # noqa: PLC0415 - the store needs the models first

        return SessionStore(self.session_key).decode(self.session_data)

    class Meta(AbstractBaseSession.Meta):
        indexes: ClassVar = [models.Index(fields=["user", "-seen_at"], name="sessions_of_a_user")]
