"""What is stored is sealed, whole, and bound to its name and key."""

import os
from pathlib import Path

import pytest
from django.conf import settings

from documents import storage
from documents.backends import NoAddress
from documents.storage import FRAME_BYTES, TAG_BYTES, Damaged, Missing, Writer

KEY = b"k" * 32


def stored(plain, key=KEY, *, piece=64 * 1024):
    name = storage.new_name()
    writer = Writer(name, key)
    for at in range(0, len(plain), piece):
        writer.write(plain[at : at + piece])
    writer.close()
    return name


def place_of(name):
    return Path(settings.DOCUMENTS_FOLDER) / name


def opened(name, key=KEY):
    return b"".join(storage.read(name, key))


@pytest.mark.parametrize("size", [0, 1, FRAME_BYTES - 1, FRAME_BYTES, FRAME_BYTES + 1, 3 * FRAME_BYTES])
def test_comes_back_as_it_was(size):
    plain = os.urandom(size)
    assert opened(stored(plain)) == plain


def test_one_piece_larger_than_a_frame():
    plain = os.urandom(2 * FRAME_BYTES + 5)
    assert opened(stored(plain, piece=len(plain))) == plain


def test_no_plain_byte_lies_there():
    name = stored(b"Migraine with aura. " * 1000)
    assert b"Migraine" not in place_of(name).read_bytes()


def test_only_its_owner_may_read_the_file():
    path = place_of(stored(b"x"))
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_nothing_in_the_name_but_chance():
    assert storage.new_name() != storage.new_name()
    assert storage.new_name().startswith("doc/")


def _cut(sealed):
    return sealed[: FRAME_BYTES + TAG_BYTES]


def _swap(sealed):
    one = FRAME_BYTES + TAG_BYTES
    return sealed[one : 2 * one] + sealed[:one] + sealed[2 * one :]


def _flip(sealed):
    return sealed[:100] + bytes([sealed[100] ^ 1]) + sealed[101:]


def _repeat(sealed):
    one = FRAME_BYTES + TAG_BYTES
    return sealed[:one] + sealed


@pytest.mark.parametrize("tamper", [_cut, _swap, _flip, _repeat, lambda sealed: sealed + b"x", lambda sealed: b""])
def test_what_was_tampered_with_does_not_open(tamper):
    name = stored(os.urandom(2 * FRAME_BYTES + 77))
    path = place_of(name)
    path.write_bytes(tamper(path.read_bytes()))
    with pytest.raises(Damaged):
        opened(name)


def test_nothing_of_a_damaged_frame_is_given_out():
    name = stored(b"a" * FRAME_BYTES + b"b" * 10)
    path = place_of(name)
    path.write_bytes(path.read_bytes()[:-1])
    given = []
    with pytest.raises(Damaged):
        given.extend(storage.read(name, KEY))
    assert given == [b"a" * FRAME_BYTES]


def test_another_key_does_not_open_it():
    with pytest.raises(Damaged):
        opened(stored(b"plain"), b"K" * 32)


def test_an_object_in_the_place_of_another_does_not_open():
    one, other = stored(b"one"), stored(b"other")
    place_of(one).write_bytes(place_of(other).read_bytes())
    with pytest.raises(Damaged):
        opened(one)


def test_a_name_is_written_once():
    with pytest.raises(storage.StorageAway):
        Writer(stored(b"first"), KEY)


def test_what_is_abandoned_leaves_nothing():
    name = storage.new_name()
    writer = Writer(name, KEY)
    writer.write(b"x" * (2 * FRAME_BYTES))
    writer.abandon()
    assert not place_of(name).exists()


def test_what_is_not_there_is_missing():
    with pytest.raises(Missing):
        opened(storage.new_name())


def test_deleting_twice_is_no_error():
    name = stored(b"x")
    storage.delete(name)
    storage.delete(name)
    assert not storage.exists(name)


def test_nobody_is_given_an_address():
    with pytest.raises(NoAddress):
        storage.place().url(stored(b"x"))
