"""Running servers as somebody else: PostgreSQL refuses to run as root, as containers and CI do."""

from __future__ import annotations

import os
import pwd
import subprocess
from pathlib import Path
from typing import Any


def unprivileged() -> dict[str, Any]:
    """Arguments for `subprocess` that leave root; none when we are an ordinary user."""
    if os.geteuid():
        return {}
    user = pwd.getpwnam(os.environ.get("SERVICE_USER", "nobody"))
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def reachable(path: Path, account: dict[str, Any]) -> bool:
    """Whether that account can enter or run `path`."""
    return not account or subprocess.run(["test", "-x", str(path)], **account, check=False).returncode == 0
