"""How the stand-ins misbehave when a test asks them to; by default they do not.

Outcomes of one request: "429", "500_before" and "500_after" (before or after accepting the message), "drop_before"
and "drop_after" (the connection ends), for mail also a reply code of its own, "421" or "550"; for
"scan", the virus scanner, "drop" and "error".
"""

from __future__ import annotations

import random
import threading
from collections import deque
from dataclasses import dataclass, field
from typing import Any

TWILIO_MAGIC = {"+15005550001": 21211, "+15005550009": 21614}  # Twilio's own test numbers
# Landlines, which can be called. Twilio knows some and refuses the text at once (21614, "not a mobile number"); of
# others it hears from the carrier, and the report says 30006.
LANDLINES = {"+12125550114": 21614, "+12125550115": 30006}
NOT_A_MOBILE = 21614


@dataclass
class Faults:
    latency: float = 0  # seconds from the request to the answer; the message is accepted half-way
    plan: dict[str, deque[str]] = field(default_factory=dict)  # channel -> outcomes of the next requests
    rates: dict[str, dict[str, float]] = field(default_factory=dict)  # channel -> outcome -> share of requests
    numbers: dict[str, int] = field(default_factory=lambda: dict(TWILIO_MAGIC))  # number -> Twilio error code
    landlines: dict[str, int] = field(default_factory=lambda: dict(LANDLINES))  # number -> code a text ends with
    callbacks: str = "delivered"  # the last status a message reaches, or "none"
    callback_delay: float = 0  # seconds
    error_code: int = 30005  # told with "undelivered" and "failed"
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _dice: random.Random = field(default_factory=lambda: random.Random(1), repr=False)

    def set(self, wanted: dict[str, Any]) -> None:
        """Replaces the named switches. Raises KeyError for an unknown one."""
        with self._lock:
            for name, value in wanted.items():
                if name.startswith("_") or not hasattr(self, name):
                    raise KeyError(name)
                setattr(self, name, value)
            if "plan" in wanted:
                self.plan = {channel: deque(outcomes) for channel, outcomes in wanted["plan"].items()}

    def refused(self, channel: str) -> dict[str, int]:
        """The numbers that Twilio refuses at once, with its error code."""
        known = {number: code for number, code in self.landlines.items() if code == NOT_A_MOBILE}
        return self.numbers | (known if channel == "sms" else {})

    def next(self, channel: str) -> str:
        """What happens to this request; "" for nothing special."""
        with self._lock:
            if planned := self.plan.get(channel):
                return planned.popleft()
            roll = self._dice.random()
            for outcome, share in self.rates.get(channel, {}).items():
                if roll < share:
                    return outcome
                roll -= share
        return ""
