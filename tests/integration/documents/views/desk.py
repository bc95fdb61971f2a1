"""An employee at the pages of their papers, and what was kept of what they sent."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from cases.models.case import Case
from documents.models import Document, DocumentFile, DocumentType
from documents.pipeline import check
from registration.models import User
from tests.factories import hostile_files as files
from tests.factories.accounts import make_account, sign_in
from tests.factories.people import make_employee
from tests.factories.records import open_leave_case
from tests.integration.documents.sending import stored


class Desk:
    """Somebody signed in, with a leave to send papers for."""

    def __init__(self, client: Client) -> None:
        self.owner: User = make_account(make_employee(), password=None)
        self.case: Case = open_leave_case(self.owner.employee, by=self.owner)
        self.client = sign_in(client, self.owner)
        self.before = stored()

    def page(self, name: str, **more: Any) -> str:
        return reverse(f"documents:{name}", kwargs={"number": self.case.number, **more})

    def file_page(self, code: str = "certification") -> str:
        return self.page("file", type_id=DocumentType.objects.get(code=code).pk)

    def upload(self, data: bytes, name: str = "form.pdf", *, to: str = "", media: str = "application/pdf") -> Any:
        return self.client.post(to or self.file_page(), {"file": SimpleUploadedFile(name, data, media)})

    def sent(self, data: bytes | None = None, **more: Any) -> DocumentFile:
        """As it stands before any check."""
        answer = self.upload(files.pdf() if data is None else data, **more)
        assert answer.status_code == 302, words(answer)
        return DocumentFile.objects.order_by("received_at").last()

    def checked(self, data: bytes | None = None, **more: Any) -> DocumentFile:
        file = self.sent(data, **more)
        check(file.pk)
        return DocumentFile.objects.get(pk=file.pk)

    def paper_page(self, file: DocumentFile, name: str = "paper") -> str:
        return self.page(name, document=file.document_id)

    def download_page(self, file: DocumentFile) -> str:
        return self.page("download", document=file.document_id, file=file.pk)

    def left_over(self) -> set[str]:
        return stored() - self.before


@pytest.fixture
def desk(client: Client) -> Desk:
    return Desk(client)


def words(answer: HttpResponse) -> str:
    """What a reader sees of <main>."""
    main = re.search(r"<main.*?</main>", answer.content.decode(), re.DOTALL)
    assert main
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main[0])).split())


def nothing_kept(desk: Desk) -> bool:
    return not Document.objects.exists() and not DocumentFile.objects.exists() and not desk.left_over()
