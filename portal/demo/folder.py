"""The demo's data folder: one demo at a time, nothing left running, and a place that PostgreSQL may enter."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import IO

from portal.demo.refusal import Refused
from portal.devservices.account import reachable, unprivileged

RECORD = "environment.json"


def open_folder(data: Path) -> None:
    """Raises Refused when it cannot be made or written."""
    try:
        (data / "logs").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(f"The demo cannot keep its data in {data}: {error.strerror}.") from error


def lock(data: Path) -> IO[str]:
    """Held while the returned file is open; the system lets go when we crash, so a stale lock cannot be.

    Raises Refused when another demo holds it.
    """
    file = (data / "lock").open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        file.seek(0)
        holder = file.read().strip() or "unknown"
        file.close()
        raise Refused(f"A demo is running on {data} already (process {holder}): stop it first.") from error
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    return file


def end_leftovers(data: Path) -> int:
    """Ends what a crashed demo left running on this folder, and says how many processes that was."""
    record = data / RECORD
    if not record.exists():
        return 0
    known = json.loads(record.read_text())
    ours = [pid for pid in known["pids"].values() if _works_on(pid, data)]
    for pid in ours:
        _end_group(pid)
    shutil.rmtree(known["sockets"], ignore_errors=True)
    record.unlink()
    return len(ours)


def _works_on(pid: int, data: Path) -> bool:
    """Whether that process is a demo's on this folder: numbers are given out again after a crash."""
    environment = Path(f"/proc/{pid}/environ")
    if environment.exists():
        with contextlib.suppress(OSError):
            return f"DEMO_DATA={data}\0".encode() in environment.read_bytes()
        return False
    shown = subprocess.run(["ps", "-E", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, check=False)
    return f"DEMO_DATA={data}".encode() in shown.stdout


def _end_group(pid: int) -> None:
    for sign, patience in ((signal.SIGTERM, 5.0), (signal.SIGKILL, 2.0)):
        deadline = time.monotonic() + patience
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, sign)
            while time.monotonic() < deadline:
                os.killpg(pid, 0)
                time.sleep(0.05)


def postgres_folder(data: Path) -> Path:
    """Where PostgreSQL keeps its files: in the data folder, or beside it when its account may not enter there.

    Root’s servers run as somebody else (`devservices.account`), whom a closed home keeps out.
    """
    inside, account = data / "pg", unprivileged()
    if _enterable(inside, account):
        return inside
    digest = hashlib.sha256(str(data).encode()).hexdigest()[:12]
    outside = Path(tempfile.gettempdir()) / f"leave-portal-demo-{digest}"
    if outside.exists() and outside.stat().st_uid not in {os.geteuid(), account["user"]}:
        raise Refused(f"{outside} belongs to somebody else: remove it, or move the project to an open folder.")
    if not _enterable(outside, account):
        raise Refused(f"PostgreSQL may enter neither {inside} nor {outside}: move the project to an open folder.")
    (data / "pg-folder.txt").write_text(f"{outside}\n")
    return outside


def _enterable(folder: Path, account: dict[str, int]) -> bool:
    folder.mkdir(mode=0o711, exist_ok=True)
    if account:
        os.chown(folder, account["user"], account["group"])
    return reachable(folder, account)


def socket_folder() -> Path:
    """A new folder with a short path that every account may pass through; the caller removes it."""
    made = Path(tempfile.mkdtemp(prefix="lp-demo-"))
    made.chmod(0o711)
    if not reachable(made, unprivileged()):
        made.rmdir()
        made = Path(tempfile.mkdtemp(prefix="lp-demo-", dir="/tmp"))
        made.chmod(0o711)
    return made
