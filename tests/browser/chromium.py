"""A Chromium without root: $CHROMIUM, the system's, or the one inside the npm package @sparticuz/chromium."""

from __future__ import annotations

import fcntl
import io
import os
import shutil
import tarfile
from pathlib import Path

import brotli  # comes with whitenoise[brotli]

ROOT = Path(__file__).resolve().parents[2]
PACKED = ROOT / "frontend/node_modules/@sparticuz/chromium/bin"
UNPACKED = ROOT / "var/chromium"
ARGUMENTS = (
    "--no-sandbox",  # CI runs as root, where the sandbox cannot start; only our own pages are opened
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium() -> tuple[str, dict[str, str]]:
    """The browser's path and the environment it needs. Raises RuntimeError when there is none."""
    if found := os.environ.get("CHROMIUM") or shutil.which("chromium"):
        return found, dict(os.environ)
    if not PACKED.exists():
        raise RuntimeError("No Chromium: run make setup, or set CHROMIUM.")
    program = UNPACKED / "chromium"
    UNPACKED.mkdir(parents=True, exist_ok=True)
    with (UNPACKED / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two workers begin at once: none may take a program that is being replaced
        if not program.exists():
            _unpack(program)
    libraries = f"{UNPACKED}/lib:" + os.environ.get("LD_LIBRARY_PATH", "")
    return str(program), {**os.environ, "LD_LIBRARY_PATH": libraries}


def _unpack(program: Path) -> None:
    """About two seconds, once. The program comes last, by a rename: it is there whole or not at all."""
    for name in ("al2023", "swiftshader", "fonts"):
        archive = io.BytesIO(brotli.decompress((PACKED / f"{name}.tar.br").read_bytes()))
        with tarfile.open(fileobj=archive) as opened:
            opened.extractall(UNPACKED, filter="data")
    part = program.with_suffix(f".{os.getpid()}")
    part.write_bytes(brotli.decompress((PACKED / "chromium.br").read_bytes()))
    part.chmod(0o755)
    part.rename(program)
