"""Encryption at rest, and keyed hashes for values that must be found but not read.

A value is sealed with AES-256-GCM under a key derived for its purpose, and bound to its table, column and
row: a blob copied to another row does not open. Layout of a blob: 0x01 | key id (4) | nonce (12) | ciphertext+tag.
`PORTAL_DATA_KEYS` holds the keys, newest first: the first seals, every one opens.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import zlib
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

VERSION = b"\x01"
KEY_ID_BYTES, NONCE_BYTES = 4, 12
LONG = 1000  # bytes of JSON above which an EncryptedField compresses: what leave rules were told has ten thousands
COMPRESSED = b"x"  # how zlib’s data begins, and JSON never does


class Unreadable(Exception):
    """The blob was not sealed for this row, or its key is gone."""


def _master_keys() -> list[bytes]:
    return [base64.b64decode(key) for key in settings.PORTAL_DATA_KEYS]


def _key_id(master: bytes) -> bytes:
    return hashlib.sha256(b"portal key id" + master).digest()[:KEY_ID_BYTES]


_derived: dict[tuple[bytes, str], bytes] = {}


def _derive(master: bytes, purpose: str) -> bytes:
    key = _derived.get((master, purpose))
    if key is None:
        key = HKDF(SHA256(), 32, salt=None, info=purpose.encode()).derive(master)
        _derived[master, purpose] = key
    return key


def seal(plain: bytes, *, bound_to: str) -> bytes:
    """Encrypt `plain` so that it opens only with the same `bound_to` ("table.column|row id")."""
    master = _master_keys()[0]
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(_derive(master, "column")).encrypt(nonce, plain, bound_to.encode())
    return VERSION + _key_id(master) + nonce + sealed


def unseal(blob: bytes, *, bound_to: str) -> bytes:
    """The plain bytes. Raises Unreadable."""
    body = 1 + KEY_ID_BYTES
    key_id, nonce, sealed = blob[1:body], blob[body : body + NONCE_BYTES], blob[body + NONCE_BYTES :]
    for master in _master_keys():
        if _key_id(master) == key_id and blob[:1] == VERSION:
            try:
                return AESGCM(_derive(master, "column")).decrypt(nonce, sealed, bound_to.encode())
            except InvalidTag:
                break
    raise Unreadable(bound_to.split("|")[0])


def keyed_hash(purpose: str, value: str) -> str:
    """64 hex digits: HMAC-SHA-256 of `value` under the key for `purpose`. For codes, counters and blind look-ups.

    The oldest key is used, so that a new first key does not orphan what was stored.
    """
    return hmac.new(_derive(_master_keys()[-1], f"hash:{purpose}"), value.encode(), "sha256").hexdigest()


class Sealed:
    """What the database returned, before anyone asked to read it."""

    __slots__ = ("blob",)

    def __init__(self, blob: bytes) -> None:
        self.blob = blob

    def __repr__(self) -> str:
        return "<sealed>"


class _OpensOnRead:
    """The attribute of an EncryptedField: decrypts with the row's own id the first time it is read."""

    def __init__(self, field: EncryptedField) -> None:
        self.field = field

    def __get__(self, row: Any, owner: type | None = None) -> Any:
        if row is None:
            return self
        name = self.field.attname
        if name not in row.__dict__:  # deferred by .only()/.defer()
            row.refresh_from_db(fields=[name])
        value = row.__dict__[name]
        if isinstance(value, Sealed):
            value = self.field.unseal(value.blob, row)
            row.__dict__[name] = value
        return value

    def __set__(self, row: Any, value: Any) -> None:
        row.__dict__[self.field.attname] = value


class EncryptedField(models.BinaryField):
    """Any JSON value, encrypted and bound to its table, column and row. The row's id must be a UUID set in Python.

    Cannot be filtered or set by `QuerySet.update()`: both would need the plain value outside its row.
    """

    description = "JSON value, AES-GCM, bound to its row"
    if TYPE_CHECKING:  # what the attribute holds is the JSON value, not the blob
        _pyi_private_set_type: Any
        _pyi_private_get_type: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _OpensOnRead(self))

    def _bound_to(self, row: models.Model) -> str:
        return f"{self.model._meta.db_table}.{self.column}|{row.pk}"

    def unseal(self, blob: bytes, row: models.Model) -> Any:
        plain = unseal(blob, bound_to=self._bound_to(row))
        return json.loads(zlib.decompress(plain) if plain.startswith(COMPRESSED) else plain)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = model_instance.__dict__.get(self.attname)
        if value is None or isinstance(value, Sealed):
            return value
        plain = json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False).encode()
        if len(plain) > LONG:
            plain = zlib.compress(plain)
        return Sealed(seal(plain, bound_to=self._bound_to(model_instance)))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is None:
            return None
        if not isinstance(value, Sealed):
            raise TypeError(f"{self.name} is encrypted: save the row, do not filter or update() it")
        return super().get_db_prep_value(value.blob, connection, prepared)

    def get_prep_value(self, value: Any) -> Any:
        return value

    def get_default(self) -> Any:
        return self._get_default()  # type: ignore[attr-defined]  # BinaryField turns "" into b""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(bytes(value))

    def value_to_string(self, obj: models.Model) -> str:
        raise TypeError(f"{self.name} is encrypted: it is not serialised")
