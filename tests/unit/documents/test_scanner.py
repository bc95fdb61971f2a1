"""What the scanner may say, and what each of it means. Only one answer means that a file is clean."""

import socket
import threading

import pytest

from documents import scanner
from documents.scanner import ScannerAway


@pytest.fixture
def scanned(settings):
    """`scanned(answer)` is what one scan makes of a scanner that answers with these bytes."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        settings.CLAMD_ADDRESS = f"127.0.0.1:{listening.getsockname()[1]}"

        def scanned(answer):
            there = threading.Thread(target=_answer_once, args=(listening, answer))
            there.start()
            try:
                return scanner.scan([b"a page"])
            finally:
                there.join()

        yield scanned


def _answer_once(listening, answer):
    line, _ = listening.accept()
    with line:
        line.settimeout(5)
        asked = b""
        while not asked.endswith(bytes(4)):
            asked += line.recv(4096)
        line.sendall(answer)


def test_clean_is_said_in_one_way(scanned):
    assert scanned(b"stream: OK\0") == ""


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\0",
        b"OK\0",
        b"stream: OK",
        b"stream: OK\n\0",
        b"stream: OK\0\0",
        b" stream: OK\0",
        b"stream: ok\0",
        b"1: stream: OK\0",
        b"stream: Eicar FOUND",
        b"INSTREAM size limit exceeded. ERROR\0",
    ],
)
def test_what_is_half_said_does_not_count(scanned, answer):
    with pytest.raises(ScannerAway):
        scanned(answer)


@pytest.mark.parametrize("name", ["Eicar-Test-Signature", "OK", "", " "])
def test_what_is_found_is_never_clean_whatever_it_is_called(scanned, name):
    found = scanned(f"stream: {name} FOUND\0".encode())
    assert found
    assert name in found
