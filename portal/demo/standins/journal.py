"""The log of accepted messages: what a verdict about lost and repeated messages is made from."""

from __future__ import annotations

import datetime as dt
import json
import os
import threading
from pathlib import Path
from typing import Any


class Journal:
    """Appends whole lines, each in one write, before the sender has its answer."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        self._lock = threading.Lock()
        self.accepted = 0

    def write(self, **entry: Any) -> None:
        line = {"subject": "", "attachments": [], "at": dt.datetime.now(tz=dt.UTC).isoformat(), **entry}
        with self._lock:
            os.write(self._file, json.dumps(line, ensure_ascii=False).encode() + b"\n")
            self.accepted += 1
