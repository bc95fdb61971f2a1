"""The messages that the stand-ins took, as they wrote them down."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FIELDS = ("id", "channel", "to", "subject", "body", "at", "attachments")


def newest_first(log: Path, *, most: int | None = None) -> list[dict[str, Any]]:
    """Each message with FIELDS; no file means that nothing was sent yet."""
    if not log.exists():
        return []
    with log.open(encoding="utf-8") as file:
        lines = [line for line in file if line.endswith("\n")]  # the last one may still be written
    newest = reversed(lines if most is None else lines[-most:])
    return [{name: message.get(name) for name in FIELDS} for message in map(json.loads, newest)]
