"""Who may be tried out: people with a part to play, their accounts, and staff, with the passwords they were given."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from portal.demo.roster import cast, phones
from portal.lib import clock
from registration.enrolment import terms_in_force
from registration.models import Agency, AgencyService, Employee, Liaison, PhoneDevice, Service, StaffRole, User

Row = dict[str, Any]


@dataclass(frozen=True)
class Account:
    username: str
    password: str
    phone: str
    number: str = ""  # the roster row it owns
    role: str = ""  # a StaffRole, or "supervisor" for an employee who supervises
    agency: str = ""  # a liaison's
    name: str = ""  # staff without a roster row


_WORDS = (
    "Maple",
    "Harbor",
    "Copper",
    "Willow",
    "Granite",
    "Meadow",
    "Lantern",
    "Orchard",
    "Pebble",
    "Saddle",
    "Timber",
)


def _employees() -> list[Account]:
    return [
        Account(
            username=f"{part.first_name.lower().replace('í', 'i')}.demo",
            password=f"{_WORDS[n % len(_WORDS)]}-Kite-{47 + n}",
            phone=phones.own_phone(n),
            number=part.number,
        )
        for n, part in enumerate(cast.REGISTERED)
    ]


EMPLOYEES = _employees()
STAFF = [
    Account("supervisor.demo", "Violet-Drum-21", phones.own_phone(50), cast.SUPERVISOR, "supervisor"),
    Account("nextlevel.demo", "Indigo-Drum-22", phones.own_phone(51), cast.NEXT_LEVEL, "supervisor"),
    Account("liaison.demo", "Amber-Drum-23", phones.own_phone(52), role="liaison", agency="DPH", name="Lena Ortiz"),
    Account("intake.demo", "Coral-Drum-24", phones.own_phone(53), role="intake", name="Ian Brandt"),
    Account("specialist.demo", "Jade-Drum-25", phones.own_phone(54), role="specialist", name="Sasha Petit"),
    Account("admin.demo", "Onyx-Drum-26", phones.own_phone(55), role="administrator", name="Alex Winter"),
    Account("desk.demo", "Pearl-Drum-27", phones.own_phone(56), role="desk_supervisor", name="Dana Wolfe"),
    Account("auditor.demo", "Slate-Drum-28", phones.own_phone(57), role="auditor", name="Audrey Kim"),
]
ACCOUNTS = (*EMPLOYEES, *STAFF)
LIAISONS = (("DPH", "Lena Ortiz", "+16175550199"), ("DOR", "Marcus Bell", "+16175550198"))


@transaction.atomic
def create() -> None:
    """The accounts that are missing; what a person changed since stays."""
    there = set(User.objects.values_list("username", flat=True))
    for account in ACCOUNTS:
        if account.username not in there:
            _open(account)
    for agency, name, phone in LIAISONS:
        details = {"phone": phone, "email": f"{name.lower().replace(' ', '.')}@example.org"}
        Liaison.objects.get_or_create(agency=Agency.objects.get(code=agency), name=name, defaults=details)


def _open(account: Account) -> None:
    administrator = account.role == "administrator"
    user = User.objects.create_user(
        account.username,
        account.password,
        employee=Employee.objects.get(employee_number=account.number) if account.number else None,
        display_name=account.name,
        is_staff=administrator or account.role == "liaison",
        is_superuser=administrator,
        terms_version=terms_in_force(clock.today()),
        terms_agreed_at=clock.now(),
    )
    PhoneDevice.objects.create(user=user, name="phone", number=account.phone, confirmed=True)
    if account.role in StaffRole.Role.values:
        agency = Agency.objects.get(code=account.agency) if account.agency else None
        StaffRole.objects.create(user=user, role=account.role, agency=agency)


def listing() -> dict[str, list[Row]]:
    """What /demo/people.json answers. Who has claimed a record is no longer among the unregistered."""
    parts = {part.number: part for part in (*cast.UNREGISTERED, *cast.REGISTERED, *cast.BOSSES)}
    found = Employee.objects.filter(employee_number__in=parts).select_related(
        "agency", "user", "supervisor__supervisor"
    )
    by_number = {employee.employee_number: employee for employee in found}
    live = _live_day_to_day(clock.today())
    return {
        "unregistered": [
            _facts(employee) | _surroundings(employee, live) | {"situation": part.situation}
            for part in cast.UNREGISTERED
            if (employee := by_number.get(part.number)) and not hasattr(employee, "user")
        ],
        "registered": [
            {
                "username": account.username,
                "password": account.password,
                "phone": account.phone,
                "first_name": employee.first_name,
                "last_name": employee.last_name,
                "employee_number": employee.employee_number,
                "situation": parts[account.number].situation,
            }
            | _surroundings(employee, live)
            for account in EMPLOYEES
            if (employee := by_number.get(account.number)) and hasattr(employee, "user")
        ],
        "staff": [
            {"username": one.username, "password": one.password, "role": one.role, "phone": one.phone} for one in STAFF
        ],
    }


def _live_day_to_day(today: dt.date) -> set[int]:
    rows = AgencyService.objects.filter(service=Service.DAY_TO_DAY).in_force(today)
    return set(rows.values_list("agency_id", flat=True))


def _facts(employee: Employee) -> Row:
    """The five facts that registration asks for."""
    return {
        "first_name": employee.first_name,
        "last_name": employee.last_name,
        "zip": employee.home_zip,
        "birthdate": employee.birthdate.isoformat(),
        "employee_number": employee.employee_number,
    }


def _surroundings(employee: Employee, live: set[int]) -> Row:
    supervisor = employee.supervisor
    next_level = supervisor.supervisor if supervisor else None
    return {
        "agency": employee.agency.name,
        "day_to_day_live": employee.agency_id in live,
        "supervisor_email": supervisor.work_email if supervisor else "",
        "supervisor_phone": supervisor.work_phone if supervisor else "",
        "next_level_email": next_level.work_email if next_level else "",
        "next_level_phone": next_level.work_phone if next_level else "",
    }
