"""Where one-time news waits for the next page: in the session, sealed, because it may name what somebody typed."""

from __future__ import annotations

import base64
from typing import Any

from django.contrib.messages.storage.session import SessionStorage

from portal.lib import crypto

BOUND_TO = "django_session.messages"


class SealedNews(SessionStorage):
    """Sessions are signed, not encrypted. News that opens with none of the keys is dropped: its page is gone."""

    def serialize_messages(self, messages: Any) -> str:
        plain = super().serialize_messages(messages).encode()
        return base64.b64encode(crypto.seal(plain, bound_to=BOUND_TO)).decode()

    def deserialize_messages(self, data: Any) -> Any:
        if not data:
            return None
        try:
            plain = crypto.unseal(base64.b64decode(data), bound_to=BOUND_TO)
        except (crypto.Unreadable, ValueError):  # ValueError: news from before it was sealed
            return None
        return super().deserialize_messages(plain.decode())
