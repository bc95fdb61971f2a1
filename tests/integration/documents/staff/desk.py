"""What tests of the documents desk share: a leave, staff of every kind, and the addresses."""

from __future__ import annotations

import datetime as dt

from django.test import Client
from django.urls import reverse

from documents.models import DocumentType
from portal.lib import clock
from registration.models import StaffRole, User
from tests.factories.accounts import sign_in
from tests.factories.people import make_employee, make_user
from tests.factories.records import open_leave_case

Role = StaffRole.Role
PDF = b"%PDF-1.4 a page"


def url(name, case=None, **more):
    return reverse(f"documents:staff_{name}", kwargs={"number": case.number, **more} if case else more)


def staff(role=Role.SPECIALIST, agency=None, **fields) -> User:
    return make_user(role=role, role_agency=agency, **fields)


def at_desk(user: User | None = None) -> Client:
    return sign_in(Client(), user or staff())


def make_leave(employee=None, **given):
    """Of a new employee with an account."""
    employee = employee or make_employee()
    owner = getattr(employee, "user", None) or make_user(employee)
    return open_leave_case(employee, by=owner, **given)


def kind(code="certification"):
    return DocumentType.objects.get(code=code)


def in_days(days):
    return clock.today() + dt.timedelta(days=days)


def typed(day):
    return f"{day.month}/{day.day}/{day.year}"


def said(response):
    """What the page says at its top after this answer's redirect."""
    return " ".join(str(message) for message in response.context["messages"])
