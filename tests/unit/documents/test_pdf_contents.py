"""What a PDF may hold, looked for in every place where a reader would find it, however it is packed."""

import binascii
import zlib

import pytest

from documents.opening_files import examined
from tests.factories import hostile_files as files

FINE, ACTIVE, LONG = {"pages": 1}, {"refused": "active"}, {"refused": "long"}
PLAIN = b"0 0 m"


def found(data):
    return examined("pdf", data)[0]


def test_a_page_written_by_hand():
    assert found(files.pdf_with()) == FINE
    assert found(files.pdf_with(catalog=b"/Lang (en)")) == FINE


@pytest.mark.parametrize(
    "opening",
    [
        b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>",
        b"/OpenAction << /S /Launch /F (cmd.exe) >>",
        b"/AA << /WC << /S /Launch /F (cmd.exe) >> >>",
    ],
)
def test_a_catalogue_that_is_no_object_of_its_own(opening):
    assert found(files.pdf_with(catalog=opening)) == ACTIVE


@pytest.mark.parametrize("change", [files.names_another_place, files.script_of_a_scene])
def test_what_runs_or_leads_elsewhere(change):
    assert found(files.changed_pdf(change)) == ACTIVE


FILTERS = {
    b"[]": PLAIN,
    b"[/FlateDecode]": zlib.compress(PLAIN),
    b"/Fl": zlib.compress(PLAIN),
    b"[/ASCIIHexDecode /FlateDecode]": binascii.hexlify(zlib.compress(PLAIN)) + b">",
    b"/ASCIIHexDecode": binascii.hexlify(PLAIN) + b">",
    b"[/Crypt /FlateDecode]": zlib.compress(PLAIN),
    b"/RunLengthDecode": bytes([len(PLAIN) - 1]) + PLAIN + bytes([128]),
    b"/DCTDecode": files.picture(),
    b"[/FlateDecode /DCTDecode]": zlib.compress(files.picture()),
}


@pytest.mark.parametrize("filters", FILTERS)
def test_pages_however_they_are_packed(filters):
    assert found(files.pdf_with(filters=filters, data=FILTERS[filters])) == FINE


BOMBS = {
    b"/Fl": lambda packed: packed,
    b"[/FlateDecode]": lambda packed: packed,
    b"[/FlateDecode /DCTDecode]": lambda packed: packed,
    b"[/AHx /Fl]": lambda packed: binascii.hexlify(packed) + b">",
    b"[/ASCIIHexDecode /FlateDecode]": lambda packed: binascii.hexlify(packed) + b">",
    b"[/Fl /Fl]": zlib.compress,
    b"[/FlateDecode /Fl]": zlib.compress,
    b"[/FlateDecode /ASCIIHexDecode /FlateDecode]": zlib.compress,
    b"[/FlateDecode /RunLengthDecode]": zlib.compress,
    b"/RL": lambda _packed: bytes([129, 0]) * (files.MEGABYTE + files.MEGABYTE // 16) + bytes([128]),
}


@pytest.fixture(scope="module")
def packed():
    return files.deflated(130)


@pytest.mark.parametrize("filters", BOMBS)
def test_bombs_however_their_filters_are_called(packed, filters):
    assert found(files.pdf_with(filters=filters, data=BOMBS[filters](packed))) == LONG
