"""Every hostile upload over HTTP: what the pages say, at once and after the check, and that nothing else happened."""

import html
import time

import pytest
from django.test import Client

from documents import sweep
from documents.models import DocumentFile
from documents.pipeline import check
from notifications.models import Notice
from portal.lib.database_time import from_now
from tests.factories import hostile_files as files
from tests.factories.accounts import make_account, sign_in
from tests.factories.people import make_employee
from tests.integration.documents.test_corpus import ENTRIES, built
from tests.integration.documents.views.desk import desk, nothing_kept, words

__all__ = ["desk"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("scanner")]
TYPE, SIZE = "The file must be a PDF, JPG, PNG or HEIC", "The file must be smaller than 20 MB"
SECONDS = 10  # within which every answer to an upload comes

AT_ONCE = {  # the upload page again, with its sentence; nothing is kept
    "upload-01": TYPE,
    "upload-03": TYPE,
    "upload-04": TYPE,
    "upload-05": TYPE,
    "upload-08": TYPE,
    "upload-09": "The file is empty",
    "upload-10": SIZE,
    "upload-12": TYPE,
}
AFTER_THE_CHECK = {  # the paper's page; the file's bytes are gone
    "upload-02": "The file may have a virus, so we did not keep it",
    "upload-11": "The file has too many pages, or its picture is too large. Upload it in parts",
    "upload-13": "The file needs a password. Upload a copy with no password",
}
TAKEN = {"upload-06": "passwd.pdf", "upload-07": "CON.pdf", "upload-14": "rtw.pdf"}  # and shown under this name
WALKS = {"upload-15", "upload-16", "upload-17"}
BY_ID = {entry["id"]: entry for entry in ENTRIES}


def send(desk, entry):
    """The answer to the upload; it came soon, and what was typed into it is nowhere in its markup."""
    given = entry["file"]
    began = time.monotonic()
    answer = desk.upload(built(given["content"]), given["name"], media=given["type"])
    assert time.monotonic() - began < SECONDS
    return answer


@pytest.fixture(autouse=True)
def _the_session_survives(desk):
    yield
    assert desk.client.get(desk.file_page()).status_code == 200
    assert not Notice.objects.exists()


def test_every_entry_has_its_answer():
    assert set(BY_ID) == {*AT_ONCE, *AFTER_THE_CHECK, *TAKEN, *WALKS}
    accepted = {key for key, entry in BY_ID.items() if entry["expect"] == "accept_pending_scan"}
    assert accepted == {*TAKEN, "upload-17"}


@pytest.mark.parametrize("key", AT_ONCE)
def test_refused_at_once(desk, key):
    answer = send(desk, BY_ID[key])
    assert answer.status_code in (413, 422)
    assert AT_ONCE[key] in words(answer)
    assert nothing_kept(desk)


@pytest.mark.parametrize("key", AFTER_THE_CHECK)
def test_refused_by_the_check(desk, key):
    answer = send(desk, BY_ID[key])
    assert "Checking" in words(desk.client.get(answer.url))
    file = DocumentFile.objects.get()
    check(file.pk)
    seen = words(desk.client.get(answer.url))
    assert "Not accepted" in seen
    assert AFTER_THE_CHECK[key] in seen
    assert desk.client.get(desk.download_page(file)).status_code == 404
    assert desk.left_over() == set()


@pytest.mark.parametrize("key", TAKEN)
def test_taken(desk, key):
    answer = send(desk, BY_ID[key])
    file = DocumentFile.objects.get()
    check(file.pk)
    seen = words(desk.client.get(answer.url))
    assert "Received" in seen
    assert TAKEN[key] in seen
    for folder in ("etc", "temp"):
        assert folder not in seen
    stored = DocumentFile.objects.get()
    assert {stored.original} == desk.left_over()
    downloaded = desk.client.get(desk.download_page(file))
    assert f'filename="{TAKEN[key]}"' in downloaded["Content-Disposition"]


def test_a_type_that_is_not_in_the_list(desk):
    answer = desk.client.post(desk.page("add"), {"type": BY_ID["upload-15"]["value"]})
    assert answer.status_code == 422
    assert "Select a document type" in words(answer)
    assert "Tax return" not in answer.content.decode()


def test_onto_somebody_elses_case(desk):
    other = sign_in(Client(), make_account(make_employee(), password=None))
    mine, desk.client = desk.client, other
    assert desk.upload(files.pdf()).status_code == 404
    desk.client = mine
    assert nothing_kept(desk)


def test_while_the_scanner_is_away(desk, settings):
    settings.CLAMD_ADDRESS, there = "127.0.0.1:9", settings.CLAMD_ADDRESS
    file = desk.checked()
    paper = words(desk.client.get(desk.paper_page(file)))
    assert "Checking" in paper
    assert "Cannot be checked at the moment" in paper
    assert desk.client.get(desk.download_page(file)).status_code == 404
    settings.CLAMD_ADDRESS = there
    DocumentFile.objects.update(next_at=from_now(-1))
    sweep.long_waits()
    check(file.pk)
    assert desk.client.get(desk.download_page(file)).status_code == 200


SHOWN = {
    '<script>alert("x").pdf': '<script>alert("x").pdf',
    "'\"><img src=x onerror=alert(1)>.pdf": "'\"><img src=x onerror=alert(1)>.pdf",
    "{{ 7*7 }}{% debug %}.pdf": "{{ 7*7 }}{% debug %}.pdf",
    "\u202egnp.pdf": "gnp.pdf",
    "a" * 400 + ".pdf": "a" * 100 + ".pdf",
    "..pdf": "pdf.pdf",
    "nul\x00byte.pdf": "nulbyte.pdf",
}


@pytest.mark.parametrize("name", SHOWN)
def test_names_are_shown_as_words(desk, name):
    file = desk.checked(name=name)
    for page in (desk.paper_page(file), desk.paper_page(file, "remove"), "/documents/", f"/cases/{desk.case.number}/"):
        text = desk.client.get(page).content.decode()
        assert html.escape(SHOWN[name]) in text, page
        assert not any(markup in text for markup in ("<script>alert", "<img src=x", "\u202e")), page
