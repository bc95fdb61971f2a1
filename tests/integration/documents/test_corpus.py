"""Hostile and odd files, from the first byte to the end of the check: what becomes of each."""

import base64
import functools
import json
from pathlib import Path

import pytest

from documents.models import DocumentFile
from documents.receiving import Refused
from tests.factories import hostile_files as files
from tests.integration.documents.sending import checked, send, stored

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("scanner")]
State, Refusal = DocumentFile.State, DocumentFile.Refusal
ENTRIES = json.loads((Path(__file__).parent / "bad_uploads.json").read_text())
CORPUS = [entry for entry in ENTRIES if "file" in entry]  # the others are walks of views/test_bad_uploads.py
RECIPES = {
    "size": lambda bytes: files.sized_pdf(bytes),
    "png_pixels": lambda w, h: files.png_claiming(w, h),
    "zip_bomb": lambda entries, mb: files.zip_of({f"word/{n}.xml": mb // 20 for n in range(entries)}),
    "pdf_encrypted": lambda: files.locked_pdf(),
}


def built(content):
    if "b64" in content:
        return base64.b64decode(content["b64"])
    given = {name: value for name, value in content.items() if name != "recipe"}
    return RECIPES[content["recipe"]](**given)


def became(data, name):
    """The word for what is told: of the upload page, or of the check."""
    try:
        file = checked(send(data, name))
    except Refused as refused:
        return refused.why
    return file.refusal or file.state


@pytest.mark.parametrize("entry", CORPUS, ids=lambda entry: f"{entry['id']} {entry['note']}")
def test_the_corpus(entry):
    before = stored()
    outcome = became(built(entry["file"]["content"]), entry["file"]["name"])
    if entry["expect"] == "accept_pending_scan":
        assert outcome == State.RELEASED
    else:
        assert outcome in Refusal.values
        assert stored() == before


PDFS_REFUSED = {
    "a script on opening": (files.script_on_opening, Refusal.ACTIVE),
    "a script of a page": (files.script_of_a_page, Refusal.ACTIVE),
    "a script by name": (files.script_by_name, Refusal.ACTIVE),
    "a program to launch": (files.launches_a_program, Refusal.ACTIVE),
    "a file inside": (files.carries_a_file, Refusal.ACTIVE),
    "a bomb": (files.deflated_bomb, Refusal.LONG),
}


@pytest.mark.parametrize("name", PDFS_REFUSED)
def test_pdfs_that_are_more_than_pages(name):
    change, why = PDFS_REFUSED[name]
    assert became(files.changed_pdf(change), "form.pdf") == why


HTML = b"<html><script>alert(1)</script></html>"
ODD = {
    "a PDF that is a web page too": (lambda: b"%PDF-1.7\n" + HTML + files.pdf()[9:], "a.pdf", Refusal.ACTIVE),
    "a PDF with a web page behind": (lambda: files.pdf() + HTML, "a.pdf", Refusal.ACTIVE),
    "a PDF that is an archive too": (lambda: files.pdf() + files.zip_of({"a.class": 1}), "a.pdf", Refusal.ACTIVE),
    "a photo with PHP": (lambda: files.picture(comment=b"<?php system($_GET['c']); ?>"), "a.jpg", Refusal.ACTIVE),
    "a photo with a JAR": (lambda: files.picture() + files.zip_of({"META-INF/a": 1}), "a.jpg", Refusal.ACTIVE),
    "a GIF with a JAR": (lambda: files.picture("GIF") + files.zip_of({"META-INF/a": 1}), "a.jpg", Refusal.TYPE),
    "a photo with HTML": (lambda: files.picture("PNG") + HTML, "a.png", Refusal.ACTIVE),
    "a PDF cut off": (lambda: files.pdf(40)[:-900], "a.pdf", Refusal.DAMAGED),
    "a photo cut off": (lambda: files.picture()[:3000], "a.jpg", Refusal.DAMAGED),
    "noise that begins like a PDF": (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 50, "a.pdf", Refusal.DAMAGED),
    "noise that begins like HEIC": (lambda: b"\0\0\0\x18ftypheic" + bytes(5000), "a.heic", Refusal.DAMAGED),
    "too many pages": (lambda: files.pdf(501), "a.pdf", Refusal.LONG),
    "a PDF called a photo": (lambda: files.pdf(), "a.jpg", Refusal.TYPE),
    "a PDF called a program": (lambda: files.pdf(), "a.exe", Refusal.TYPE),
    "a program": (lambda: b"MZ" + bytes(500), "a.pdf", Refusal.TYPE),
    "a virus in a photo": (lambda: files.picture(comment=files.EICAR), "a.jpg", Refusal.VIRUS),
}


@pytest.mark.parametrize("name", ODD)
def test_files_that_are_not_what_they_seem(name):
    make, called, why = ODD[name]
    before = stored()
    assert became(make(), called) == why
    assert stored() == before


FINE = {
    "a form": (files.pdf, "form.pdf"),
    "the most pages": (functools.partial(files.pdf, 500), "form.pdf"),
    "a form nobody may change": (files.print_only_pdf, "form.pdf"),
    "a form in new clothes": (functools.partial(files.pdf, 3, object_stream_mode=2), "form.PDF"),
    "a photo": (files.picture, "IMG_0001.JPG"),
    "a progressive photo": (functools.partial(files.picture, progressive=True), "a.jpeg"),
    "a screenshot": (functools.partial(files.picture, "PNG"), "Screenshot 2026-03-06.png"),
    "an iPhone's photo": (functools.partial(files.picture, "HEIF"), "IMG_0001.HEIC"),
    "a photo under another photo's name": (functools.partial(files.picture, "PNG"), "whatsapp.jpg"),
    "a photo without an ending": (files.picture, "image"),
    "a photo with something of its phone's behind it": (lambda: files.picture() + b"SEFT" + bytes(64), "a.jpg"),
}


@pytest.mark.parametrize("name", FINE)
def test_files_as_people_have_them(name):
    make, called = FINE[name]
    assert became(make(), called) == State.RELEASED


def test_the_most_a_file_may_have(settings):
    limit = settings.UPLOAD_MAX_MB * files.MEGABYTE
    assert became(files.sized_pdf(limit), "a.pdf") == Refusal.DAMAGED  # taken, and then no PDF
    assert became(files.sized_pdf(limit + 1), "a.pdf") == Refusal.SIZE
