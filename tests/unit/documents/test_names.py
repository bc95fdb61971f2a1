"""What a file's name may say of it."""

import pytest

from documents.models import DocumentFile
from documents.sniffing import name_agrees, shown_name

PDF, JPEG = DocumentFile.Kind.PDF, DocumentFile.Kind.JPEG


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("note.pdf", "note.pdf"),
        ("Dr. Smith letter", "Dr. Smith letter.pdf"),
        ("scan.2026-11-22", "scan.2026-11-22.pdf"),
        ("scan.2026", "scan.2026.pdf"),
        ("note.pdf.", "note.pdf"),
        ("NOTE.PDF", "NOTE.pdf"),
        ("..", "document.pdf"),
    ],
)
def test_a_name_people_give(name, shown):
    assert name_agrees(name, PDF)
    assert shown_name(name, PDF) == shown


@pytest.mark.parametrize("name", ["form.pdf.php", "note.exe", "note.jpg", "a.pdf.js", "x.mp4", "x.7z"])
def test_an_ending_of_something_else(name):
    assert not name_agrees(name, PDF)


def test_phones_mix_up_the_endings_of_pictures():
    assert name_agrees("IMG_0001.HEIC", JPEG)
    assert shown_name("IMG_0001.HEIC", JPEG) == "IMG_0001.jpg"
