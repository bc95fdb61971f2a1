"""A form with a file, as it comes in: what is taken, what is refused on the way, and what is left behind."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.test import RequestFactory

from documents import intake, storage
from documents.models import DocumentFile
from tests.factories import hostile_files as files
from tests.integration.documents.sending import stored

Refusal = DocumentFile.Refusal


def request_with(**fields):
    return RequestFactory().post("/", fields)


def attached(data, name="form.pdf"):
    return SimpleUploadedFile(name, data, "text/html")


def raw_request(body, *, announced=None):
    """As gunicorn hands it on: a stream, and what the browser said of its length."""
    length = str(len(body) if announced is None else announced)
    environ = {"REQUEST_METHOD": "POST", "CONTENT_TYPE": "multipart/form-data; boundary=B", "CONTENT_LENGTH": length}
    stream = body if hasattr(body, "read") else io.BytesIO(body)
    return RequestFactory().request(**environ, **{"wsgi.input": stream})


HEAD = b'--B\r\nContent-Disposition: form-data; name="file"; filename="form.pdf"\r\n\r\n'


def part(data):
    return HEAD + data + b"\r\n"


@pytest.fixture
def left_over():
    """What the test added to storage."""
    before = stored()
    return lambda: stored() - before


def test_one_file_is_sealed_and_known_by_its_content(left_over):
    data = files.pdf()
    request = request_with(file=attached(data), note="x")
    with intake.taking(request):
        sealed = request.FILES["file"]
        assert (sealed.why, sealed.kind, sealed.size) == (None, "pdf", len(data))
        assert b"".join(storage.read(sealed.place, sealed.key)) == data
        assert request.POST["note"] == "x"
    assert left_over() == set()  # no row kept it


def test_what_a_row_has_stays(left_over):
    request = request_with(file=attached(files.pdf()))
    with intake.taking(request):
        sealed = request.FILES["file"]
        sealed.keep()
    request.close()
    assert left_over() == {sealed.place}


def test_a_second_file_is_passed_over(left_over):
    request = request_with(file=attached(files.pdf()), other=attached(files.pdf()))
    with intake.taking(request):
        assert list(request.FILES) == ["file"]
        assert len(left_over()) == 1


ON_THE_WAY = [(b"", Refusal.ZERO), (b"<html>", Refusal.TYPE), (files.sized_pdf(2 * files.MEGABYTE), Refusal.SIZE)]


@pytest.mark.parametrize(("data", "why"), ON_THE_WAY)
def test_refused_on_the_way(settings, left_over, data, why):
    settings.UPLOAD_MAX_MB = 1
    request = request_with(file=attached(data))
    with intake.taking(request):
        assert request.FILES["file"].why == why
        assert left_over() == set()


def test_storage_that_is_away_is_said(settings, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    folder = {"BACKEND": "documents.backends.Folder", "OPTIONS": {"location": str(blocked)}}
    settings.STORAGES = {**settings.STORAGES, "documents": folder}
    request = request_with(file=attached(files.pdf()))
    with intake.taking(request):
        assert request.FILES["file"].why == Refusal.FAILED


class Broken(io.BytesIO):
    """A browser that goes away after what it sent."""

    def read(self, *amount):
        if piece := super().read(*amount):
            return piece
        raise OSError("gone")


def test_a_browser_that_goes_away_leaves_nothing(left_over):
    body = part(files.sized_pdf(3 * files.MEGABYTE))
    request = raw_request(Broken(body), announced=len(body) * 2)
    with pytest.raises(UnreadablePostError), intake.taking(request):
        request.POST  # noqa: B018  # reading it is what takes the file
    assert left_over() == set()


def test_a_body_that_ends_early_leaves_nothing(left_over):
    body = part(files.sized_pdf(2 * files.MEGABYTE))
    request = raw_request(body, announced=len(body) + 1000)
    with intake.taking(request):
        assert list(request.FILES) == []
    assert left_over() == set()


def test_a_file_that_does_not_decode_leaves_nothing(left_over):
    head = b'--B\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\nContent-Transfer-Encoding: base64'
    request = raw_request(head + b"\r\n\r\n" + b"JVBERi0xLjcK" * 20_000 + b"!!!\r\n--B--\r\n")
    with pytest.raises(MultiPartParserError), intake.taking(request):
        request.POST  # noqa: B018  # as above
    assert left_over() == set()


def test_nothing_is_taken_without_a_length():
    request = raw_request(part(files.pdf()) + b"--B--\r\n", announced="")
    with intake.taking(request):
        assert list(request.FILES) == []


def test_too_large_is_known_before_anything_is_read(settings):
    settings.UPLOAD_MAX_MB = 1
    assert intake.is_too_large(raw_request(b"", announced=3 * files.MEGABYTE))
    assert not intake.is_too_large(raw_request(b"", announced=files.MEGABYTE))
    assert not intake.is_too_large(raw_request(b"", announced="lots"))


def test_draining_reads_to_the_end_and_no_further(settings):
    body = io.BytesIO(bytes(5 * files.MEGABYTE))
    intake.drain(raw_request(body, announced=3 * files.MEGABYTE))
    assert body.tell() == 3 * files.MEGABYTE


def test_draining_is_bounded(monkeypatch):
    monkeypatch.setattr(intake, "DRAIN_BYTES", files.MEGABYTE)
    body = io.BytesIO(bytes(5 * files.MEGABYTE))
    intake.drain(raw_request(body, announced=5 * files.MEGABYTE))
    assert body.tell() == files.MEGABYTE


def test_draining_stops_when_the_browser_does():
    intake.drain(raw_request(Broken(b"x" * 1000), announced=5 * files.MEGABYTE))


def test_other_pages_take_no_file_at_all():
    request = request_with(file=attached(files.pdf()), note="x")
    assert list(request.FILES) == []
    assert request.POST["note"] == "x"
