"""Photos whose camera wrote odd things about them: what can be read is read, the right way up."""

import io
import struct

import pikepdf
import pytest

from documents.opening_files import examined
from tests.factories import hostile_files as files

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow warns of what it passes over
UPRIGHT = (0x112, 3, 1, b"\6\0\0\0")  # a quarter turn


def photo(*entries):
    """A wide one, with these (tag, type, count, value) in its EXIF."""
    body = b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<H", len(entries))
    body += b"".join(struct.pack("<HHI", *entry[:3]) + entry[3] for entry in entries) + bytes(4)
    plain = files.picture(size=(400, 300))
    return plain[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + plain[2:]


def is_tall(data):
    answer, made = examined("jpeg", data)
    assert answer == {"pages": 1}
    with pikepdf.open(io.BytesIO(made)) as pdf:
        _, _, width, height = (float(side) for side in pdf.pages[0].mediabox)
    return height > width


@pytest.mark.parametrize(("number", "tall"), [(0, 0), (1, 0), (2, 0), (3, 0), (5, 1), (6, 1), (8, 1), (9, 0)])
def test_a_photo_stands_as_its_number_says(number, tall):
    assert is_tall(photo((0x112, 3, 1, struct.pack("<I", number)))) == bool(tall)


ODD = {
    "resolution as a short": (0x11A, 3, 1, b"\x48\0\0\0"),
    "resolution as text": (0x11A, 2, 2, b"72\0\0"),
    "make as a number": (0x10F, 3, 1, b"\1\0\0\0"),
    "make as bytes": (0x10F, 7, 4, b"abcd"),
    "time as a fraction": (0x132, 5, 1, b"\x08\0\0\0"),
    "more of it beyond the end": (0x8769, 4, 1, b"\xff\xff\xff\0"),
    "more of it as text": (0x8769, 2, 4, b"abc\0"),
    "place as bytes": (0x8825, 7, 4, b"abcd"),
    "an unknown type": (0x9999, 99, 1, b"abcd"),
    "a negative short": (0x9999, 8, 1, b"\xff\xff\0\0"),
    "a loop": (0x8769, 4, 1, b"\x08\0\0\0"),
    "an endless count": (0x9999, 1, 0xFFFFFFFF, b"\x08\0\0\0"),
    "signed bytes": (0x9999, 6, 2, b"\xff\xfe\0\0"),
}


@pytest.mark.parametrize("name", ODD)
def test_whatever_else_its_camera_wrote(name):
    assert is_tall(photo(UPRIGHT, ODD[name]))


@pytest.mark.parametrize("entry", [(0x112, 2, 2, b"6\0\0\0"), (0x112, 3, 2, b"\6\0\6\0"), (0x112, 3, 0, b"\6\0\0\0")])
def test_a_number_that_is_none_turns_nothing(entry):
    assert examined("jpeg", photo(entry))[0] == {"pages": 1}
