"""How handing a message to a provider can end. Who calls a gateway meets one of these, never a library's exception."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Accepted:
    """The provider took it. `provider_id` is what it calls the message, "" where it gives no name."""

    provider_id: str = ""


class SendingError(Exception):
    """`code` is the provider's own, or a word of ours. It never holds a recipient or a message's words."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NotSent(SendingError):
    """Certainly not sent, and worth another try; `retry_after` in seconds where the provider said so."""

    def __init__(self, code: str, retry_after: float | None = None) -> None:
        super().__init__(code)
        self.retry_after = retry_after


class Refused(SendingError):
    """Certainly not sent, and never will be: the address or the message is at fault."""


class ChannelRefused(SendingError):
    """Certainly not sent, and no other message will be either: our account or our settings are at fault."""


class UnknownThere(SendingError):
    """The provider was asked about a message and does not know it."""


class Uncertain(SendingError):
    """It may have been sent: the answer was lost."""
