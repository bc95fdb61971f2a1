"""Where this demo keeps its data: the runner tells every process through the environment."""

from __future__ import annotations

import os
from pathlib import Path

BASE = Path(__file__).resolve().parents[2]
DEFAULT_DATA = BASE / "var" / "demo"


def data() -> Path:
    return Path(os.environ.get("DEMO_DATA") or DEFAULT_DATA)


def messages() -> Path:
    """What the stand-ins took, one JSON object a line."""
    return data() / "messages.jsonl"


def size() -> str:
    """A key of `roster.SIZES`."""
    return os.environ.get("DEMO_SIZE") or "full"
