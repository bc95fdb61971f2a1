"""Invented people, agencies and accounts. Every number, name and username is new on each call."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY

from portal.lib import clock
from registration.enrolment import terms_in_force
from registration.models import Agency, AgencyService, Employee, Secretariat, Service, StaffRole, User
from registration.second_step import PhoneDevice

LIVE_SINCE = dt.date(2022, 9, 22)  # long past its first ten weeks in every test
FIRST_NAMES = ["Ada", "Björn", "Camille", "Dmitri", "Elif", "Fatou", "Graça", "Hiroshi"]
LAST_NAMES = ["Okafor", "Núñez", "O’Brien", "Smith-Lee", "Haddad", "Kowalczyk", "de la Cruz", "Tran"]

_count = itertools.count(1)


def make_secretariat(**fields: Any) -> Secretariat:
    n = next(_count)
    return Secretariat.objects.create(**{"code": f"EO{n:05}", "name": f"Executive Office {n}", **fields})


def make_agency(
    *,
    services: tuple[str, ...] = (Service.LEAVE, Service.DAY_TO_DAY),
    starts_on: dt.date = LIVE_SINCE,
    ends_on: dt.date | None = None,
    **fields: Any,
) -> Agency:
    """Live for `services` from `starts_on` to `ends_on`; `services=()` makes an agency that is live for nothing."""
    n = next(_count)
    if "secretariat" not in fields:
        fields["secretariat"] = make_secretariat()
    agency = Agency.objects.create(**{"code": f"AG{n:05}", "name": f"Department of Examples {n}", **fields})
    for service in services:
        AgencyService.objects.create(agency=agency, service=service, starts_on=starts_on, ends_on=ends_on)
    return agency


def make_employee(**fields: Any) -> Employee:
    """A regular full-time employee of an agency that is live; `supervisor=` another employee."""
    n = next(_count)
    if "agency" not in fields:
        supervisor = fields.get("supervisor")
        fields["agency"] = supervisor.agency if supervisor else make_agency()
    known = {
        "employee_number": f"{n:06}",
        "first_name": FIRST_NAMES[n % len(FIRST_NAMES)],
        "last_name": LAST_NAMES[(n // 3) % len(LAST_NAMES)],
        "birthdate": dt.date(1960, 1, 1) + dt.timedelta(days=n * 37 % 14_000),
        "home_zip": f"{2100 + n % 600:05}",
        "street": f"{n} Example Street",
        "city": "Boston",
        "state": "MA",
        "work_email": f"person{n}@example.org",
        "work_phone": f"+1617555{n % 10_000:04}",
        "hire_date": dt.date(2015, 1, 5),
    }
    return Employee.objects.create(**{**known, **fields})


def make_user(
    employee: Employee | None = None,
    *,
    role: str | None = None,
    role_agency: Agency | None = None,
    password: str | None = None,
    **fields: Any,
) -> User:
    """An account: an employee's, or staff's when `role` (a StaffRole.Role) is given; neither is fine too.

    Without `password` nobody can log in by the form; hashing one costs 30 ms.
    """
    fields.setdefault("username", f"user{next(_count)}")
    if employee:
        fields.setdefault("terms_version", terms_in_force(clock.today()))
    user = User.objects.create_user(employee=employee, password=password, **fields)
    if role:
        StaffRole.objects.create(user=user, role=role, agency=role_agency)
    return user


def log_in(client: Client, user: User) -> Client:
    """The client as after the password and the code: signed in, verified by a phone of the account's own."""
    device = PhoneDevice.objects.create(user=user, name="phone", number="+16175550100", confirmed=True)
    client.force_login(user)
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    session.save()
    return client
