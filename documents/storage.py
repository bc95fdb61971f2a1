"""The only door to the bytes of documents: encrypted before they leave the process, whole or not at all.

An object is a row of frames, each 1 MiB of plain bytes sealed with AES-256-GCM. The nonce holds the frame's number and
whether it is the last, so frames that were swapped, repeated or cut off do not open. The key is derived from the
file's own key and the object's name: an object put in another's place does not open either, and as no name is written
twice, no nonce is used twice.
"""

from __future__ import annotations

import os
import struct
import uuid
from collections.abc import Iterator
from typing import cast

from botocore.exceptions import BotoCoreError, ClientError
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.core.files.storage import storages

from documents.backends import Bucket, Folder, Sink, Source

PREFIX = "doc"
FRAME_BYTES, TAG_BYTES, KEY_BYTES = 1024 * 1024, 16, 32
AWAY = (OSError, BotoCoreError, ClientError)


class StorageAway(Exception):
    """The bytes cannot be reached or written now. They may be later."""


class Missing(Exception):
    """There is no such object."""


class Damaged(Exception):
    """The bytes are not those that were written under this name and key."""


def new_key() -> bytes:
    return os.urandom(KEY_BYTES)


def new_name() -> str:
    """Nothing in it says whose the document is."""
    return f"{PREFIX}/{uuid.uuid4()}"


def place() -> Bucket | Folder:
    return cast(Bucket | Folder, storages["documents"])


class Writer:
    """Seals what is written, frame by frame, into the object `name`. One frame is held in memory."""

    def __init__(self, name: str, key: bytes) -> None:
        self._cipher = _cipher(name, key)
        self._frames, self._held = 0, bytearray()
        try:
            self._sink: Sink = place().begin(name)
        except AWAY as error:
            raise StorageAway from error

    def write(self, data: bytes) -> None:
        """Raises StorageAway; then `abandon`."""
        self._held += data
        while len(self._held) > FRAME_BYTES:  # a full frame may be the last: it waits for what follows
            self._put(bytes(self._held[:FRAME_BYTES]), last=False)
            del self._held[:FRAME_BYTES]

    def close(self) -> None:
        """Makes the object durable. Raises StorageAway; then `abandon`."""
        self._put(bytes(self._held), last=True)
        try:
            self._sink.close()
        except AWAY as error:
            raise StorageAway from error

    def abandon(self) -> None:
        """Leaves nothing behind, or what `reconciling` finds. Never raises."""
        try:
            self._sink.abandon()
        except AWAY:
            return

    def _put(self, frame: bytes, *, last: bool) -> None:
        sealed = self._cipher.encrypt(_nonce(self._frames, last=last), frame, None)
        self._frames += 1
        try:
            self._sink.write(sealed)
        except AWAY as error:
            raise StorageAway from error


def read(name: str, key: bytes) -> Iterator[bytes]:
    """The plain bytes, a frame at a time. Nothing of a frame is given out before it proved genuine.

    Raises Missing, StorageAway or Damaged, the first two at the first frame as a rule.
    """
    cipher = _cipher(name, key)
    source = _opened(name)
    try:
        sealed = _read(source)
        for number in range(2**40):
            following = _read(source)
            try:
                yield cipher.decrypt(_nonce(number, last=not following), sealed, None)
            except InvalidTag as error:
                raise Damaged from error
            if not following:
                return
            sealed = following
    finally:
        source.close()


def delete(name: str) -> None:
    """Gone afterwards, also if it was gone before. Raises StorageAway."""
    try:
        place().delete(name)
    except AWAY as error:
        raise StorageAway from error


def exists(name: str) -> bool:
    """Raises StorageAway."""
    try:
        return bool(place().exists(name))
    except AWAY as error:
        raise StorageAway from error


def _cipher(name: str, key: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), KEY_BYTES, salt=None, info=f"document {name}".encode()).derive(key))


def _nonce(number: int, *, last: bool) -> bytes:
    return struct.pack(">3xBQ", last, number)


def _opened(name: str) -> Source:
    try:
        return place().reader(name)
    except FileNotFoundError as error:
        raise Missing from error
    except AWAY as error:
        raise StorageAway from error


def _read(source: Source) -> bytes:
    """A whole sealed frame, less at the end. A socket gives what it has: it is asked until the frame is full."""
    wanted, parts = FRAME_BYTES + TAG_BYTES, []
    try:
        while wanted and (part := source.read(wanted)):
            parts.append(part)
            wanted -= len(part)
    except AWAY as error:
        raise StorageAway from error
    return b"".join(parts)
