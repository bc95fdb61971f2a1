"""Medical clearance (R53): a liaison files it where the leave is protected, and sees no other paper."""

from __future__ import annotations

import pytest
from django.contrib.admin.sites import site
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from cases.models.determination import DeterminationSpan
from cases.models.policy import Policy
from documents.models import Document, DocumentType
from tests.factories.hostile_files import pdf as a_pdf
from tests.factories.papers import make_paper, protect
from tests.factories.people import make_user
from tests.integration.documents.staff.desk import Role, at_desk, make_leave, said, staff, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return make_leave()


@pytest.fixture
def liaison(case):
    return at_desk(staff(Role.LIAISON, case.employee.agency))


def file_it(client, case):
    return client.post(url("clearance", case), {"file": SimpleUploadedFile("Qzqnote.pdf", a_pdf())}, follow=True)


def test_filed_where_the_leave_is_protected(case, liaison):
    protect(case)
    assert said(file_it(liaison, case)) == "We received the medical clearance and are checking the file."
    paper = Document.objects.get()
    assert (paper.channel, paper.type.code, paper.files.get().state) == ("staff", "return-to-work", "received")
    page = liaison.get(url("clearance", case)).content.decode()
    assert ": Checking" in page
    assert "Qzqnote" not in page


@pytest.mark.parametrize("state", ["nothing decided", "denied", "only paid", "superseded"])
def test_elsewhere_the_page_says_why_not(case, liaison, state):
    if state != "nothing decided":
        made = protect(case, code="STD1" if state == "only paid" else "FMLA")
        if state == "denied":
            DeterminationSpan.objects.filter(determination=made).update(status="denied")
        if state == "superseded":
            made.superseded_at = made.calculation.computed_at
            made.save()
    page = liaison.get(url("clearance", case))
    assert "You cannot file medical clearance on this case." in page.content.decode()
    assert b'type="file"' not in page.content
    assert file_it(liaison, case).status_code == 409
    assert Document.objects.count() == 0


def test_the_liaison_sees_no_other_paper(case, liaison):
    protect(case)
    make_paper(case, by=case.employee.user, name="Qzqsecret.pdf", kind="birth")
    make_paper(case, by=case.employee.user, name="Qzqother.pdf", kind="return-to-work")
    page = liaison.get(url("clearance", case)).content.decode()
    for words in ("Qzqsecret", "Qzqother", "Proof of Birth", "What you sent"):
        assert words not in page


def test_the_case_is_found_by_its_number(case, liaison):
    answer = liaison.post(url("clearance_find"), {"number": case.number})
    assert answer.url == url("clearance", case)


@pytest.mark.parametrize(
    ("number", "told"),
    [
        ("", "Enter the case number"),
        ("12", "The case number must be 10 digits"),
        ("foreign", "No leave in your agency has this case number. Check the number"),
    ],
)
def test_a_number_of_another_agency_is_unknown(liaison, number, told):
    answer = liaison.post(url("clearance_find"), {"number": make_leave().number if number == "foreign" else number})
    assert answer.status_code == 422
    assert told in answer.content.decode()


def test_policies_that_only_pay_do_not_protect():
    unprotected = set(Policy.objects.filter(protects_job=False).values_list("code", flat=True))
    assert {"STD1", "SLB"} <= unprotected
    assert not {"FMLA", "PFML_MED", "PFML_FAM", "CBA_FML", "RED_FML"} & unprotected


class TestTypesInTheAdministration:
    @pytest.fixture
    def request_(self):
        request = RequestFactory().get("/")
        request.user = make_user(is_staff=True, is_superuser=True)
        return request

    def test_one_that_a_paper_has_stays(self, case, request_):
        admin = site._registry[DocumentType]
        make_paper(case, by=case.employee.user)
        used, unused = DocumentType.objects.get(code="certification"), DocumentType.objects.get(code="court")
        assert not admin.has_delete_permission(request_, used)
        assert admin.has_delete_permission(request_, unused)
        assert not admin.has_delete_permission(request_)

    def test_the_code_stays(self, request_):
        admin = site._registry[DocumentType]
        assert admin.get_readonly_fields(request_, DocumentType.objects.first()) == ("code",)
        assert admin.get_readonly_fields(request_) == ()
