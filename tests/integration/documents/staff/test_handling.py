"""Opening papers as staff, adding what came in, the lists, and what the employee reads of it."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents import asking
from documents.models import Document, DocumentFile
from documents.pipeline import check
from documents.staff.lists import LISTS, PAGE, due_words
from portal.audit.models import AccessEvent
from portal.lib import clock
from tests.factories.accounts import sign_in
from tests.factories.hostile_files import pdf as a_pdf
from tests.factories.papers import PDF, make_paper
from tests.integration.documents.sending import stored
from tests.integration.documents.staff.desk import at_desk, in_days, kind, make_leave, said, staff, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return make_leave()


@pytest.fixture
def file(case):
    return make_paper(case, by=case.employee.user, received_at=clock.now())


def open_url(file):
    return url("open", file.document.case, document=str(file.document_id), file=str(file.pk))


def attach(case, client=None, content=None, name="Qzqfax.pdf", **given):
    upload = SimpleUploadedFile(name, a_pdf() if content is None else content)
    answers = {"channel": "fax", "type": kind().pk, "file": upload, **given}
    return (client or at_desk()).post(url("attach", case), answers, follow=True)


NOBODY = "0" * 32
NO_PLACES = [
    {"after": "x"},
    {"after": "2023-01-01T00:00_1"},
    {"after": f"2023-01-01_{NOBODY}"},
    {"after": f"0001-01-01T00:00:00+23:59_{NOBODY}"},
    {"show": "asked", "after": f"9999-12-31T23:59:59-23:59_{NOBODY}"},
    {"show": "asked", "after": f"2023-01-01T00:00:00+00:00_{NOBODY}"},
]


class TestOpening:
    def test_why_comes_first_and_is_recorded(self, file):
        reader = staff()
        client = at_desk(reader)
        page = client.get(open_url(file))
        assert b"Why do you open this document?" in page.content
        assert AccessEvent.objects.filter(action="open_document").count() == 0
        answer = client.post(open_url(file), {"purpose": "decide"})
        assert b"".join(answer.streaming_content) == PDF
        assert answer["Content-Disposition"].startswith("attachment")
        seen = AccessEvent.objects.get(action="open_document")
        assert (seen.actor, seen.role, seen.purpose) == (reader, "specialist", "decide")
        assert seen.object_id == str(file.document_id)

    def test_without_why_nothing_opens(self, file):
        for given in ({}, {"purpose": "curious"}):
            answer = at_desk().post(open_url(file), given)
            assert answer.status_code == 422
            assert "Select why you open this document" in answer.content.decode()
        assert AccessEvent.objects.filter(action="open_document").count() == 0

    def test_the_employee_reads_who_opened_which_paper(self, case, file):
        list(at_desk(staff(display_name="Ada Quill")).post(open_url(file), {"purpose": "review"}).streaming_content)
        own = sign_in(Client(), case.employee.user)
        own.get(reverse("documents:download", args=[case.number, file.document_id, file.pk]))
        page = own.get(reverse("cases:case", args=[case.number])).content.decode()
        listed = page[page.index('id="opened"') :]
        assert "Ada Quill" in listed
        assert "Medical Certification" in listed
        assert listed.count("<tr>") == 2  # the heading and her: one's own reading is nobody's business

    @pytest.mark.parametrize("state", ["received", "refused"])
    def test_what_is_not_released_does_not_open(self, case, state):
        waiting = make_paper(case, by=case.employee.user, checked=False)
        if state == "refused":
            DocumentFile.objects.update(state="refused", refusal="virus")
        assert at_desk().post(open_url(waiting), {"purpose": "review"}).status_code == 404

    def test_looking_at_the_list_is_recorded_too(self, case, file):
        at_desk().get(url("papers", case))
        assert AccessEvent.objects.filter(action="view_documents", object_id=str(case.pk)).count() == 1
        page = sign_in(Client(), case.employee.user).get(reverse("cases:case", args=[case.number]))
        assert "The list of your documents" in page.content.decode()


class TestAttaching:
    def test_it_is_checked_like_an_upload_and_told(self, case, scanner):
        adder = staff(display_name="Ada Quill")
        assert said(attach(case, at_desk(adder))) == "We received the file and are checking it."
        paper = Document.objects.get()
        assert (paper.channel, paper.added_by, paper.files.get().state) == ("fax", adder, "received")
        check(paper.files.get().pk)
        assert paper.files.get().state == "released"
        own = sign_in(Client(), case.employee.user).get(reverse("documents:all")).content.decode()
        assert "By fax" in own
        assert "Received" in own

    def test_a_virus_by_fax_is_refused_as_well(self, case, scanner):
        eicar = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
        attach(case, content=b"%PDF-1.4\n" + eicar)
        check(DocumentFile.objects.get().pk)
        assert DocumentFile.objects.get().refusal == "virus"
        assert "may have a virus" in at_desk().get(url("papers", case)).content.decode()

    def test_it_answers_what_was_asked_for(self, case, scanner):
        asked = asking.ask(case=case, kind=kind(), due_on=in_days(7), by=staff(), now=clock.now())
        attach(case)
        check(DocumentFile.objects.get().pk)
        asked.refresh_from_db()
        assert asked.met_by == Document.objects.get()

    @pytest.mark.parametrize(
        ("given", "told"),
        [
            ({"channel": ""}, "Select how it came"),
            ({"channel": "portal"}, "Select how it came"),
            ({"type": ""}, "Select a document type"),
            ({"file": ""}, "Choose a file"),
            ({"content": b""}, "The file is empty"),
            ({"content": b"<html>"}, "The file must be a PDF, JPG, PNG or HEIC"),
        ],
    )
    def test_what_is_missing_is_said_and_nothing_is_kept(self, case, given, told):
        before = stored()
        answer = attach(case, **given)
        assert answer.status_code == 422
        assert told in answer.content.decode()
        assert (Document.objects.count(), stored()) == (0, before)

    def test_too_large_is_said_before_it_is_read(self, case, settings):
        settings.UPLOAD_MAX_MB = 1
        answer = attach(case, content=b"%PDF-1.4" + b"x" * 1_500_000)
        assert answer.status_code == 413
        assert "The file must be smaller than 1 MB" in answer.content.decode()
        assert Document.objects.count() == 0

    def test_another_sites_form_attaches_nothing(self, case):
        before, client = stored(), Client(enforce_csrf_checks=True)
        assert attach(case, sign_in(client, staff())).status_code == 403
        assert (Document.objects.count(), stored()) == (0, before)


class TestLists:
    def test_each_shows_its_own(self, case, file):
        make_paper(case, by=case.employee.user, kind="birth", checked=False)
        asking.ask(case=case, kind=kind("court"), due_on=in_days(1), by=staff(), now=clock.now())
        client = at_desk()
        shown = {
            show: client.get(url("queue"), {"show": show}).content.decode() for show in ("review", "checking", "asked")
        }
        names = {"review": "Medical Certification", "checking": "Proof of Birth", "asked": "Miscellaneous Court Paper"}
        for show, page in shown.items():
            assert [name for name in names.values() if f"{name}</td>" in page] == [names[show]]
            assert f"({1})" in page
            assert case.number in page

    def test_reviewed_it_waits_no_more(self, case, file):
        Document.objects.update(review="accepted")
        assert "Nothing is waiting here." in at_desk().get(url("queue")).content.decode()

    def test_page_by_page_without_gaps(self, case):
        for _ in range(PAGE + 3):
            make_paper(case, by=case.employee.user, received_at=clock.now())
        client = at_desk()
        first = client.get(url("queue")).context
        rest = client.get(url("queue"), {"after": first["page"].after}).context["page"]
        assert (len(first["page"].lines), len(rest.lines), rest.after) == (PAGE, 3, "")

    @pytest.mark.parametrize("query", [{"show": "all"}, *NO_PLACES])
    def test_what_is_no_place_is_not_found(self, query):
        assert at_desk().get(url("queue"), query).status_code == 404

    @pytest.mark.parametrize("show", LISTS)
    def test_the_cost_does_not_grow(self, show):
        client = at_desk()
        costs = []
        for count in (1, 9):
            for _ in range(count):
                leave = make_leave()
                make_paper(leave, by=leave.employee.user, received_at=clock.now())
                make_paper(leave, by=leave.employee.user, checked=False)
                asking.ask(case=leave, kind=kind(), due_on=in_days(2), by=leave.employee.user, now=clock.now())
            with CaptureQueriesContext(
                connection,
            ) as queries:
                client.get(url("queue"), {"show": show})
            costs.append(len(queries))
        assert costs[0] == costs[1]

    def test_the_cost_of_a_case_does_not_grow(self, case):
        client, costs = at_desk(), []
        for count in (1, 9):
            for _ in range(count):
                make_paper(case, by=case.employee.user, received_at=clock.now())
            with CaptureQueriesContext(connection) as queries:
                client.get(url("papers", case))
            costs.append(len(queries))
        assert costs[0] == costs[1]

    @pytest.mark.parametrize(("days", "words"), [(-2, "2 days late"), (-1, "1 day late"), (0, "Due today"), (None, "")])
    def test_how_late_it_is(self, days, words):
        assert due_words(None if days is None else in_days(days), clock.today()) == words
