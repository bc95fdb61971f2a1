"""A small world in which every page has something to show, and what of it is data rather than wording."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from django.conf import settings
from django.test import Client

from absences.journeys.catalogue import JOURNEYS
from absences.models import Draft, ProceduralQuestion
from cases.models.case import Case
from cases.models.policy import Policy
from portal.lib import clock
from portal.lib.states import STATES
from portal.office.models import ContactRecord
from registration.models import Employee, Liaison, StaffRole, User
from tests.factories.accounts import make_account, sign_in
from tests.factories.people import make_agency, make_employee
from tests.factories.records import full_day, now_and_then, open_case, open_leave_case

WORD = re.compile(r"[^\W\d_]{2,}")
ITEM = "0a1b2c3d"  # the day on the list of the leave
OWN_QUESTIONS = {"day_to_day": 9001, "leave": 9002}  # rows: what the employer asks in its own words


def answers(journey: str, today: dt.date) -> dict[str, dict[str, list[str]]]:
    """All of a journey answered, as a browser posts it."""
    day = today.isoformat()
    return {
        "day_to_day": {
            "type": {"need": ["day_to_day"]},
            "who": {"who": ["myself"]},
            "date": {"day": [day]},
            "full-day": {"full_day": ["yes"]},
            "hours": {"length": ["own_day"]},
            "times": {"start": ["8:00 AM"], "end": ["10:00 AM"]},
            "about": {"reason": ["Xqzreason"]},
            "overtime": {"overtime": ["none"]},
            "more": {"q9001": ["yes"]},
        },
        "leave": {
            "type": {"need": ["own_health"]},
            "about": {"reasons": ["Xqzreason"], "reason": ["Xqzreason 2"]},
            "person": {"first_name": ["Xqzfirst"], "last_name": ["Xqzlast"], "relationship": ["spouse"]},
            "arrival": {"born": ["yes"], "birth_date": [day]},
            "child": {"joining": ["adoption"], "child_date": [day]},
            "schedule": {"continuous": ["no"]},
            "dates": {"first_day": [day], "last_day": [day]},
            "days-known": {"knows_days": ["yes"]},
            **one_day(day),
            "days": {"again": ["no"]},
            "pay": {"pay": ["employer"]},
            "work-related": {"work_related": ["no"]},
            "more": {"q9002": ["yes"]},
            "contact-by": {"by_email": ["yes"], "email": ["xqz@example.org"]},
            "phone": {"phone": ["413-555-0123"], "voicemail": ["yes"], "best_time": ["10"]},
        },
        "absence_time": one_day(day),
    }[journey]


def one_day(day: str) -> dict[str, dict[str, list[str]]]:
    """One day on a list, answered to its end."""
    return {
        f"days/{ITEM}/date": {"date": [day]},
        f"days/{ITEM}/full-day": {"full_day": ["yes"]},
        f"days/{ITEM}/hours": {"length": ["own_day"]},
        f"days/{ITEM}/times": {"start": ["8:00 AM"], "end": ["10:00 AM"]},
        f"days/{ITEM}/visit": {"visit": ["yes"]},
        f"days/{ITEM}/details": {"note": ["Xqznote"]},
    }


@dataclass
class World:
    me: User
    stranger: User  # another employee, of another agency
    staff: User
    newcomer: Employee  # on the roster, without an account
    case: Case
    drafts: dict[str, Draft]  # {journey: one with all of it answered}
    data: set[str] = field(
        default_factory=lambda: {
            "Xqzreason",
            "Xqzstaff",
            "Xqznote",
            "Xqzfirst",
            "Xqzlast",
            "Xqzquestion",
            "Xqzliaison",
            "Xqzfile.pdf",
            "Xqzpasskey",
            "English",
            "Español",
            "xqz@example.org",
            *STATES.values(),
        }
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
    Liaison.objects.create(agency=employee.agency, name="Xqzliaison", phone="+14135550123")
    ask_in_own_words()
    today = clock.today()
    opened = [
        open_case(
            employee, absence=full_day(today - dt.timedelta(days=10 + n)), reason=f"Xqzreason {n}", now=clock.now()
        )
        for n in range(cases)
    ]
    newcomer = make_employee(supervisor=supervisor)
    drafts = {kind: make_draft(me, kind) for kind in JOURNEYS}
    world = World(me, stranger, staff, newcomer, opened[-1], drafts)
    for person in (director, supervisor, employee, newcomer):
        world.data |= {person.first_name, person.last_name, person.agency.name, person.street, person.work_email}
        world.data.add(f"{person.city}, {person.state}")
    world.data.add(me.username)
    world.data |= set(Policy.objects.values_list("name", flat=True))
    office = ContactRecord.objects.get(pk=1)
    world.data |= {office.portal_name, office.admin_name, office.esc_name, office.paper_email, office.paper_mail}
    return world


def ask_in_own_words() -> None:
    for journey, pk in OWN_QUESTIONS.items():
        wording = {"question_en": "Xqzquestion", "question_es": "Xqzquestion"}
        row = {"journey": journey, "kind": "yes_no", "starts_on": clock.today(), **wording}
        ProceduralQuestion.objects.update_or_create(pk=pk, defaults=row)


def make_draft(user: User, journey: str) -> Draft:
    """All of it answered; time is for an open leave of the user's own."""
    now = clock.now()
    for_time = journey == "absence_time"
    return Draft.objects.create(
        employee=user.employee,
        journey=journey,
        case=open_leave_case(user.employee, leave=now_and_then(), reasons=["Xqzreason"], now=now) if for_time else None,
        opened_by=user,
        answers=answers(journey, clock.today()),
        created_at=now,
        updated_at=now,
        expires_at=now + dt.timedelta(days=30),
    )
