"""Role × page × agency: who may help whom, and with what. Whatever is not in the table is not found."""

from __future__ import annotations

import pytest
from django.utils import timezone

from portal.limits import counters
from registration import claims
from registration.models import StaffRole
from tests.factories.accounts import make_account
from tests.factories.people import make_agency, make_employee
from tests.integration.registration.staff.desk import MATCH, at_desk, staff, url

pytestmark = pytest.mark.django_db
Role = StaffRole.Role
DESK = (Role.INTAKE, Role.SPECIALIST, Role.ADMINISTRATOR, Role.DESK_SUPERVISOR)
HELPERS = (*DESK, Role.LIAISON)
ACTIONS = {
    "username": DESK,
    "second-step": DESK,
    "start-over": DESK,
    "confirm": DESK,
    "freeze": HELPERS,
    "unfreeze": DESK,
    "revoke": HELPERS,
}
WHERE = ["everywhere", "own agency", "another agency"]
ROLES = [(role, where) for role in Role for where in WHERE if (role, where) != (Role.LIAISON, "everywhere")]


@pytest.fixture
def person():
    employee = make_employee(last_name="Quokka")
    user = make_account(employee)
    claims.open_claim(user=user, employee=employee, now=timezone.now())
    return employee


def somebody(role, where, person):
    agency = {"everywhere": None, "own agency": person.agency, "another agency": make_agency()}[where]
    return at_desk(staff(role, agency))


def asked(client, person):
    """After the check, where this visitor may make one."""
    client.post(url("check", person.pk), MATCH)
    return client


@pytest.mark.parametrize(("role", "where"), ROLES)
def test_who_reaches_whom(person, role, where):
    client = somebody(role, where, person)
    reaches = role in HELPERS and where != "another agency"
    search = client.post(url("find"), {"last_name": "Quokka", "employee_number": person.employee_number})
    assert search.status_code == (200 if role in HELPERS else 404)
    assert (person.full_name in search.content.decode()) is reaches
    for page in (url("check", person.pk), url("person", person.pk)):
        assert asked(client, person).get(page).status_code == (200 if reaches else 404), page


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize(("role", "where"), ROLES)
def test_who_may_do_what(person, role, where, action):
    if action == "unfreeze":
        claims.freeze(person.user, now=timezone.now())
    client = asked(somebody(role, where, person), person)
    may = role in ACTIONS[action] and where != "another agency"
    page = url("act", person.pk, action)
    assert client.get(page).status_code == (200 if may else 404)
    assert client.post(page).status_code == (302 if may else 404)


@pytest.mark.parametrize(("role", "where"), ROLES)
def test_who_may_clear_a_limit(person, role, where):
    key = f"number {int(person.employee_number)}"
    for _ in range(5):
        counters.hit("match_person", key)
    client = asked(somebody(role, where, person), person)
    may = role in DESK and where != "another agency"
    assert client.post(url("clear", person.pk)).status_code == (303 if may else 404)
    assert isinstance(counters.check("match_person", key), counters.Allowed) is may


@pytest.mark.parametrize(("role", "where"), ROLES)
def test_who_sees_every_limit(person, role, where):
    """Limits belong to no agency."""
    client = somebody(role, where, person)
    assert client.get(url("limits")).status_code == (200 if role in DESK and where == "everywhere" else 404)


@pytest.mark.parametrize("action", ["", "see", "unlock", "delete", "act"])
def test_what_is_no_action_is_not_found(person, action):
    client = asked(at_desk(), person)
    assert client.post(f"{url('person', person.pk)}{action or 'x'}/").status_code == 404


@pytest.mark.parametrize("role", HELPERS)
@pytest.mark.parametrize("works_as", ["intake", "administration"])
def test_who_works_with_others_records_is_helped_by_the_senior_alone(person, role, works_as):
    if works_as == "intake":
        person.user.roles.create(role=Role.INTAKE)
    else:
        type(person.user).objects.filter(pk=person.user.pk).update(is_staff=True)
    client = asked(somebody(role, "own agency", person), person)
    may = role in (Role.ADMINISTRATOR, Role.DESK_SUPERVISOR)
    search = client.post(url("find"), {"last_name": "Quokka", "employee_number": person.employee_number})
    assert (person.full_name in search.content.decode()) is may
    for page in (url("check", person.pk), url("person", person.pk), url("act", person.pk, "freeze")):
        assert client.get(page).status_code == (200 if may else 404), page


def test_a_senior_role_elsewhere_helps_no_colleague_here(person):
    person.user.roles.create(role=Role.INTAKE)
    user = staff(Role.INTAKE, person.agency)
    StaffRole.objects.create(user=user, role=Role.DESK_SUPERVISOR, agency=make_agency())
    assert asked(at_desk(user), person).get(url("person", person.pk)).status_code == 404


def test_a_second_role_elsewhere_lends_nothing(person):
    """Intake for one agency and liaison of another: each role counts where it reaches."""
    user = staff(Role.LIAISON, person.agency)
    StaffRole.objects.create(user=user, role=Role.INTAKE, agency=make_agency())
    client = asked(at_desk(user), person)
    assert client.get(url("act", person.pk, "freeze")).status_code == 200
    assert client.get(url("act", person.pk, "second-step")).status_code == 404
