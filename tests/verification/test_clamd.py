"""The scanner's client against a real clamd, and the stand-in against the same claims.

`CLAMD` names a real one (tests/verification/clamd.sh starts it). Without it these tests are skipped, and fail where
`REQUIRE_CLAMD` is 1.
"""

from __future__ import annotations

import os

import pytest

from documents import scanner
from documents.models import DocumentFile
from documents.scanner import ScannerAway, scan
from tests.factories import hostile_files as files
from tests.fakes.standins import running_standins
from tests.integration.documents.sending import checked, send


@pytest.fixture(scope="session")
def stand_in(tmp_path_factory):
    with running_standins(tmp_path_factory.mktemp("standins")) as standins:
        yield f"127.0.0.1:{standins.scanner_port}"


@pytest.fixture(params=["stand-in", "clamd"])
def _asked(request, settings):
    if request.param == "stand-in":
        settings.CLAMD_ADDRESS = request.getfixturevalue("stand_in")
        return
    if not (real := os.environ.get("CLAMD")):
        told = "no clamd here: CLAMD names none"
        pytest.fail(told) if os.environ.get("REQUIRE_CLAMD") == "1" else pytest.skip(told)
    settings.CLAMD_ADDRESS = real


pytestmark = pytest.mark.usefixtures("_asked")
INFECTED = {
    "alone": files.EICAR,
    "behind a PDF's header": b"%PDF-1.7\n" + files.EICAR,
    "far into a file": bytes(3 * files.MEGABYTE) + files.EICAR + bytes(1000),
}


@pytest.mark.parametrize("name", INFECTED)
def test_finds(name):
    assert "eicar" in scan([INFECTED[name]]).casefold()


@pytest.mark.parametrize("data", [b"", files.pdf(3), files.picture(), files.picture("PNG")])
def test_finds_nothing(data):
    assert scan([data]) == ""


def test_finds_what_lies_across_two_pieces():
    whole = bytes(scanner.PIECE - 20) + files.EICAR
    assert "eicar" in scan([whole[: scanner.PIECE], whole[scanner.PIECE :]]).casefold()


def test_the_largest_file_is_scanned(settings):
    assert scan(bytes(files.MEGABYTE) for _ in range(settings.UPLOAD_MAX_MB)) == ""


def test_more_than_it_takes_is_not_called_clean():
    with pytest.raises(ScannerAway):
        scan(bytes(files.MEGABYTE) for _ in range(27))


@pytest.mark.django_db
def test_a_whole_check():
    refused, released = checked(send(INFECTED["behind a PDF's header"])), checked(send(files.pdf()))
    assert (refused.refusal, released.state) == ("virus", DocumentFile.State.RELEASED)


@pytest.mark.parametrize("address", ["127.0.0.1:9", "/nowhere/clamd.sock"])
def test_nobody_there_is_not_called_clean(settings, address):
    settings.CLAMD_ADDRESS = address
    with pytest.raises(ScannerAway):
        scan([b"x"])
