"""A virus scanner that knows one virus, the EICAR test file, and speaks clamd's INSTREAM over TCP."""

from __future__ import annotations

import contextlib
import socketserver
import struct

from portal.demo.standins.faults import Faults

# In two halves, so that no scanner takes this module for it.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
LONGEST_STREAM = 25 * 1024 * 1024  # bytes, clamd's own default
COMMAND = b"zINSTREAM\0"


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port: int, faults: Faults) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.faults = faults


class Handler(socketserver.StreamRequestHandler):
    server: Server
    timeout = 60

    def handle(self) -> None:
        """Outcomes of the faults for "scan": "drop" hangs up before the answer, "error" answers like a broken clamd."""
        with contextlib.suppress(OSError, struct.error):
            if self.rfile.read(len(COMMAND)) != COMMAND:
                self.wfile.write(b"UNKNOWN COMMAND\0")
                return
            answer = self._scanned()
            outcome = self.server.faults.next("scan")
            if outcome != "drop":
                self.wfile.write(b"stream: lstat() failed. ERROR\0" if outcome == "error" else answer)

    def _scanned(self) -> bytes:
        seen, length, found = b"", 0, False
        while size := struct.unpack(">I", self.rfile.read(4))[0]:
            length += size
            if length > LONGEST_STREAM:
                return b"INSTREAM size limit exceeded. ERROR\0"
            seen = seen[-len(EICAR) :] + self.rfile.read(size)
            found = found or EICAR in seen
        return b"stream: Eicar-Test-Signature FOUND\0" if found else b"stream: OK\0"
