"""Files that are archives too, also where the archive lies about itself as some readers do not mind."""

import io
import struct
import zipfile

import pytest

from documents.polyglots import is_two_things
from tests.factories import hostile_files as files

PDF, PHOTO = ("pdf", files.pdf()), ("jpeg", files.picture())
END = b"PK\5\6"


def with_archive(data, *, entries=None, comment=None, behind=b""):
    """`data` with an archive of one member after it, whose end says what is given instead of the truth."""
    made = io.BytesIO(data)
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("evil.exe", "MZ")
    odd = bytearray(made.getvalue())
    end = odd.rfind(END)
    if entries is not None:
        struct.pack_into("<HH", odd, end + 8, entries, entries)
    if comment is not None:
        struct.pack_into("<H", odd, end + 20, comment)
    return bytes(odd) + behind


LIES = {
    "none": {},
    "no entries": {"entries": 0},
    "a comment longer than the file": {"comment": 900},
    "an end that is no end": {"comment": 9, "behind": b"%%EOF" + END},
    "a second, empty archive": {"comment": 27, "behind": b"%%EOF" + END + bytes(18)},
    "much behind it": {"behind": bytes(70_000) + b"%%EOF"},
}


@pytest.mark.parametrize("lie", LIES)
@pytest.mark.parametrize(("kind", "data"), [PDF, PHOTO], ids=["pdf", "photo"])
def test_an_archive_is_found_whatever_it_says_of_itself(kind, data, lie):
    assert is_two_things(kind, with_archive(data, **LIES[lie]))


@pytest.mark.parametrize(("kind", "data"), [PDF, PHOTO], ids=["pdf", "photo"])
@pytest.mark.parametrize("behind", [b"", END, END + bytes(18), b"PK\1\2", b"SEFT" + bytes(64)])
def test_marks_alone_are_chance(kind, data, behind):
    assert not is_two_things(kind, data + behind)
