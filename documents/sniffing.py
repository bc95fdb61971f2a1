"""What a file is, by its first bytes and its name; what else it might be taken for, by all of its bytes."""

from __future__ import annotations

import re
import unicodedata

from documents.models import DocumentFile

Kind = DocumentFile.Kind

HEAD_BYTES = 64  # as many as `kind_of` looks at
NAME_LENGTH = 100
ENDING = re.compile(r"(?<=.)\.((?=[0-9]*[A-Za-z])[0-9A-Za-z]{1,5})$")
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
SUFFIXES = {
    Kind.PDF: {"pdf"},
    Kind.JPEG: {"jpg", "jpeg", "jpe", "jfif"},
    Kind.PNG: {"png"},
    Kind.HEIC: {"heic", "heif"},
}
PICTURES = (Kind.JPEG, Kind.PNG, Kind.HEIC)
SUFFIX = {Kind.PDF: "pdf", Kind.JPEG: "jpg", Kind.PNG: "png", Kind.HEIC: "heic"}


def kind_of(head: bytes) -> DocumentFile.Kind | None:
    """By the first HEAD_BYTES bytes; None for everything that is not taken."""
    if head.startswith(b"%PDF-"):
        return Kind.PDF
    if head.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if head[4:8] == b"ftyp" and head[8:12] in HEIC_BRANDS:
        return Kind.HEIC
    return None


def name_agrees(name: str, kind: DocumentFile.Kind) -> bool:
    """Whether the ending of a name may stand for the content. Phones mix up the endings of pictures; none is fine."""
    suffix = _suffix(name)
    allowed = set().union(*(SUFFIXES[one] for one in PICTURES)) if kind in PICTURES else SUFFIXES[kind]
    return suffix in allowed or not suffix


def shown_name(name: str, kind: DocumentFile.Kind) -> str:
    """A name that is safe to show and to save: no folder, nothing invisible, not long, ending as the content is."""
    last = re.split(r"[/\\]", name)[-1]
    visible = "".join(char for char in unicodedata.normalize("NFC", last) if unicodedata.category(char)[0] != "C")
    stem = " ".join(visible.split()).strip(".")
    suffix = _suffix(stem)
    if suffix in SUFFIXES[kind]:
        stem = stem[: -len(suffix) - 1]
    elif suffix in set().union(*SUFFIXES.values()):
        stem, suffix = stem[: -len(suffix) - 1], SUFFIX[kind]
    else:
        suffix = SUFFIX[kind]
    return f"{stem[:NAME_LENGTH].strip() or 'document'}.{suffix}"


def _suffix(name: str) -> str:
    """What stands for a kind of file: "Dr. Smith letter" and "scan.2026-11-22" have no such ending."""
    ending = ENDING.search(name.strip().rstrip("."))
    return ending[1].casefold() if ending else ""
