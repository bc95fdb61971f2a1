"""Files that are two things at once: a photo that is also an archive, a form that is also a web page.

They are what they claim to be, so parsers accept them; what they are besides is for another program to find.
"""

from __future__ import annotations

import re
import struct

SCRIPT = re.compile(rb"<\?php|<script[\s>]|<html[\s>]|<!doctype\s+html|<svg[\s>]", re.IGNORECASE)
ARCHIVE_END, ARCHIVE_END_BYTES, LONGEST_COMMENT = b"PK\x05\x06", 22, 65535
END_OF_PDF = b"%%EOF"
BROWSERS_LOOK_AT = 1024  # bytes at the beginning, by which they guess what a file is


def is_two_things(kind: str, data: bytes) -> bool:
    """`kind` as of a DocumentFile. Pictures hold no text at all; in a PDF, text of a page may speak of anything."""
    if ends_as_archive(data):
        return True
    if kind == "pdf":
        last = data.rfind(END_OF_PDF)
        return bool(SCRIPT.search(data[:BROWSERS_LOOK_AT]) or (last >= 0 and SCRIPT.search(data, last)))
    return bool(SCRIPT.search(data) or b"%PDF-" in data[:BROWSERS_LOOK_AT])


def ends_as_archive(data: bytes) -> bool:
    """Whether zip readers, which look from the end, would open it: also a JAR, also a DOCX."""
    tail = data[-(ARCHIVE_END_BYTES + LONGEST_COMMENT) :]
    at = tail.rfind(ARCHIVE_END)
    if at < 0 or len(tail) - at < ARCHIVE_END_BYTES:
        return False
    (entries,) = struct.unpack_from("<H", tail, at + 10)
    (comment,) = struct.unpack_from("<H", tail, at + 20)
    return bool(entries and at + ARCHIVE_END_BYTES + comment <= len(tail))
