"""Role × page × agency: who handles which papers. Whatever is not in the table is not found."""

from __future__ import annotations

import pytest

from documents import asking
from portal.lib import clock
from registration.models import StaffRole
from tests.factories.accounts import sign_in
from tests.factories.papers import make_paper, protect
from tests.factories.people import make_agency, make_employee, make_user
from tests.factories.records import open_case
from tests.integration.documents.staff.desk import at_desk, in_days, kind, make_leave, staff, url

pytestmark = pytest.mark.django_db
Role = StaffRole.Role
DESK = (Role.INTAKE, Role.SPECIALIST, Role.ADMINISTRATOR, Role.DESK_SUPERVISOR)
DECIDERS = (Role.SPECIALIST, Role.ADMINISTRATOR, Role.DESK_SUPERVISOR)
PAGES = {
    "papers": DESK,
    "ask": DESK,
    "withdraw": DESK,
    "attach": DESK,
    "open": DESK,
    "accept": DECIDERS,
    "again": DECIDERS,
    "clearance": (Role.LIAISON,),
}
WHERE = ["everywhere", "own agency", "another agency"]
ROLES = [(role, where) for role in Role for where in WHERE if (role, where) != (Role.LIAISON, "everywhere")]


@pytest.fixture
def case():
    return make_leave()


def addresses(case):
    """Every page of the case, with a paper and a request on it."""
    owner = case.employee.user
    file = make_paper(case, by=owner)
    asked = asking.ask(case=case, kind=kind("birth"), due_on=in_days(7), by=staff(), now=clock.now())
    protect(case)
    paper = {"document": str(file.document_id)}
    more = {"withdraw": {"asked": str(asked.pk)}, "accept": paper, "again": paper, "open": {**paper, "file": file.pk}}
    return {name: url(name, case, **more.get(name, {})) for name in PAGES}


@pytest.mark.parametrize(("role", "where"), ROLES)
def test_who_reaches_what(case, role, where):
    agency = {"everywhere": None, "own agency": case.employee.agency, "another agency": make_agency()}[where]
    client = at_desk(staff(role, agency))
    for name, address in addresses(case).items():
        may = role in PAGES[name] and where != "another agency"
        assert client.get(address).status_code == (200 if may else 404), name
        if not may:
            assert client.post(address).status_code in {404, 405}, name


@pytest.mark.parametrize("role", Role)
def test_who_sees_the_lists(case, role):
    client = at_desk(staff(role, case.employee.agency))
    assert client.get(url("queue")).status_code == (200 if role in DESK else 404)
    assert client.get(url("clearance_find")).status_code == (200 if role == Role.LIAISON else 404)


def test_a_supervisor_is_told_of_no_page(case):
    boss = make_user(make_employee())
    case.employee.supervisor = boss.employee
    case.employee.save()
    client = sign_in(at_desk(), boss)
    for address in (*addresses(case).values(), url("queue"), url("clearance_find")):
        assert client.get(address).status_code == 404
        assert client.post(address).status_code in {404, 405}


def test_the_owner_has_no_desk(case):
    client = sign_in(at_desk(), case.employee.user)
    assert [client.get(address).status_code for address in addresses(case).values()] == [404] * len(PAGES)


def test_nobody_handles_their_own_papers(case):
    owner = case.employee.user
    StaffRole.objects.create(user=owner, role=Role.ADMINISTRATOR)
    client = sign_in(at_desk(), owner)
    assert [client.get(address).status_code for address in addresses(case).values()] == [404] * len(PAGES)
    assert case.number not in client.get(url("queue")).content.decode()


def test_a_paper_of_another_case_is_not_found_under_this_one(case):
    pages, client = addresses(make_leave()), at_desk()
    for name in ("open", "accept", "again", "withdraw"):
        foreign = pages[name].replace(pages[name].split("/")[4], case.number)
        assert client.get(foreign).status_code == 404, name
        assert client.post(foreign).status_code == 404, name


def test_day_to_day_absences_have_no_papers():
    assert at_desk().get(url("papers", open_case())).status_code == 404


def test_a_second_role_elsewhere_lends_nothing(case):
    """Intake here and specialist there: a review is nobody's here."""
    user = staff(Role.INTAKE, case.employee.agency)
    StaffRole.objects.create(user=user, role=Role.SPECIALIST, agency=make_agency())
    pages, client = addresses(case), at_desk(user)
    assert client.get(pages["papers"]).status_code == 200
    assert "accept/" not in client.get(pages["papers"]).content.decode()
    assert client.get(pages["accept"]).status_code == 404
