"""Where the bytes of documents lie: a private bucket, or a folder. Both hold only what `documents.storage` encrypted.

A name is written once. Nothing here gives out an address: documents are read through the portal or not at all.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn, Protocol

from botocore.config import Config
from django.core.files.storage import FileSystemStorage
from storages.backends.s3 import S3Storage

PART_BYTES = 5 * 1024 * 1024  # the smallest part of several that S3 takes
PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700


class Sink(Protocol):
    """An object being written. It exists for readers once it is closed, and never after `abandon`."""

    def write(self, data: bytes) -> None: ...
    def close(self) -> None: ...
    def abandon(self) -> None: ...


class Source(Protocol):
    def read(self, amount: int, /) -> bytes: ...
    def close(self) -> None: ...


class NoAddress(Exception):
    """Somebody asked for the public address of a document."""


class Folder(FileSystemStorage):
    """For one machine: the demo, tests, and small installations that back the folder up."""

    def url(self, name: str | None) -> NoReturn:
        raise NoAddress

    def begin(self, name: str) -> Sink:
        return _FileSink(Path(self.path(name)))

    def reader(self, name: str) -> Source:
        """Raises FileNotFoundError."""
        return Path(self.path(name)).open("rb")

    def kept(self, prefix: str) -> Iterator[tuple[str, dt.datetime]]:
        """Each object below `prefix` and when it was last written."""
        folder = Path(self.path(prefix))
        for path in folder.iterdir() if folder.is_dir() else ():
            written = dt.datetime.fromtimestamp(path.stat().st_mtime, tz=dt.UTC)
            yield f"{prefix}/{path.name}", written


class _FileSink:
    """Durable once closed: the row that names it is committed after that."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        self._file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE), "wb")

    def write(self, data: bytes) -> None:
        self._file.write(data)

    def close(self) -> None:
        with self._file as file:
            file.flush()
            os.fsync(file.fileno())
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def abandon(self) -> None:
        try:
            self._file.close()
        finally:
            self.path.unlink(missing_ok=True)


class Bucket(S3Storage):  # type: ignore[misc]  # django-storages has no types
    """S3 or what speaks like it. `encryption`: the server's own, on top of ours; "" where it knows none."""

    def __init__(self, *, encryption: str = "", **options: Any) -> None:
        ours = {
            "default_acl": None,  # the bucket is private, and may refuse lists of who may read
            "file_overwrite": False,
            "client_config": Config(connect_timeout=3, read_timeout=20, retries={"max_attempts": 2}),  # seconds
            "object_parameters": {"ServerSideEncryption": encryption} if encryption else {},
        }
        super().__init__(**{**options, **ours})

    def url(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise NoAddress

    def begin(self, name: str) -> Sink:
        return _BucketSink(self.bucket.Object(name), self.get_object_parameters(name))

    def reader(self, name: str) -> Source:
        """Raises FileNotFoundError."""
        client = self.connection.meta.client
        try:
            body: Source = self.bucket.Object(name).get()["Body"]
        except client.exceptions.NoSuchKey as error:
            raise FileNotFoundError(name) from error
        return body

    def kept(self, prefix: str) -> Iterator[tuple[str, dt.datetime]]:
        for found in self.bucket.objects.filter(Prefix=f"{prefix}/"):
            yield found.key, found.last_modified

    def forget_unfinished(self, before: dt.datetime) -> None:
        """Parts of objects whose writer died cost money and are seen by nobody."""
        for upload in self.bucket.multipart_uploads.all():
            if upload.initiated < before:
                upload.abort()


class _BucketSink:
    """One request for what fits into a part; more goes part by part, so that memory stays flat."""

    def __init__(self, target: Any, parameters: dict[str, Any]) -> None:
        self.target, self.parameters = target, parameters
        self._held = bytearray()
        self._upload: Any = None
        self._parts: list[dict[str, Any]] = []

    def write(self, data: bytes) -> None:
        self._held += data
        if len(self._held) >= PART_BYTES:
            self._send_part()

    def close(self) -> None:
        if self._upload is None:
            self.target.put(Body=bytes(self._held), **self.parameters)
            return
        if self._held:
            self._send_part()
        self._upload.complete(MultipartUpload={"Parts": self._parts})

    def abandon(self) -> None:
        if self._upload is not None:
            self._upload.abort()

    def _send_part(self) -> None:
        if self._upload is None:
            self._upload = self.target.initiate_multipart_upload(**self.parameters)
        number = len(self._parts) + 1
        answer = self._upload.Part(number).upload(Body=bytes(self._held))
        self._parts.append({"ETag": answer["ETag"], "PartNumber": number})
        self._held.clear()
