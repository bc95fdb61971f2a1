"""A paper on its way: an employee with a leave, a file of theirs, and what became of it."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from documents import intake, receiving
from documents.models import DocumentFile, DocumentType
from documents.pipeline import check
from tests.factories.people import make_employee, make_user
from tests.factories.records import open_leave_case


def make_owner():
    """An account and its leave."""
    owner = make_user(make_employee())
    return owner, open_leave_case(owner.employee, by=owner)


def send(data, name="form.pdf", *, case=None, by=None, piece=64 * 1024, **more):
    """A DocumentFile that waits, as after the upload page. Raises receiving.Refused."""
    if case is None:
        by, case = make_owner()
    pieces = (data[at : at + piece] for at in range(0, len(data), piece))
    upload = intake.seal(pieces, name=name)
    try:
        kind = more.pop("type", None) or DocumentType.objects.get(code="certification")
        return receiving.receive(case=case, type=kind, upload=upload, by=by, **more)
    finally:
        upload.close()


def checked(file):
    """The same file after one check."""
    check(file.pk)
    return DocumentFile.objects.get(pk=file.pk)


def stored():
    """The names of all objects."""
    folder = Path(settings.DOCUMENTS_FOLDER) / "doc"
    return {f"doc/{path.name}" for path in folder.iterdir()} if folder.is_dir() else set()
