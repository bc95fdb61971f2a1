"""From Add Document to the paper, its second file, and back."""

import pytest
from django.conf import settings
from django.urls import reverse

from cases.models.case import Case
from documents.models import Document, DocumentFile, DocumentRequest, DocumentType
from documents.receiving import FILES_A_PAPER
from portal.lib import clock
from portal.lib.database_time import from_now
from portal.office.models import ContactRecord
from tests.factories import hostile_files as files
from tests.factories.papers import add_file
from tests.factories.people import make_user
from tests.factories.records import open_case
from tests.integration.documents.views.desk import desk, nothing_kept, words

__all__ = ["desk"]
pytestmark = pytest.mark.django_db


def test_what_it_is_then_its_file_then_the_paper(desk):
    kind = DocumentType.objects.get(code="return-to-work")
    asked = desk.client.get(desk.page("add"))
    assert "Return-to-work note" in words(asked)
    chosen = desk.client.post(desk.page("add"), {"type": kind.pk})
    assert (chosen.status_code, chosen.url) == (302, desk.file_page("return-to-work"))
    offered = words(desk.client.get(chosen.url))
    assert "RTW Note" in offered
    assert "PDF, JPG, PNG or HEIC, up to 20 MB. A clear photo of each page is fine." in offered
    sent = desk.upload(files.pdf(), "note.pdf", to=chosen.url)
    file = DocumentFile.objects.get()
    assert (sent.status_code, sent.url) == (302, desk.paper_page(file))
    paper = words(desk.client.get(sent.url))
    for part in ("We received your RTW Note.", "RTW Note", "Checking", "note.pdf", "Waiting to be checked"):
        assert part in paper
    assert (file.document.case, file.document.added_by, file.document.type) == (desk.case, desk.owner, kind)


def test_nothing_chosen(desk):
    answer = desk.client.post(desk.page("add"), {})
    assert answer.status_code == 422
    assert "Select a document type" in words(answer)


@pytest.mark.parametrize("chosen", ["Tax return", "0", "999999", "-1", "\x00", "1' OR 1=1"])
def test_a_type_that_is_not_offered(desk, chosen):
    answer = desk.client.post(desk.page("add"), {"type": chosen})
    assert answer.status_code == 422
    assert "Select a document type" in words(answer)


@pytest.mark.parametrize("form", [{}, {"file": ""}, {"file": "typed, not chosen"}, {"other": "x"}])
def test_no_file_chosen(desk, form):
    answer = desk.client.post(desk.file_page(), form)
    assert answer.status_code == 422
    assert "Choose a file" in words(answer)
    assert answer.content.decode().count("<title>Error:") == 1
    assert nothing_kept(desk)


def test_a_form_that_cannot_carry_a_file(desk):
    answer = desk.client.post(desk.file_page(), "file=form.pdf", content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, nothing_kept(desk)) == (422, True)


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
@pytest.mark.parametrize("page", ["add", "file", "paper", "another", "remove", "download", "all"])
def test_other_methods(desk, page, method):
    file = desk.sent()
    address = {
        "add": desk.page("add"),
        "file": desk.file_page(),
        "download": desk.download_page(file),
        "all": reverse("documents:all"),
    }.get(page) or desk.paper_page(file, page)
    assert getattr(desk.client, method)(address).status_code == 405


def test_a_type_that_is_switched_off_is_neither_offered_nor_taken(desk):
    page = desk.file_page("court")
    DocumentType.objects.filter(code="court").update(active=False)
    assert "Miscellaneous Court Paper" not in words(desk.client.get(desk.page("add")))
    assert desk.client.get(page).status_code == 404
    assert desk.upload(files.pdf(), to=page).status_code == 404
    assert nothing_kept(desk)


def test_a_paper_keeps_a_type_that_was_switched_off_since(desk):
    file = desk.sent(to=desk.file_page("court"))
    DocumentType.objects.filter(code="court").update(active=False)
    assert "Miscellaneous Court Paper" in words(desk.client.get(desk.paper_page(file)))


def test_a_day_to_day_absence_takes_no_papers(desk):
    sick = open_case(desk.owner.employee, by=desk.owner)
    for name, more in (("add", {}), ("file", {"type_id": DocumentType.objects.first().pk})):
        page = reverse(f"documents:{name}", kwargs={"number": sick.number, **more})
        assert desk.client.get(page).status_code == 404
        assert desk.upload(files.pdf(), to=page).status_code == 404
    assert nothing_kept(desk)


def test_a_closed_leave_still_takes_papers_by_its_address(desk):
    Case.objects.filter(pk=desk.case.pk).update(status=Case.Status.CLOSED)
    assert desk.upload(files.pdf()).status_code == 302


def test_what_was_asked_for_is_answered(desk):
    kind = DocumentType.objects.get(code="certification")
    asked = DocumentRequest.objects.create(case=desk.case, type=kind, asked_by=make_user(), due_on=clock.today())
    assert desk.sent().document.request == asked
    assert desk.sent(files.pdf(2), to=desk.file_page("return-to-work")).document.request is None


class TestMoreFiles:
    def test_a_second_page_of_the_same_paper(self, desk):
        first = desk.sent()
        second = desk.sent(files.pdf(2), name="page 2.pdf", to=desk.paper_page(first, "another"))
        assert (second.document, second.position) == (first.document, 2)
        paper = words(desk.client.get(desk.paper_page(first)))
        assert paper.index("form.pdf") < paper.index("page 2.pdf")

    def test_the_twentieth_is_the_last(self, desk):
        first = desk.sent()
        for _ in range(FILES_A_PAPER - 2):
            add_file(first.document)
        another = desk.paper_page(first, "another")
        assert "Add another page" in words(desk.client.get(desk.paper_page(first)))
        assert desk.upload(files.pdf(2), to=another).status_code == 302
        assert "Add another page" not in words(desk.client.get(desk.paper_page(first)))
        before = desk.left_over()
        answer = desk.upload(files.pdf(3), to=another)
        assert answer.status_code == 429
        assert "This document has 20 files, which is the most it can have." in words(answer)
        assert (first.document.files.count(), desk.left_over()) == (FILES_A_PAPER, before)

    @pytest.mark.parametrize(
        "since", [{"review": "accepted"}, {"review": "again", "why": "blurry"}, {"channel": "fax"}]
    )
    def test_none_for_a_paper_that_is_no_longer_the_owners_to_change(self, desk, since):
        file = desk.sent()
        Document.objects.filter(pk=file.document_id).update(**since)
        another, before = desk.paper_page(file, "another"), desk.left_over()
        assert desk.client.get(another).status_code == 404
        assert desk.upload(files.pdf(2), to=another).status_code == 404
        assert (file.document.files.count(), desk.left_over()) == (1, before)


class TestTheSameTwice:
    def test_it_is_one_paper(self, desk):
        data = files.pdf()
        first = desk.upload(data)
        second = desk.upload(data, "under another name.pdf")
        assert (second.status_code, second.url) == (302, first.url)
        assert "We received your Medical Certification." in words(desk.client.get(second.url))
        assert desk.left_over() == {DocumentFile.objects.get().original}

    def test_it_is_one_page_of_a_paper(self, desk):
        file = desk.sent()
        for _ in range(2):
            desk.upload(files.pdf(2), to=desk.paper_page(file, "another"))
        assert file.document.files.count() == 2

    def test_as_something_else_it_is_another_paper(self, desk):
        data = files.pdf()
        desk.upload(data)
        desk.upload(data, to=desk.file_page("return-to-work"))
        assert Document.objects.count() == 2

    def test_for_another_case_or_much_later_it_is_another_paper(self, desk):
        data = files.pdf()
        file = desk.sent(data)
        DocumentFile.objects.filter(pk=file.pk).update(received_at=from_now(-601))
        desk.upload(data)
        assert Document.objects.count() == 2

    @pytest.mark.usefixtures("scanner")
    def test_what_was_refused_or_taken_back_may_be_sent_again(self, desk):
        data = files.pdf()
        desk.client.post(desk.paper_page(desk.checked(data), "remove"))
        assert desk.checked(data).is_released
        locked = files.locked_pdf()
        assert desk.checked(locked).state == "refused"
        assert desk.checked(locked).state == "refused"
        assert Document.objects.count() == 4

    def test_the_day_is_not_used_up_by_it(self, desk, settings):
        settings.DOCUMENTS_A_DAY = 1
        data = files.pdf()
        assert [desk.upload(data).status_code for _ in range(3)] == [302, 302, 302]


class TestLimits:
    def test_ten_papers_a_day(self, desk):
        for pages in range(1, settings.DOCUMENTS_A_DAY + 1):
            assert desk.upload(files.pdf(pages)).status_code == 302
        before = desk.left_over()
        answer = desk.upload(files.pdf(30))
        assert answer.status_code == 429
        seen = words(answer)
        assert "This case has had as many files as one day may bring. Try again tomorrow, or fax it to" in seen
        assert ContactRecord.objects.get(pk=1).paper_fax in seen
        assert (Document.objects.count(), desk.left_over()) == (settings.DOCUMENTS_A_DAY, before)
        Document.objects.update(created_at=from_now(-24 * 3600 - 1))
        assert desk.upload(files.pdf(31)).status_code == 302

    def test_what_was_removed_counts_too(self, desk, settings):
        settings.DOCUMENTS_A_DAY = 1
        desk.client.post(desk.paper_page(desk.sent(), "remove"))
        assert desk.upload(files.pdf(2)).status_code == 429

    def test_too_large_is_answered_with_the_page_and_a_way_forward(self, desk):
        answer = desk.upload(bytes(21 * files.MEGABYTE))
        assert answer.status_code == 413
        seen = words(answer)
        assert "The file must be smaller than 20 MB" in seen
        assert "Choose file" in seen
        assert "Upload Document" in seen
        assert nothing_kept(desk)

    def test_a_byte_too_much_that_its_length_does_not_tell(self, desk):
        answer = desk.upload(files.sized_pdf(20 * files.MEGABYTE + 1))
        assert answer.status_code == 422
        assert "The file must be smaller than 20 MB" in words(answer)
        assert nothing_kept(desk)


def test_storage_that_is_away(desk, settings, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    folder = {"BACKEND": "documents.backends.Folder", "OPTIONS": {"location": str(blocked)}}
    settings.STORAGES = {**settings.STORAGES, "documents": folder}
    answer = desk.upload(files.pdf())
    assert answer.status_code == 503
    fax = ContactRecord.objects.get(pk=1).paper_fax
    assert f"We could not upload the file. Try again, or fax it to {fax}" in words(answer)
    assert not Document.objects.exists()
