"""Once a night: what is stored against what rows say."""

import datetime as dt
import os
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from cases.models.case import Task
from documents import storage
from documents.reconciling import reconcile
from documents.storage import Writer
from tests.factories import hostile_files as files
from tests.integration.documents.sending import checked, send, stored

pytestmark = pytest.mark.django_db
TWO_DAYS = dt.timedelta(days=2)


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    """What other tests left is not this one's."""
    settings.DOCUMENTS_FOLDER = str(tmp_path)
    folder = {"BACKEND": "documents.backends.Folder", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "documents": folder}


def orphan(*, age):
    """Bytes of an upload, or of a check, that died before its row was written."""
    name = storage.new_name()
    writer = Writer(name, storage.new_key())
    writer.write(b"x" * 100)
    writer.close()
    path = Path(settings.DOCUMENTS_FOLDER) / name
    then = (timezone.now() - age).timestamp()
    os.utime(path, (then, then))
    return name


def test_bytes_of_nobody_are_deleted_after_a_day():
    old, young = orphan(age=TWO_DAYS), orphan(age=dt.timedelta(hours=23))
    assert reconcile(now=timezone.now()).deleted == 1
    assert stored() == {young}
    assert old not in stored()


def test_what_a_row_names_stays_however_old(scanner):
    file = checked(send(files.picture(), "a.jpg"))
    found = reconcile(now=timezone.now() + TWO_DAYS)
    assert (found.lost, found.deleted) == (0, 0)
    assert stored() == {file.original, file.pdf}


def test_a_row_without_its_bytes_is_somebodys_to_look_at():
    file = send(files.pdf())
    storage.delete(file.original)
    assert reconcile(now=timezone.now()).lost == 1
    assert reconcile(now=timezone.now()).lost == 1
    task = Task.objects.get(kind=Task.Kind.DOCUMENT_LOST)
    assert task.case == file.document.case


def test_the_pages_made_of_a_photo_count_too(scanner):
    file = checked(send(files.picture(), "a.jpg"))
    storage.delete(file.pdf)
    assert reconcile(now=timezone.now()).lost == 1


def test_what_was_refused_is_not_missed(scanner):
    checked(send(files.locked_pdf()))
    assert reconcile(now=timezone.now()).lost == 0


def test_the_command_says_what_it_found(capsys):
    orphan(age=TWO_DAYS)
    call_command("reconcile_documents")
    assert capsys.readouterr().out == "0 files without their bytes, 1 objects without a file deleted\n"
