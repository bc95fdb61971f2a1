"""The list of one's papers: what it shows, to whom not, and at which cost."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from documents.models import Document, DocumentRequest, DocumentType
from portal.lib import clock
from registration import claims
from tests.factories.accounts import make_account, sign_in
from tests.factories.papers import make_paper
from tests.factories.people import make_employee, make_user
from tests.factories.records import open_leave_case
from tests.integration.documents.views.desk import desk, words

__all__ = ["desk"]
pytestmark = pytest.mark.django_db
ALL = reverse("documents:all")


def case_page(case):
    return reverse("cases:case", args=[case.number])


class TestWhatItShows:
    def test_nothing_yet(self, desk):
        for page in (ALL, case_page(desk.case)):
            assert "You have not uploaded any documents." in words(desk.client.get(page))

    @pytest.mark.parametrize(
        ("row", "label"),
        [
            ({}, "Received"),
            ({"checked": False}, "Checking"),
            ({"review": "accepted"}, "Reviewed"),
            ({"review": "again", "why": "blurry"}, "Send a new copy (we could not read it)"),
            ({"review": "again", "why": "unsigned"}, "Send a new copy (it is not signed)"),
        ],
    )
    def test_how_far_each_has_come(self, desk, row, label):
        paper = make_paper(desk.case, by=desk.owner, **row).document_id
        for page in (ALL, case_page(desk.case), desk.page("paper", document=paper)):
            seen = words(desk.client.get(page))
            assert "Medical Certification" in seen
            assert label in seen

    @pytest.mark.parametrize(("channel", "way"), [("fax", "By fax"), ("mail", "By mail"), ("staff", "Added by staff")])
    def test_how_it_came_where_it_was_not_uploaded(self, desk, channel, way):
        file = make_paper(desk.case, by=make_user(), channel=channel)
        assert way in words(desk.client.get(ALL))
        paper = words(desk.client.get(desk.paper_page(file)))
        assert way in paper
        assert "Remove this document" not in paper

    def test_what_is_asked_for_with_the_way_to_send_it(self, desk):
        kind = DocumentType.objects.get(code="certification")
        due = clock.today() + dt.timedelta(days=3)
        DocumentRequest.objects.create(case=desk.case, type=kind, asked_by=make_user(), due_on=due)
        for page in (ALL, case_page(desk.case)):
            answer = desk.client.get(page)
            assert "We need your document “Medical Certification” by" in words(answer)
            assert f'href="{desk.file_page()}"' in answer.content.decode()

    def test_what_was_removed_is_gone(self, desk):
        file = make_paper(desk.case, by=desk.owner)
        Document.objects.filter(pk=file.document_id).update(removed_at=timezone.now())
        for page in (ALL, case_page(desk.case)):
            assert "Xqzfile" not in desk.client.get(page).content.decode()

    def test_of_other_people_nothing(self, desk):
        other = make_account(make_employee(), password=None)
        make_paper(open_leave_case(other.employee, by=other), by=other)
        assert "Xqzfile" not in desk.client.get(ALL).content.decode()


class TestANewAccount:
    """What was on record before somebody registered stays covered at first."""

    @pytest.fixture
    def colleague(self):
        person = make_employee()
        agent = make_user()
        case = open_leave_case(person, by=agent)
        file = make_paper(case, by=agent, channel="fax")
        kind = DocumentType.objects.get(code="court")
        DocumentRequest.objects.create(case=case, type=kind, asked_by=agent, due_on=clock.today())
        return person, case, file

    def pages(self, case, file):
        paper = {"number": case.number, "document": file.document_id}
        listed = [ALL, case_page(case), reverse("home:home")]
        return [*listed, *(reverse(f"documents:{name}", kwargs=paper) for name in ("paper", "another", "remove"))]

    def seen(self, client, case, file):
        return {page: client.get(page).content.decode() for page in self.pages(case, file)}

    def test_it_sees_nothing_of_older_papers(self, client, colleague):
        person, case, file = colleague
        user = make_account(person, password=None)
        claims.open_claim(user=user, employee=person, now=timezone.now())
        sign_in(client, type(user).objects.get(pk=user.pk))
        for page, text in self.seen(client, case, file).items():
            for secret in ("Xqzfile", "Medical Certification", "Miscellaneous Court Paper", "By fax"):
                assert secret not in text, (page, secret)
        download = reverse("documents:download", args=[case.number, file.document_id, file.pk])
        assert client.get(download).status_code == 404

    def test_once_it_is_sure_it_sees_them(self, client, colleague):
        """So the test above could have failed."""
        person, case, file = colleague
        sign_in(client, make_account(person, password=None))
        seen = self.seen(client, case, file)
        assert all("Xqzfile" in seen[page] for page in (ALL, case_page(case)))
        assert "Miscellaneous Court Paper" in seen[ALL]
        download = reverse("documents:download", args=[case.number, file.document_id, file.pk])
        assert client.get(download).status_code == 200


@pytest.mark.parametrize("page", ["list", "case", "paper"])
def test_thirty_papers_cost_what_one_does(desk, page):
    file = make_paper(desk.case, by=desk.owner)
    address = {"list": ALL, "case": case_page(desk.case)}.get(page) or desk.paper_page(file)

    def cost():
        desk.client.get(address)
        with CaptureQueriesContext(connection) as queries:
            answer = desk.client.get(address)
        return len(queries), answer.content.decode().count("Xqzfile")

    few, shown = cost()
    for _ in range(29):
        make_paper(desk.case, by=desk.owner)
    many, shown_then = cost()
    assert many == few
    assert shown == 1
    assert shown_then == (1 if page == "paper" else 30)
