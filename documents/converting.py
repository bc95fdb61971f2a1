"""Has a file opened by the child (`documents.child`), which is the only process that ever does."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings

from documents.models import DocumentFile

WALL_SECONDS = 30.0
# SIGKILL is none of them: the system, or whoever stops the worker, sends it to a file as good as any.
ITS_OWN_FAULT = (signal.SIGXCPU, signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS, signal.SIGFPE, signal.SIGILL)
PIECE = 256 * 1024
# What the child needs of our surroundings, and nothing that is worth having. One arena: each takes 64 MB of its memory.
SURROUNDINGS = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "1", "PYTHONDONTWRITEBYTECODE": "1"}


class Killed(Exception):
    """The child was ended by something that is not the file's doing. Try again later."""


@dataclass(frozen=True)
class Examined:
    """`refused` is "" for a file that is fine."""

    refused: str
    pages: int


def examine(kind: str, pieces: Iterable[bytes], *, keep: Callable[[bytes], None]) -> Examined:
    """Opens the file; gives the PDF made of a photo to `keep`, piece by piece.

    A file that needs more memory or time than anybody's paper does is refused. Raises Killed, and what `pieces` and
    `keep` raise; then no child is left behind.
    """
    child = subprocess.Popen(
        [sys.executable, "-s", "-m", "documents.child", kind],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=settings.BASE,
        env=SURROUNDINGS | {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ},
    )
    out_of_time = threading.Event()

    def end() -> None:
        out_of_time.set()
        child.kill()

    watch = threading.Timer(WALL_SECONDS, end)
    watch.start()
    try:
        _feed(child, pieces)
        answer = _answer(child, keep)
        code = child.wait()
    finally:
        watch.cancel()
        child.kill()
        _close(child)
    return _judged(answer, code, timed_out=out_of_time.is_set())


def _feed(child: subprocess.Popen[bytes], pieces: Iterable[bytes]) -> None:
    assert child.stdin
    with suppress(BrokenPipeError):  # it died reading: its exit says how
        for piece in pieces:
            child.stdin.write(piece)
        child.stdin.close()


def _answer(child: subprocess.Popen[bytes], keep: Callable[[bytes], None]) -> bytes:
    assert child.stdout
    line = child.stdout.readline(1000)
    while piece := child.stdout.read(PIECE):
        keep(piece)
    return line


def _close(child: subprocess.Popen[bytes]) -> None:
    child.wait()
    for pipe in (child.stdin, child.stdout):
        if pipe:
            with suppress(BrokenPipeError):
                pipe.close()


def _judged(answer: bytes, code: int, *, timed_out: bool) -> Examined:
    if code == 0:
        said = json.loads(answer)
        return Examined(said.get("refused", ""), said.get("pages", 0))
    if timed_out or -code == signal.SIGXCPU:
        return Examined(DocumentFile.Refusal.LONG, 0)
    if code > 0 or -code in ITS_OWN_FAULT:
        return Examined(DocumentFile.Refusal.DAMAGED, 0)
    raise Killed(f"signal {-code}")
