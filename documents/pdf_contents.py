"""What a PDF holds besides pages. No Django in here: it runs where files of strangers are opened."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, StreamDecodeLevel

DEPTH = 40  # of objects within objects
# A page of A4 at 600 dots an inch in colour is 105 MB; nobody's scan needs more.
INFLATED_BYTES, ALL_INFLATED_BYTES, PIECE = 128 * 1024 * 1024, 1024 * 1024 * 1024, 1024 * 1024
ACTS = {
    "/JavaScript",
    "/Launch",
    "/ImportData",
    "/SubmitForm",
    "/GoToE",
    "/GoToR",
    "/RichMediaExecute",
    "/Rendition",
    "/Movie",
}
HOLDS = {"/JS", "/EF", "/EmbeddedFiles", "/XFA", "/RichMediaContent", "/OnInstantiate"}
TYPES = {"/EmbeddedFile"}
FLATE, CRYPT = "/FlateDecode", "/Crypt"
PACKERS = {FLATE, "/LZWDecode", "/RunLengthDecode"}  # what comes out is larger than what goes in
SHORT = {"/Fl": FLATE, "/LZW": "/LZWDecode", "/RL": "/RunLengthDecode"}
SHORT |= {"/AHx": "/ASCIIHexDecode", "/A85": "/ASCII85Decode"}
END_BYTES = 2048  # within which a whole PDF ends


class Bomb(Exception):
    """It unpacks to more than anybody's pages need."""


def is_cut_off(data: bytes) -> bool:
    """A PDF says where it ends. Readers guess the rest of one that does not; a missing page must not go unnoticed."""
    return b"%%EOF" not in data[-END_BYTES:]


def is_active(pdf: pikepdf.Pdf) -> bool:
    """Whether anything in it runs, sends, or carries another file. Raises Bomb."""
    if any(_acts(part) for part in _dictionaries(pdf.trailer, 0)):
        return True  # of which the catalogue may be a part, and then is no object of its own
    total = 0
    for thing in pdf.objects:
        if any(_acts(part) for part in _dictionaries(thing, 0)):
            return True
        if isinstance(thing, Stream):
            total += _inflated(thing)
            if total > ALL_INFLATED_BYTES:
                raise Bomb
    return False


def _dictionaries(thing: Any, depth: int) -> Iterator[Any]:
    """The thing and what is written inside it, without following references: those are objects of their own."""
    if depth > DEPTH:
        raise Bomb
    if isinstance(thing, (Dictionary, Stream)):
        yield thing
        parts = [thing.get(name) for name in thing.keys()]  # noqa: SIM118  # iterating a Stream gives its bytes
    elif isinstance(thing, Array):
        parts = list(thing)
    else:
        return
    for part in parts:
        if isinstance(part, (Dictionary, Array)) and not part.is_indirect:
            yield from _dictionaries(part, depth + 1)


def _acts(part: Any) -> bool:
    if any(name in HOLDS for name in part.keys()):  # noqa: SIM118  # as above
        return True
    return _name(part.get("/S")) in ACTS or _name(part.get("/Type")) in TYPES


def _name(value: Any) -> str:
    return str(value) if isinstance(value, Name) else ""


def _filters(stream: Any) -> list[str]:
    """By their long names. What is encrypted is read as plain, so that step is none."""
    given = stream.get("/Filter")
    names = [_name(one) for one in given] if isinstance(given, Array) else [_name(given)]
    return [SHORT.get(name, name) for name in names if name not in ("", CRYPT)]


def _inflated(stream: Any) -> int:
    """Bytes of a packed stream, 0 of one that is not. Raises Bomb, also for what is packed twice."""
    filters = _filters(stream)
    packers = [name for name in filters if name in PACKERS]
    if len(packers) > 1:
        raise Bomb
    if not packers:
        return 0
    at = filters.index(packers[0])
    if packers[0] != FLATE:
        return _bounded(len(_decoded(stream.read_raw_bytes(), filters[: at + 1])))
    return _deflated_size(_decoded(stream.read_raw_bytes(), filters[:at]))


def _decoded(data: bytes, filters: list[str]) -> bytes:
    """All at once: the memory of this process is what bounds it. Raises MemoryError, or PdfError for broken data."""
    if not filters:
        return data
    with pikepdf.new() as scratch:
        stream = scratch.make_stream(b"")
        stream.write(data, filter=Array([Name(name) for name in filters]))
        return stream.read_bytes(StreamDecodeLevel.specialized)


def _deflated_size(packed: bytes) -> int:
    """Unpacked a piece at a time and thrown away. Raises Bomb."""
    unpacker, size = zlib.decompressobj(), 0
    try:
        while packed and not unpacker.eof:
            size = _bounded(size + len(unpacker.decompress(packed, PIECE)))
            packed = unpacker.unconsumed_tail
    except zlib.error:
        return size  # the reader's problem: what comes after does not unpack
    return size


def _bounded(size: int) -> int:
    if size > INFLATED_BYTES:
        raise Bomb
    return size
