"""Files that come without the right to be taken: nothing of them is kept, and their browser gets its answer."""

import io

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from documents import intake
from tests.factories import hostile_files as files
from tests.factories.accounts import make_account, sign_in
from tests.factories.people import make_employee
from tests.integration.documents.views.desk import Desk, desk, nothing_kept, words

__all__ = ["desk"]
pytestmark = pytest.mark.django_db
MEGABYTE = files.MEGABYTE


class Body(io.BytesIO):
    """A POST on its way; `tell` says how much of it the portal has read."""

    def __init__(self, data: bytes) -> None:
        head = b'--B\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
        super().__init__(head + data + b"\r\n--B--\r\n")
        self.whole = len(self.getvalue())


def sent(client: Client, page: str, body: Body, **headers: str):
    wsgi = {"wsgi.input": body, "CONTENT_LENGTH": str(body.whole), "CONTENT_TYPE": "multipart/form-data; boundary=B"}
    return client.request(REQUEST_METHOD="POST", PATH_INFO=page, **wsgi, **headers)


class TestForms:
    """Whose forms are taken."""

    @pytest.fixture
    def strict(self) -> Desk:
        return Desk(Client(enforce_csrf_checks=True))

    def test_a_form_without_its_token(self, strict):
        answer = strict.upload(files.pdf())
        assert answer.status_code == 403
        assert "This page was open too long" in words(answer)
        assert nothing_kept(strict)

    def test_a_form_with_the_token_of_somebody_else(self, strict):
        form = {"csrfmiddlewaretoken": "x" * 64, "file": SimpleUploadedFile("a.pdf", files.pdf())}
        assert strict.client.post(strict.file_page(), form).status_code == 403
        assert nothing_kept(strict)

    def test_the_pages_own_form(self, strict):
        """So the tests above could have failed."""
        token = strict.client.get(strict.file_page()).context["csrf_token"]
        form = {"csrfmiddlewaretoken": str(token), "file": SimpleUploadedFile("a.pdf", files.pdf())}
        assert strict.client.post(strict.file_page(), form).status_code == 302

    def test_another_sites_form_is_not_read(self, strict):
        body = Body(bytes(5 * MEGABYTE))
        answer = sent(strict.client, strict.file_page(), body, HTTP_ORIGIN="https://example.org")
        assert (answer.status_code, body.tell()) == (403, 0)


class TestSessions:
    """A session that ended while the file was on its way."""

    def test_log_in_and_back_and_the_page_says_so(self, desk):
        end_session(desk.client)
        body = Body(files.sized_pdf(5 * MEGABYTE))
        answer = sent(desk.client, desk.file_page(), body)
        back = f"{desk.file_page()}?not-kept"
        assert (answer.status_code, answer.url) == (303, f"/login/?next={back.replace('?', '%3F')}")
        assert body.tell() == body.whole  # else the browser shows a broken connection
        assert nothing_kept(desk)
        lost = "You were logged out before your file arrived, so we did not keep it. Choose it again."
        page = sign_in(desk.client, desk.owner).get(back)
        assert lost in words(page)
        assert lost not in words(desk.client.get(desk.file_page()))

    def test_the_page_says_so_once(self, desk):
        answer = desk.client.post(f"{desk.file_page()}?not-kept", {})
        assert "You were logged out before your file arrived" not in words(answer)

    def test_for_another_page_of_a_paper(self, desk):
        another = desk.paper_page(desk.sent(), "another")
        end_session(desk.client)
        assert desk.upload(files.pdf(2), to=another).url == f"/login/?next={another}%3Fnot-kept"

    def test_a_strangers_file_is_not_read(self, desk):
        body = Body(bytes(5 * MEGABYTE))
        answer = sent(Client(), desk.file_page(), body)
        assert (answer.status_code, body.tell()) == (303, 0)

    def test_looking_at_the_page_leads_to_log_in_without_a_word(self, desk):
        assert Client().get(desk.file_page()).url == f"/login/?next={desk.file_page()}"


def end_session(client: Client) -> None:
    session = client.session
    session["seen"] -= 60 * settings.SESSION_IDLE_MINUTES + 1
    session.save()


class TestAnswersBeforeTheFile:
    """The file is read to its end, so that the page can be shown."""

    @pytest.mark.parametrize("megabytes", [1, 21])
    def test_of_somebody_elses_case(self, desk, megabytes):
        other = sign_in(Client(), make_account(make_employee(), password=None))
        body = Body(bytes(megabytes * MEGABYTE))
        answer = sent(other, desk.file_page(), body)
        assert (answer.status_code, body.tell()) == (404, body.whole)
        assert nothing_kept(desk)

    def test_too_large(self, desk):
        body = Body(files.sized_pdf(21 * MEGABYTE))
        answer = sent(desk.client, desk.file_page(), body)
        assert (answer.status_code, body.tell()) == (413, body.whole)

    def test_no_more_than_patience_allows(self, desk, monkeypatch):
        monkeypatch.setattr(intake, "DRAIN_BYTES", 2 * MEGABYTE)
        body = Body(files.sized_pdf(21 * MEGABYTE))
        assert sent(desk.client, desk.file_page(), body).status_code == 413
        assert body.tell() == 2 * MEGABYTE
