"""A small world in which every page has something to show, and what of it is data rather than wording."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from django.conf import settings
from django.test import Client

from absences.models import Draft
from cases.models.case import Case
from portal.lib import clock
from portal.office.models import ContactRecord
from registration.models import Employee, StaffRole, User
from tests.factories.accounts import make_account, sign_in
from tests.factories.people import make_agency, make_employee
from tests.factories.records import full_day, open_case

WORD = re.compile(r"[^\W\d_]{2,}")
ANSWERS = {  # as a browser posts them
    "type": {"need": ["day_to_day"]},
    "who": {"who": ["myself"]},
    "full-day": {"full_day": ["yes"]},
    "hours": {"length": ["own_day"]},
    "about": {"reason": ["Xqzreason"]},
    "overtime": {"overtime": ["none"]},
}


@dataclass
class World:
    me: User
    stranger: User  # another employee, of another agency
    staff: User
    newcomer: Employee  # on the roster, without an account
    case: Case
    draft: Draft
    data: set[str] = field(
        default_factory=lambda: {"Xqzreason", "Xqzstaff"}
    )  # words that are data: the same in every language

    def client(self, visitor: User | None, language: str = "en") -> Client:
        """A signed-in browser, second step passed; None: nobody."""
        client = Client()
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        return sign_in(client, visitor) if visitor else client

    def is_data(self, text: str) -> bool:
        """Whether nothing but names, numbers and the office's own words is left of `text`."""
        for word in sorted(self.data, key=len, reverse=True):
            text = text.replace(word, "")
        return not WORD.search(text)


def make_world(*, cases: int = 1) -> World:
    """`cases`: how long the history is. Pages must cost the same for 1 and for 300."""
    director = make_employee()
    supervisor = make_employee(supervisor=director)
    employee = make_employee(supervisor=supervisor, agency=make_agency())
    me, stranger = make_account(employee, password=None), make_account(make_employee(), password=None)
    staff = make_account(password=None, role=StaffRole.Role.INTAKE, display_name="Xqzstaff")
    today = clock.today()
    opened = [
        open_case(
            employee, absence=full_day(today - dt.timedelta(days=10 + n)), reason=f"Xqzreason {n}", now=clock.now()
        )
        for n in range(cases)
    ]
    newcomer = make_employee(supervisor=supervisor)
    world = World(me, stranger, staff, newcomer, opened[-1], make_draft(me))
    for person in (director, supervisor, employee, newcomer):
        world.data |= {person.first_name, person.last_name, person.agency.name}
    office = ContactRecord.objects.get(pk=1)
    world.data |= {office.portal_name, office.admin_name, office.esc_name, office.paper_email, office.paper_mail}
    return world


def make_draft(user: User, **answers: dict[str, list[str]]) -> Draft:
    """All of the day-to-day journey answered, for today."""
    now = clock.now()
    today = clock.today().isoformat()
    return Draft.objects.create(
        employee=user.employee,
        journey="day_to_day",
        opened_by=user,
        answers={**ANSWERS, "date": {"day": [today]}, **answers},
        created_at=now,
        updated_at=now,
        expires_at=now + dt.timedelta(days=30),
    )
