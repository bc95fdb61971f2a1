"""clamd over its socket, in its INSTREAM words. It says yes, or a name, or nothing that counts."""

from __future__ import annotations

import re
import socket
import struct
from collections.abc import Iterable

from django.conf import settings

CLEAN, FOUND = b"stream: OK\0", re.compile(rb"stream: (.*) FOUND\0", re.DOTALL)
SECONDS = 30.0  # for the answer after the last byte, and for each step before
PIECE = 64 * 1024
NAMELESS = "nameless"  # what was found without being called anything


class ScannerAway(Exception):
    """clamd did not say that the file is clean, and did not find anything either: ask again later."""


def scan(pieces: Iterable[bytes]) -> str:
    """ "" for a clean file, else the name of what was found. Raises ScannerAway, and whatever `pieces` raises."""
    try:
        with _connected() as line:
            line.sendall(b"zINSTREAM\0")
            for piece in pieces:
                for at in range(0, len(piece), PIECE):
                    part = piece[at : at + PIECE]
                    line.sendall(struct.pack(">I", len(part)) + part)
            line.sendall(struct.pack(">I", 0))
            answer = _answer(line)
    except OSError as error:
        raise ScannerAway(type(error).__name__) from error
    if answer == CLEAN:
        return ""
    if found := FOUND.fullmatch(answer):
        return found[1].decode(errors="replace") or NAMELESS
    raise ScannerAway("answer")


def _connected() -> socket.socket:
    address = settings.CLAMD_ADDRESS
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(SECONDS)
        try:
            line.connect(address)
        except OSError:
            line.close()
            raise
        return line
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), SECONDS)


def _answer(line: socket.socket) -> bytes:
    """With the zero byte that ends it; without when clamd hangs up, which then is no answer we know."""
    said = b""
    while not said.endswith(b"\0") and len(said) < 4096 and (part := line.recv(4096)):
        said += part
    return said
