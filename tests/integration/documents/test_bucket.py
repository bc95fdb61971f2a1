"""Documents in a bucket, over HTTP to a server that speaks S3."""

import datetime as dt
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import boto3
import pytest

from documents import storage
from documents.backends import PART_BYTES, NoAddress
from documents.storage import Missing, StorageAway, Writer
from tests.fakes.standins import free_port

KEY = b"k" * 32
OPTIONS = {"bucket_name": "papers", "region_name": "us-east-1", "access_key": "some", "secret_key": "secret"}


@pytest.fixture(scope="module")
def origin():
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-p", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + 30
    while not _listens(port):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.kill()
    server.wait()


def _listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="module")
def client(origin):
    made = boto3.client(
        "s3", endpoint_url=origin, region_name="us-east-1", aws_access_key_id="some", aws_secret_access_key="secret"
    )
    made.create_bucket(Bucket="papers")
    return made


def in_bucket(settings, origin):
    options = {**OPTIONS, "endpoint_url": origin, "encryption": "AES256"}
    settings.STORAGES = {**settings.STORAGES, "documents": {"BACKEND": "documents.backends.Bucket", "OPTIONS": options}}


@pytest.fixture(autouse=True)
def _bucket(settings, origin, client):
    in_bucket(settings, origin)


def stored(plain):
    name = storage.new_name()
    writer = Writer(name, KEY)
    for at in range(0, len(plain), 64 * 1024):
        writer.write(plain[at : at + 64 * 1024])
    writer.close()
    return name


@pytest.mark.parametrize("size", [0, 10, PART_BYTES, 2 * PART_BYTES + 12345])
def test_comes_back_as_it_was(size):
    plain = os.urandom(size)
    assert b"".join(storage.read(stored(plain), KEY)) == plain


def test_the_server_encrypts_it_once_more(client):
    for plain in (b"small", os.urandom(PART_BYTES + 1)):
        told = client.head_object(Bucket="papers", Key=stored(plain))
        assert told["ServerSideEncryption"] == "AES256"


def test_what_lies_there_is_sealed_and_named_by_chance(client):
    name = stored(b"Migraine with aura. " * 100)
    kept = client.get_object(Bucket="papers", Key=name)
    assert b"Migraine" not in kept["Body"].read()
    assert kept["Metadata"] == {}


def test_nobody_reads_it_without_a_key_of_the_bucket(origin):
    name = stored(b"plain")
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{origin}/papers/{name}", timeout=5)
    with refused.value as answer:
        assert answer.code == 403
    with pytest.raises(NoAddress):
        storage.place().url(name)


def test_what_is_abandoned_leaves_nothing(client):
    before = client.list_objects_v2(Bucket="papers")["KeyCount"]
    writer = Writer(storage.new_name(), KEY)
    writer.write(os.urandom(2 * PART_BYTES))
    writer.abandon()
    assert client.list_objects_v2(Bucket="papers")["KeyCount"] == before
    assert "Uploads" not in client.list_multipart_uploads(Bucket="papers")


def test_what_a_dead_writer_left_unfinished_is_forgotten(client):
    Writer(storage.new_name(), KEY).write(os.urandom(2 * PART_BYTES))
    assert len(client.list_multipart_uploads(Bucket="papers")["Uploads"]) == 1
    storage.place().forget_unfinished(dt.datetime(2010, 1, 1, tzinfo=dt.UTC))  # this server dates them all in 2010
    assert len(client.list_multipart_uploads(Bucket="papers")["Uploads"]) == 1
    storage.place().forget_unfinished(dt.datetime(2011, 1, 1, tzinfo=dt.UTC))
    assert "Uploads" not in client.list_multipart_uploads(Bucket="papers")


def test_deleting_and_what_is_not_there():
    name = stored(b"x")
    assert storage.exists(name)
    storage.delete(name)
    storage.delete(name)
    assert not storage.exists(name)
    with pytest.raises(Missing):
        list(storage.read(name, KEY))


def test_what_is_kept_is_listed_with_its_time():
    name = stored(b"x")
    written = dict(storage.place().kept("doc"))[name]
    assert abs(dt.datetime.now(tz=dt.UTC) - written) < dt.timedelta(minutes=1)


def test_a_server_that_is_away_is_told_apart_from_a_missing_object(settings):
    in_bucket(settings, "http://127.0.0.1:9")
    with pytest.raises(StorageAway):
        list(storage.read(storage.new_name(), KEY))
    with pytest.raises(StorageAway):
        stored(b"x")
