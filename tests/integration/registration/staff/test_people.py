"""Find somebody by two details, and make sure who is calling before anything is shown."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from portal.audit.models import AccessEvent
from registration.models import IdentityCheck
from tests.factories.accounts import make_account
from tests.factories.people import make_employee, make_user
from tests.integration.registration.staff.desk import MATCH, at_desk, checked, staff, url

pytestmark = pytest.mark.django_db
FIND = url("find")


@pytest.fixture
def person():
    employee = make_employee(first_name="Maria", last_name="Quokka", supervisor=make_employee())
    make_account(employee)
    return employee


def born(person):
    day = person.birthdate
    return {"birthdate_month": day.month, "birthdate_day": day.day, "birthdate_year": day.year}


def found(response):
    return list(response.context["found"] or ())


class TestFinding:
    def test_by_any_two_details(self, person):
        client = at_desk()
        by_name = {"last_name": "quokka"}
        for other in ({"employee_number": person.employee_number}, born(person), {"agency": person.agency.pk}):
            assert found(client.post(FIND, {**by_name, **other})) == [person]
        assert found(client.post(FIND, {**by_name, "employee_number": "99"})) == []

    def test_one_is_not_enough(self, person):
        response = at_desk().post(FIND, {"last_name": "Quokka"})
        assert response.status_code == 422
        assert "Enter at least two search details" in response.content.decode()
        assert person.full_name not in response.content.decode()

    def test_every_person_found_is_recorded(self, person):
        at_desk().post(FIND, {"last_name": "Quokka", "agency": person.agency.pk})
        event = AccessEvent.objects.get()
        assert (event.action, event.object_id) == ("find_person", str(person.pk))

    def test_nobody_finds_themselves(self, person):
        person.user.roles.create(role="desk_supervisor")
        client = at_desk(person.user)
        assert found(client.post(FIND, {"last_name": "Quokka", "agency": person.agency.pk})) == []
        assert client.get(url("check", person.pk)).status_code == 404


class TestTheCheck:
    def test_the_account_is_closed_to_view_before_it(self, person):
        client = at_desk()
        for page in (url("person", person.pk), url("act", person.pk, "freeze")):
            response = client.get(page)
            assert (response.status_code, response.url) == (303, url("check", person.pk))
        client.post(url("act", person.pk, "freeze"))
        client.post(url("clear", person.pk))
        person.user.refresh_from_db()
        assert person.user.is_active

    def test_two_right_answers_open_it(self, person):
        client = checked(at_desk(), person)
        assert person.user.username in client.get(url("person", person.pk)).content.decode()
        check = IdentityCheck.objects.get()
        assert (check.first_fact, check.second_fact, check.passed, check.caller) == ("number", "zip", True, "employee")
        assert AccessEvent.objects.filter(action="identity_passed", object_id=str(person.pk)).count() == 1

    @pytest.mark.parametrize("facts", [{}, {"number": "on"}, {"number": "on", "zip": "on", "hired": "on"}])
    def test_two_facts_and_no_other_number(self, person, facts):
        response = at_desk().post(url("check", person.pk), {**facts, "caller": "employee", "result": "match"})
        assert response.status_code == 422
        assert "Check two facts" in response.content.decode()
        assert not IdentityCheck.objects.exists()

    def test_a_wrong_answer_is_recorded_and_opens_nothing(self, person):
        client = checked(at_desk(), person)
        client.post(url("check", person.pk), {**MATCH, "result": "miss"})
        assert "Do not share any details. Give the caller 855-447-7778." in client.get(FIND).content.decode()
        assert client.get(url("person", person.pk)).status_code == 303
        assert IdentityCheck.objects.filter(passed=False).count() == 1
        assert AccessEvent.objects.filter(action="identity_failed").count() == 1

    def test_somebody_else_is_written_down_and_gets_no_help(self, person):
        client = at_desk()
        nameless = client.post(url("check", person.pk), {**MATCH, "caller": "other"})
        assert "Enter the caller’s name" in nameless.content.decode()
        told = {"caller": "other", "caller_name": "Xqzcaller", "relationship": "brother"}
        assert client.post(url("check", person.pk), {**MATCH, **told}).url == FIND
        assert IdentityCheck.objects.get().about_caller == {"name": "Xqzcaller", "relationship": "brother"}
        assert client.get(url("person", person.pk)).status_code == 303

    def test_it_counts_for_this_person_this_session_and_half_an_hour(self, person):
        colleague, user = make_employee(), staff()
        client = checked(at_desk(user), person)
        assert client.get(url("person", colleague.pk)).status_code == 303
        assert at_desk(user).get(url("person", person.pk)).status_code == 303
        IdentityCheck.objects.update(at=timezone.now() - dt.timedelta(minutes=31))
        assert client.get(url("person", person.pk)).status_code == 303


def test_without_a_staff_role_there_are_no_such_pages(person):
    for client in (at_desk(make_user(role="auditor")), at_desk(make_account(make_employee()))):
        for page in (FIND, url("limits"), url("check", person.pk), url("person", person.pk)):
            assert client.get(page).status_code == 404
    assert Client().get(FIND).status_code == 302
