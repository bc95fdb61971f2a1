"""Files that are two things at once: a photo that is also an archive, a form that is also a web page.

They are what they claim to be, so parsers accept them; what they are besides is for another program to find.
"""

from __future__ import annotations

import re

SCRIPT = re.compile(rb"<\?php|<script[\s>]|<html[\s>]|<!doctype\s+html|<svg[\s>]", re.IGNORECASE)
ARCHIVE_END, ARCHIVE_MEMBERS = b"PK\x05\x06", (b"PK\x01\x02", b"PK\x03\x04")
END_OF_PDF = b"%%EOF"
BROWSERS_LOOK_AT = 1024  # bytes at the beginning, by which they guess what a file is


def is_two_things(kind: str, data: bytes) -> bool:
    """`kind` as of a DocumentFile. Pictures hold no text at all; in a PDF, text of a page may speak of anything."""
    if holds_an_archive(data):
        return True
    if kind == "pdf":
        last = data.rfind(END_OF_PDF)
        return bool(SCRIPT.search(data[:BROWSERS_LOOK_AT]) or (last >= 0 and SCRIPT.search(data, last)))
    return bool(SCRIPT.search(data) or b"%PDF-" in data[:BROWSERS_LOOK_AT])


def holds_an_archive(data: bytes) -> bool:
    """Whether some reader of archives would find members in it: also a JAR, also a DOCX.

    Readers disagree about where the end may be, how long its comment is and whether its counts matter, so none of what
    it says is believed. Twenty megabytes of noise hold both marks once in twenty thousand times.
    """
    return ARCHIVE_END in data and any(mark in data for mark in ARCHIVE_MEMBERS)
