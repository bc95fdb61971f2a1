"""How to get to every page: who visits, at what address, after what. A page without a recipe fails the suite."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import reverse

from registration.events import AccountEvent
from tests.factories.accounts import PASSWORD
from tests.pages.inventory import JOURNEYS
from tests.pages.world import World, make_draft

STRANGER, EMPLOYEE, STAFF = "stranger", "employee", "staff"
Prepare = Callable[[World, Client], None]


@dataclass(frozen=True)
class Recipe:
    path: Callable[[World], str]
    visitor: str = EMPLOYEE
    prepare: Prepare | None = None  # what the browser did before
    refused: dict[str, Any] | None = None  # a POST of the page's form that must come back with errors (422)
    queries: int = 12
    private: bool = False  # the address names something of one person: anybody else gets a 404
    leads_on: bool = False  # answers with a redirect


@dataclass(frozen=True)
class Endpoint:
    """An address that shows no page: why, and what it accepts."""

    why: str


def named(name: str, **arguments: Any) -> Callable[[World], str]:
    return lambda world: reverse(name, kwargs={key: value(world) for key, value in arguments.items()})


def _draft(world: World) -> Any:
    return world.draft.pk


def _number(world: World) -> str:
    return world.case.number


def _step(name: str, slug: str) -> Callable[[World], str]:
    return lambda world: reverse(name, kwargs={"draft": world.draft.pk, "step": slug})


# What a registration has done before each of its pages.


def facts_given(world: World, client: Client) -> None:
    person = world.newcomer
    client.post(
        reverse("registration:register"),
        {
            "first_name": person.first_name,
            "last_name": person.last_name,
            "zip": person.home_zip,
            "birthdate_month": person.birthdate.month,
            "birthdate_day": person.birthdate.day,
            "birthdate_year": person.birthdate.year,
        },
    )


def number_given(world: World, client: Client) -> None:
    facts_given(world, client)
    client.post(reverse("registration:number"), {"employee_number": world.newcomer.employee_number})


def number_mistaken(world: World, client: Client) -> None:
    facts_given(world, client)
    client.post(reverse("registration:number"), {"employee_number": "9999999999"})


def account_chosen(world: World, client: Client) -> None:
    number_given(world, client)
    answers = {"username": f"xqz{world.newcomer.employee_number}", "password": PASSWORD, "password2": PASSWORD}
    client.post(reverse("registration:account"), answers)


def code_sent(world: World, client: Client) -> None:
    account_chosen(world, client)
    client.post(reverse("registration:phone"), {"country": "US", "phone": "413-555-0123", "send": "sms"})


def registered(world: World, client: Client) -> None:
    code_sent(world, client)
    sent = AccountEvent.objects.filter(kind=AccountEvent.Kind.CODE).latest("created_at")
    client.post(reverse("registration:code"), {"code": sent.payload["code"]})


def password_given(world: World, client: Client) -> None:
    world.me.set_password(PASSWORD)
    world.me.save()
    client.post(reverse("registration:login"), {"username": world.me.username, "password": PASSWORD})


def submitted(world: World, client: Client) -> None:
    client.post(reverse("absences:check", kwargs={"draft": world.draft.pk}), {"_version": world.draft.version})


STEP_REFUSED: dict[str, dict[str, Any]] = {"hours": {"length": "other", "hours": "x", "minutes": ""}}


def _steps() -> dict[str, Recipe]:
    recipes = {}
    for journey, kind in JOURNEYS.items():
        for step in kind.steps:
            for name in ("absences:step", "absences:change"):
                recipes[f"{name}/{journey}/{step.slug}"] = Recipe(
                    _step(name, step.slug),
                    private=True,
                    refused=STEP_REFUSED.get(step.slug, {}),
                    prepare=_part_of_a_day if step.slug == "times" else None,
                )
    return recipes


def _part_of_a_day(world: World, client: Client) -> None:
    """The times are asked only of who missed part of a day."""
    world.draft.delete()
    times = {"start": ["8:00 AM"], "end": ["10:00 AM"]}
    world.draft = make_draft(world.me, **{"full-day": {"full_day": ["no"]}, "times": times})


RECIPES: dict[str, Recipe | Endpoint] = {
    "public:landing": Recipe(named("public:landing"), STRANGER),
    "public:contact": Recipe(named("public:contact"), STRANGER),
    "public:conditions": Recipe(named("public:conditions"), STRANGER),
    "public:use": Recipe(named("public:use"), STRANGER),
    "public:privacy": Recipe(named("public:privacy"), STRANGER),
    "public:accessibility": Recipe(named("public:accessibility"), STRANGER),
    "public:two_step": Recipe(named("public:two_step"), STRANGER),
    "language": Endpoint("a POST that changes the language and goes back"),
    "home:home": Recipe(named("home:home")),
    "registration:register": Recipe(named("registration:register"), STRANGER, refused={}),
    "registration:number": Recipe(named("registration:number"), STRANGER, facts_given, refused={}),
    "registration:no_match": Recipe(named("registration:no_match"), STRANGER, number_mistaken),
    "registration:exists": Recipe(named("registration:exists"), STRANGER),
    "registration:account": Recipe(named("registration:account"), STRANGER, number_given, refused={}),
    "registration:two_step": Recipe(named("registration:two_step"), STRANGER, account_chosen),
    "registration:phone": Recipe(
        named("registration:phone"), STRANGER, account_chosen, refused={"country": "US", "phone": "", "send": "sms"}
    ),
    "registration:code": Recipe(named("registration:code"), STRANGER, code_sent, refused={}),
    "registration:done": Recipe(named("registration:done"), STRANGER, registered),
    "registration:login": Recipe(named("registration:login"), STRANGER, refused={}),
    "registration:login_code": Recipe(named("registration:login_code"), STRANGER, password_given, refused={}),
    "registration:login_call": Recipe(named("registration:login_call"), STRANGER),
    "registration:logout": Endpoint("a POST that ends the session"),
    "registration:logged_out": Recipe(named("registration:logged_out"), STRANGER),
    "absences:before": Recipe(named("absences:before")),
    "absences:who_for": Recipe(named("absences:who_for"), refused={}),
    "absences:type": Recipe(named("absences:type"), refused={}),
    "absences:call": Recipe(named("absences:call", why=lambda world: "other")),
    "absences:your_agency": Recipe(named("absences:your_agency")),
    "absences:check": Recipe(named("absences:check", draft=_draft), private=True),
    "absences:done": Recipe(named("absences:done", draft=_draft), prepare=submitted, private=True),
    "absences:new": Endpoint("a POST that begins a day-to-day report"),
    "absences:in_progress": Recipe(named("absences:in_progress"), refused={}),
    "absences:resume": Recipe(named("absences:resume", draft=_draft), private=True, leads_on=True),
    "absences:calendar": Endpoint("the absence as a calendar file"),
    "absences:start_over": Recipe(named("absences:start_over", draft=_draft), private=True),
    "absences:delete": Recipe(named("absences:delete", draft=_draft), private=True),
    "cases:history": Recipe(named("cases:history"), queries=15),
    "cases:case": Recipe(named("cases:case", number=_number), private=True, queries=15),
    "notifications:receipt": Endpoint("Twilio's signed status callback"),
    "notifications:alive": Endpoint("whether the database answers, for whoever watches the machine"),
    "notifications:notifying": Endpoint("whether messages go out, for whoever watches the machine"),
    "notifications:staff_list": Recipe(named("notifications:staff_list"), STAFF),
    **_steps(),
}
