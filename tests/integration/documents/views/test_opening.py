"""Downloads: whose, when, and with which headers."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from cases.models.case import Task
from documents import storage
from documents.models import DocumentFile
from portal.audit.models import AccessEvent
from tests.factories import hostile_files as files
from tests.factories.accounts import make_account, sign_in
from tests.factories.people import make_employee, make_user
from tests.integration.documents.staff.desk import at_desk, url
from tests.integration.documents.views.desk import desk, words

__all__ = ["desk"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("scanner")]


def body(answer) -> bytes:
    return b"".join(answer.streaming_content)


def test_to_be_saved_and_never_shown_as_a_page_of_ours(desk):
    data = files.pdf()
    file = desk.checked(data, name="Año “médico”.pdf")
    answer = desk.client.get(desk.download_page(file))
    assert (answer.status_code, body(answer)) == (200, data)
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''A%C3%B1o")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    for absent in ("Accept-Ranges", "ETag", "Last-Modified"):
        assert absent not in answer


@pytest.mark.parametrize("name", ['a"; filename="evil.html.pdf', "a\r\nSet-Cookie: x=1.pdf", "../../a.pdf", "😀.pdf"])
def test_no_name_breaks_out_of_its_header(desk, name):
    file = desk.checked(name=name)
    given = desk.client.get(desk.download_page(file))["Content-Disposition"]
    assert given.startswith("attachment")
    assert not set("\r\n/") & set(given.split("''")[-1])
    assert given.lower().endswith((".pdf", '.pdf"'))


def test_a_photo_comes_as_pages(desk):
    file = desk.checked(files.picture("HEIF"), name="IMG_1.HEIC")
    answer = desk.client.get(desk.download_page(file))
    assert body(answer).startswith(b"%PDF-")
    assert 'filename="IMG_1.pdf"' in answer["Content-Disposition"]


def test_a_part_is_not_given(desk):
    data = files.pdf(3)
    answer = desk.client.get(desk.download_page(desk.checked(data)), headers={"range": "bytes=0-9"})
    assert (answer.status_code, body(answer)) == (200, data)


def test_head_has_the_headers_alone(desk):
    answer = desk.client.head(desk.download_page(desk.checked()))
    assert (answer.status_code, answer["Content-Disposition"][:10]) == (200, "attachment")
    assert body(answer) == b""
    assert not AccessEvent.objects.filter(action="open_document").exists()


@pytest.mark.parametrize("state", ["received", "scanning", "waiting"])
def test_before_its_check_nobody_opens_it(desk, state):
    file = desk.sent()
    DocumentFile.objects.filter(pk=file.pk).update(state=state)
    answer = desk.client.get(desk.download_page(file))
    assert answer.status_code == 404
    assert "We can’t find that page" in words(answer)
    assert desk.download_page(file) not in desk.client.get(desk.paper_page(file)).content.decode()
    assert not AccessEvent.objects.exists()


def test_what_was_refused_nobody_opens(desk):
    file = desk.checked(files.locked_pdf())
    assert desk.client.get(desk.download_page(file)).status_code == 404
    paper = desk.client.get(desk.paper_page(file))
    assert "The file needs a password. Upload a copy with no password" in words(paper)
    assert desk.download_page(file) not in paper.content.decode()


def test_a_file_of_another_paper_is_not_found_under_this_one(desk):
    one, other = desk.checked(), desk.checked(files.pdf(2))
    mixed = desk.page("download", document=one.document_id, file=other.pk)
    assert desk.client.get(mixed).status_code == 404


def test_other_peoples_is_not_found(desk):
    file = desk.checked()
    strangers = [make_account(make_employee(), password=None), make_user(role="specialist")]
    for stranger in strangers:
        client = sign_in(Client(), stranger)
        for page in (desk.download_page(file), desk.paper_page(file), desk.paper_page(file, "remove")):
            assert client.get(page).status_code == 404
        own = getattr(stranger, "employee", None)
        assert client.post(desk.paper_page(file, "remove")).status_code == 404, own
    assert Client().get(desk.download_page(file)).status_code == 302
    assert desk.client.get(desk.download_page(file)).status_code == 200


def test_storage_that_is_away_is_said_and_nothing_recorded(desk, settings):
    file = desk.checked()
    bucket = {"access_key": "x", "secret_key": "x", "bucket_name": "x", "endpoint_url": "http://127.0.0.1:9"}
    settings.STORAGES = {**settings.STORAGES, "documents": {"BACKEND": "documents.backends.Bucket", "OPTIONS": bucket}}
    answer = desk.client.get(desk.download_page(file), follow=True)
    assert answer.redirect_chain[-1][0] == desk.paper_page(file)
    assert "We cannot open the file at the moment. Try again in a few minutes." in words(answer)
    assert not AccessEvent.objects.exists()


def test_bytes_that_are_gone_are_not_found(desk):
    file = desk.checked()
    storage.delete(file.original)
    assert desk.client.get(desk.download_page(file)).status_code == 404


def spoil(file):
    path = Path(settings.DOCUMENTS_FOLDER) / file.original
    path.write_bytes(path.read_bytes()[:-1] + b"?")


@pytest.mark.parametrize("lose", [spoil, lambda file: storage.delete(file.original)])
def test_what_is_lost_or_spoilt_is_looked_into_once(desk, lose):
    file = desk.checked()
    lose(file)
    answers = [desk.client.get(desk.download_page(file)) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert "We can’t find that page" in words(answers[0])
    opening = url("open", desk.case, document=str(file.document_id), file=str(file.pk))
    told = at_desk().post(opening, {"purpose": "review"}, follow=True)
    assert "This file is not there any more." in words(told)
    assert Task.objects.filter(kind=Task.Kind.DOCUMENT_LOST, case=desk.case).count() == 1
    assert not AccessEvent.objects.filter(action="open_document").exists()


class TestRemoving:
    def test_it_asks_first_and_then_nothing_is_left(self, desk):
        file = desk.checked(files.picture(), name="photo.jpg")
        asked = desk.client.get(desk.paper_page(file, "remove"))
        assert "photo.jpg" in words(asked)
        assert desk.client.get(desk.download_page(file)).status_code == 200
        done = desk.client.post(desk.paper_page(file, "remove"), follow=True)
        assert "We removed your document." in words(done)
        assert "photo.jpg" not in words(done)
        for page in (desk.paper_page(file), desk.download_page(file), desk.paper_page(file, "another")):
            assert desk.client.get(page).status_code == 404
        assert desk.left_over() == set()

    def test_twice_is_once(self, desk):
        file = desk.checked()
        answers = [desk.client.post(desk.paper_page(file, "remove")).status_code for _ in range(2)]
        assert answers == [302, 404]

    def test_not_what_was_reviewed(self, desk):
        file = desk.checked()
        type(file.document).objects.filter(pk=file.document_id).update(review="accepted")
        for send in (desk.client.get, desk.client.post):
            answer = send(desk.paper_page(file, "remove"), follow=True)
            assert "This document cannot be removed any more" in words(answer)
        assert body(desk.client.get(desk.download_page(file)))

    def test_not_what_staff_added(self, desk):
        file = desk.checked()
        type(file.document).objects.filter(pk=file.document_id).update(channel="fax")
        answer = desk.client.get(desk.paper_page(file, "remove"), follow=True)
        assert "Staff added this document, so you cannot remove it." in words(answer)
