"""What tests of the staff's pages share."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from registration.models import Employee, StaffRole, User
from tests.factories.accounts import sign_in
from tests.factories.people import make_user

Role = StaffRole.Role
MATCH = {"number": "on", "zip": "on", "caller": "employee", "result": "match"}


def url(name, *arguments):
    return reverse(f"registration:staff_{name}", args=arguments)


def staff(role=Role.INTAKE, agency=None) -> User:
    return make_user(role=role, role_agency=agency)


def at_desk(user: User | None = None) -> Client:
    return sign_in(Client(), user or staff())


def checked(client: Client, person: Employee) -> Client:
    """After two right answers."""
    assert client.post(url("check", person.pk), MATCH).url == url("person", person.pk)
    return client
