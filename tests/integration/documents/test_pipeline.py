"""Checks of one file: what ends them, who may write their end, and what everybody is told."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction

from cases.models.case import CaseEvent, Task
from documents import nudging, opening, storage, sweep
from documents.models import Document, DocumentFile, DocumentRequest, DocumentType
from documents.opening import NotReleased
from documents.pipeline import check
from documents.services import take_back
from portal.audit.models import AccessEvent
from portal.lib.database_time import from_now
from tests.factories import hostile_files as files
from tests.integration.documents.sending import checked, make_owner, send, stored

pytestmark = pytest.mark.django_db
State, Refusal = DocumentFile.State, DocumentFile.Refusal
NOBODY = "127.0.0.1:9"
VIRUS = b"%PDF-1.7\n" + files.EICAR + b"\n" * 100


def again(file):
    return DocumentFile.objects.get(pk=file.pk)


def make_due(file):
    DocumentFile.objects.filter(pk=file.pk).update(next_at=from_now(-1))


def told():
    facts = CaseEvent.objects.filter(kind__startswith="document")
    return [(fact.kind, fact.due_on) for fact in facts]


def tasks():
    """About papers; a leave brings tasks of its own."""
    return Task.objects.filter(kind__in=[Task.Kind.REVIEW_DOCUMENT, Task.Kind.SCANNER_AWAY])


def test_a_clean_file_is_released_and_its_owner_told(scanner):
    file = checked(send(files.pdf(3)))
    assert (file.state, file.pages, file.refusal) == (State.RELEASED, 3, "")
    assert file.scanned_at
    assert file.final_at
    assert [kind for kind, _ in told()] == ["document_received"]
    task = tasks().get()
    assert (task.case_id, task.due_on) == (file.document.case_id, told()[0][1])


def test_only_the_first_file_of_a_paper_is_told(scanner):
    owner, case = make_owner()
    first = checked(send(files.pdf(), case=case, by=owner))
    checked(send(files.pdf(2), case=case, by=owner, into=first.document))
    assert len(told()) == 1
    assert [file.position for file in first.document.files.all()] == [1, 2]


def test_a_virus_is_refused_its_bytes_and_key_are_gone(scanner):
    before = stored()
    file = checked(send(VIRUS))
    assert (file.state, file.refusal, file.key, file.original) == (State.REFUSED, Refusal.VIRUS, None, "")
    assert stored() == before
    assert told() == [("document_again", None)]
    assert not tasks().exists()


def test_a_request_is_met_by_what_is_clean_and_not_by_what_is_not(scanner):
    owner, case = make_owner()
    due = dt.date(2023, 2, 1)
    kind = DocumentType.objects.get(code="certification")
    asked = DocumentRequest.objects.create(case=case, type=kind, asked_by=owner, due_on=due)
    checked(send(VIRUS, case=case, by=owner, request=asked))
    asked.refresh_from_db()
    assert (asked.met_by, told()) == (None, [("document_again", due)])
    clean = checked(send(files.pdf(), case=case, by=owner, request=asked))
    asked.refresh_from_db()
    assert asked.met_by == clean.document


@pytest.mark.parametrize("fault", ["drop", "error"])
def test_a_scanner_that_does_not_answer_is_never_clean(scanner, fault):
    scanner.control(plan={"scan": [fault]})
    file = checked(send(files.pdf()))
    assert (file.state, told()) == (State.WAITING, [])
    make_due(file)
    assert checked(file).state == State.RELEASED


def test_a_scanner_that_is_away_means_waiting_and_then_somebody_looks(settings, scanner):
    settings.CLAMD_ADDRESS, there = NOBODY, settings.CLAMD_ADDRESS
    file = checked(send(files.pdf()))
    assert (file.state, file.attempts) == (State.WAITING, 1)
    assert checked(file).attempts == 1  # not before its time
    sweep.long_waits()
    assert not tasks().exists()
    DocumentFile.objects.filter(pk=file.pk).update(received_at=from_now(-16 * 60))
    sweep.long_waits()
    sweep.long_waits()
    assert tasks().get().kind == Task.Kind.SCANNER_AWAY
    settings.CLAMD_ADDRESS = there
    make_due(file)
    assert checked(file).state == State.RELEASED
    sweep.long_waits()
    assert Task.objects.get(kind=Task.Kind.SCANNER_AWAY).closed_at  # nothing waits any more
    send(files.pdf())
    DocumentFile.objects.filter(state=State.RECEIVED).update(received_at=from_now(-16 * 60))
    sweep.long_waits()
    assert Task.objects.get(kind=Task.Kind.SCANNER_AWAY).closed_at is None  # the same day again


def test_waiting_grows_and_is_bounded(settings):
    settings.CLAMD_ADDRESS = NOBODY
    file = send(files.pdf())
    for _ in range(9):
        make_due(file)
        file = checked(file)
    far = DocumentFile.objects.filter(pk=file.pk, next_at__gt=from_now(301))
    near = DocumentFile.objects.filter(pk=file.pk, next_at__gt=from_now(250))
    assert (far.exists(), near.exists()) == (False, True)


def test_bytes_that_cannot_be_read_are_waited_for(scanner):
    file = send(files.pdf())
    storage.delete(file.original)
    assert checked(file).state == State.WAITING


def test_a_check_that_died_is_done_again(scanner):
    file = send(files.pdf())
    held = DocumentFile.objects.filter(pk=file.pk)
    held.update(state=State.SCANNING, lease_token=uuid.uuid4(), lease_until=from_now(-1))
    check(file.pk)
    assert again(file).state == State.SCANNING  # not ours to touch
    sweep.leases()
    assert checked(file).state == State.RELEASED


def test_who_lost_the_lease_changes_nothing(scanner, monkeypatch):
    """Another check began, and ended, while this one slept after its scan."""
    file = send(files.pdf())

    def slept(pieces):
        b"".join(pieces)
        DocumentFile.objects.filter(pk=file.pk).update(lease_token=uuid.uuid4())
        return ""

    monkeypatch.setattr("documents.scanner.scan", slept)
    check(file.pk)
    assert (again(file).state, told()) == (State.SCANNING, [])


def test_the_database_itself_releases_nothing_unscanned():
    file = send(files.pdf())
    with pytest.raises(IntegrityError), transaction.atomic():
        DocumentFile.objects.filter(pk=file.pk).update(state=State.RELEASED)


def test_nobody_opens_what_is_not_released(scanner):
    file = send(files.pdf())
    owner = file.document.added_by
    for state in (State.RECEIVED, State.SCANNING, State.WAITING):
        DocumentFile.objects.filter(pk=file.pk).update(state=state)
        with pytest.raises(NotReleased):
            opening.open_file(file, viewer=owner)
    refused = checked(send(VIRUS))
    with pytest.raises(NotReleased):
        opening.open_file(refused, viewer=owner)
    assert not AccessEvent.objects.exists()


def test_opening_leaves_a_record(scanner):
    data = files.pdf()
    file = checked(send(data))
    owner = file.document.added_by
    assert b"".join(opening.open_file(file, viewer=owner, purpose="to read")) == data
    event = AccessEvent.objects.get()
    assert (event.actor, event.action, event.object_id) == (owner, "open_document", str(file.document_id))
    assert event.purpose == "to read"


def test_bytes_that_are_gone_leave_no_record(scanner):
    file = checked(send(files.pdf()))
    storage.delete(file.original)
    with pytest.raises(storage.Missing):
        opening.open_file(file, viewer=file.document.added_by)
    assert not AccessEvent.objects.exists()


def test_of_a_photo_the_pages_are_opened_or_the_original(scanner):
    data = files.picture()
    file = checked(send(data, "a.jpg"))
    owner = file.document.added_by
    assert next(opening.open_file(file, viewer=owner)).startswith(b"%PDF")
    assert b"".join(opening.open_file(file, viewer=owner, original=True)) == data


def test_taking_back_forgets_the_bytes_and_the_task(scanner):
    before = stored()
    file = checked(send(files.picture(), "a.jpg"))
    owner = file.document.added_by
    assert take_back(document=file.document, by=owner, now=dt.datetime.now(tz=dt.UTC))
    assert stored() == before
    assert (again(file).key, again(file).state) == (None, State.REFUSED)
    assert tasks().get().closed_at
    with pytest.raises(NotReleased):
        opening.open_file(file, viewer=owner)


def test_what_is_taken_back_while_it_is_checked_is_not_released(scanner, monkeypatch):
    file = send(files.picture(), "a.jpg")
    before = stored() - {file.original}
    owner = file.document.added_by

    def meanwhile(pieces):
        b"".join(pieces)
        assert take_back(document=file.document, by=owner, now=dt.datetime.now(tz=dt.UTC))
        return ""

    monkeypatch.setattr("documents.scanner.scan", meanwhile)
    check(file.pk)
    assert (again(file).refusal, told()) == (Refusal.REMOVED, [])
    sweep.left_to_erase()
    assert stored() == before


def test_a_reviewed_paper_is_not_taken_back(scanner):
    file = checked(send(files.pdf()))
    Document.objects.filter(pk=file.document_id).update(review="accepted")
    assert not take_back(document=file.document, by=file.document.added_by, now=dt.datetime.now(tz=dt.UTC))
    assert again(file).is_released


def test_bytes_that_could_not_be_deleted_are_deleted_later(scanner, monkeypatch):
    before = stored()
    file = send(VIRUS)

    def away(name):
        raise storage.StorageAway

    with monkeypatch.context() as patch:
        patch.setattr("documents.storage.delete", away)
        assert (checked(file).state, stored() - before) == (State.REFUSED, {file.original})
    sweep.left_to_erase()
    assert (again(file).original, stored()) == ("", before)


def test_due_files_are_found_and_counted_as_nudged(scanner):
    file = send(files.pdf())
    assert list(nudging.due()) == [file]
    DocumentFile.objects.filter(pk=file.pk).update(nudged_at=from_now(0), nudges=1)
    assert not nudging.due().exists()
    DocumentFile.objects.filter(pk=file.pk).update(nudged_at=from_now(-11), next_at=from_now(-20))
    assert list(nudging.due()) == [file]
    checked(file)
    assert not nudging.due().exists()
