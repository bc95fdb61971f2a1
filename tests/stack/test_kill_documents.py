"""Workers killed at every step of a check: no file is lost, none is released unscanned, nothing is left behind.

Real worker processes, ended by SIGKILL when they have come as far as the step: each runs `documents.pipeline.check` on
one file and stops before the step's own function, where it waits to be killed.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from cases.models.case import CaseEvent
from documents import storage, sweep
from documents.models import DocumentFile
from documents.opening import NotReleased, open_file
from documents.pipeline import check
from portal.lib.database_time import from_now
from tests.factories import hostile_files as files
from tests.fakes.standins import running_standins
from tests.integration.documents.sending import send, stored

pytestmark = [pytest.mark.stack, pytest.mark.django_db(transaction=True)]
ROOT = Path(__file__).resolve().parents[2]
State = DocumentFile.State
# Where the worker stops: the function it is about to call, and whether it is in the middle of a transaction.
STEPS = [
    "documents.pipeline._lease",
    "documents.pipeline._examined",
    "documents.scanner.scan",
    "documents.scanner._answer",
    "documents.converting.examine",
    "documents.converting._feed",
    "documents.converting._answer",
    "documents.converting._judged",
    "documents.storage.Writer.close",
    "documents.endings.settle",
    "documents.endings._released",
    "documents.endings._tell_received",
    "cases.services.papers._record",
    "cases.services.papers.open_task",
]
REFUSING = ["documents.endings._refused", "documents.endings._tell_refused", "documents.endings.erase"]
WORKER = """
import importlib, sys, time, uuid
import django
django.setup()
step, file_id = sys.argv[1:]
from documents import pipeline
place, _, name = step.rpartition(".")
try:
    holder = importlib.import_module(place)
except ModuleNotFoundError:
    module, _, kind = place.rpartition(".")
    holder = getattr(importlib.import_module(module), kind)
def stop(*args, **kwargs):
    print("there", flush=True)
    time.sleep(60)
setattr(holder, name, stop)
pipeline.check(uuid.UUID(file_id))
print("past", flush=True)
"""


@pytest.fixture(scope="module")
def scanner(tmp_path_factory):
    with running_standins(tmp_path_factory.mktemp("standins")) as standins:
        yield f"127.0.0.1:{standins.scanner_port}"


@pytest.fixture(autouse=True)
def _scanner(scanner, settings):
    settings.CLAMD_ADDRESS = scanner


def kill_at(step: str, file: DocumentFile, scanner: str) -> None:
    """A worker begins to check the file and dies where the step would begin."""
    named = {"DATABASE_URL": _database(), "CLAMD_ADDRESS": scanner, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, step, str(file.pk)],
        env={**os.environ, **named},
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )
    assert worker.stdout
    try:
        assert worker.stdout.readline() == b"there\n"
    finally:
        worker.kill()
        worker.wait()
        worker.stdout.close()


def _database() -> str:
    """The test's own database: its worker's, not the one in the environment."""
    address, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    return f"{address}/{connection.settings_dict['NAME']}"


def lease_over(file: DocumentFile) -> DocumentFile:
    """Time passes until the dead worker's lease has ended, and the relay looks."""
    DocumentFile.objects.filter(pk=file.pk, state=State.SCANNING).update(lease_until=from_now(-1))
    sweep.leases()
    return DocumentFile.objects.get(pk=file.pk)


def orphans(file: DocumentFile, before: set[str]) -> set[str]:
    return stored() - before - {file.original, file.pdf}


@pytest.mark.parametrize("step", STEPS)
def test_killed_before(step, scanner):
    before = stored()
    data = files.picture()
    file = send(data, "a.jpg")
    kill_at(step, file, scanner)
    after = DocumentFile.objects.get(pk=file.pk)
    assert after.state in DocumentFile.CHECKING
    assert not CaseEvent.objects.filter(kind__startswith="document").exists()
    with pytest.raises(NotReleased):
        open_file(file, viewer=file.document.added_by)
    check(lease_over(file).pk)
    released = DocumentFile.objects.get(pk=file.pk)
    assert released.state == State.RELEASED
    assert CaseEvent.objects.filter(kind="document_received").count() == 1
    assert b"".join(open_file(released, viewer=file.document.added_by, original=True)) == data
    assert len(orphans(released, before)) <= 1  # pages half made, for the night to delete


@pytest.mark.parametrize("step", REFUSING)
def test_killed_while_refusing(step, scanner):
    before = stored()
    file = send(b"%PDF-1.7\n" + files.EICAR)
    kill_at(step, file, scanner)
    check(lease_over(file).pk)
    sweep.left_to_erase()
    refused = DocumentFile.objects.get(pk=file.pk)
    assert (refused.state, refused.refusal, refused.key) == (State.REFUSED, "virus", None)
    assert CaseEvent.objects.filter(kind="document_again").count() == 1
    assert stored() == before


def test_killed_over_and_over(scanner):
    """Nothing is given up for having died often."""
    file = send(files.pdf())
    for _ in range(6):
        kill_at("documents.scanner.scan", file, scanner)
        assert lease_over(file).state == State.RECEIVED
    check(file.pk)
    assert DocumentFile.objects.get(pk=file.pk).state == State.RELEASED
    assert storage.exists(file.original)
