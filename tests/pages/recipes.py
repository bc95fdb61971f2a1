"""How to get to every page: who visits, at what address, after what. A page without a recipe fails the suite."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.models.case import Case
from documents import asking
from documents.models import DocumentFile, DocumentRequest, DocumentType
from portal.lib import clock
from portal.limits import counters
from registration import claims, setting_up
from registration.access import NEWER_TERMS
from registration.events import AccountEvent
from registration.models import Agency, RememberedBrowser, StaffRole, User
from registration.session_store import public_id
from tests.factories.accounts import PASSWORD, sign_in
from tests.factories.factors import make_app, make_codes, make_passkey, prove
from tests.factories.papers import make_paper, protect
from tests.factories.records import full_day, now_and_then, open_leave_case
from tests.pages.inventory import BY_STEP, JOURNEYS
from tests.pages.world import ITEM, World

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
    path: Callable[[World], str] | None = None  # where it is private
    visitor: str = EMPLOYEE
    prepare: Prepare | None = None
    private: bool = False  # as of a page


def named(name: str, **arguments: Any) -> Callable[[World], str]:
    return lambda world: reverse(name, kwargs={key: value(world) for key, value in arguments.items()})


def _number(world: World) -> str:
    return world.case.number


def _leave_number(world: World) -> str:
    """Of a leave taken now and then, opened when first asked for."""
    employee = world.me.employee
    leave = employee.cases.filter(kind=Case.Kind.LEAVE).first()
    days = now_and_then(full_day(clock.today()))
    return (leave or open_leave_case(employee, leave=days, now=clock.now())).number


def _paper_type(world: World) -> int:
    return DocumentType.objects.get(code="certification").pk


def _paper(world: World) -> str:
    return str(_a_file(world).document_id)


def _paper_file(world: World) -> str:
    return str(_a_file(world).pk)


def _a_file(world: World) -> DocumentFile:
    """Of a paper of that leave, found clean; sent when first asked for."""
    number = _leave_number(world)
    sent = DocumentFile.objects.filter(document__case__number=number).first()
    return sent or make_paper(Case.objects.get(number=number), by=world.me)


def paper_sent(world: World, client: Client) -> None:
    _a_file(world)


def _asked(world: World) -> str:
    """What staff asked for on that leave, when first asked for."""
    case = Case.objects.get(number=_leave_number(world))
    if standing := DocumentRequest.objects.filter(case=case).first():
        return str(standing.pk)
    kind = DocumentType.objects.get(code="birth")
    due_on = clock.today() + dt.timedelta(days=7)
    return str(asking.ask(case=case, kind=kind, due_on=due_on, by=world.staff, now=clock.now()).pk)


def paper_asked_for(world: World, client: Client) -> None:
    _a_file(world)
    _asked(world)


def reviewing_papers(world: World, client: Client) -> None:
    """The visitor is a specialist as well."""
    StaffRole.objects.get_or_create(user=world.staff, role=StaffRole.Role.SPECIALIST)
    _a_file(world)


def filing_clearance(world: World, client: Client) -> None:
    """The visitor is the agency's liaison as well, and the leave is approved."""
    StaffRole.objects.create(user=world.staff, role=StaffRole.Role.LIAISON, agency=world.me.employee.agency)
    protect(Case.objects.get(number=_leave_number(world)))


DESK = {
    "documents:staff_queue": Recipe(named("documents:staff_queue"), STAFF, paper_asked_for),
    "documents:staff_papers": Recipe(
        named("documents:staff_papers", number=_leave_number), STAFF, paper_asked_for, queries=14
    ),
    "documents:staff_ask": Recipe(named("documents:staff_ask", number=_leave_number), STAFF, refused={}),
    "documents:staff_withdraw": Recipe(named("documents:staff_withdraw", number=_leave_number, asked=_asked), STAFF),
    "documents:staff_attach": Recipe(named("documents:staff_attach", number=_leave_number), STAFF, refused={}),
    "documents:staff_accept": Recipe(
        named("documents:staff_accept", number=_leave_number, document=_paper), STAFF, reviewing_papers
    ),
    "documents:staff_again": Recipe(
        named("documents:staff_again", number=_leave_number, document=_paper), STAFF, reviewing_papers, refused={}
    ),
    "documents:staff_open": Recipe(
        named("documents:staff_open", number=_leave_number, document=_paper, file=_paper_file), STAFF, refused={}
    ),
    "documents:staff_clearance_find": Recipe(
        named("documents:staff_clearance_find"), STAFF, filing_clearance, refused={}
    ),
    "documents:staff_clearance": Recipe(
        named("documents:staff_clearance", number=_leave_number), STAFF, filing_clearance, refused={}
    ),
}


def _step(name: str, journey: str, slug: str) -> Callable[[World], str]:
    return lambda world: reverse(name, kwargs={"journey": journey, "draft": world.drafts[journey].pk, "step": slug})


def _item(name: str, journey: str, slug: str) -> Callable[[World], str]:
    step, item_step = slug.split("/")
    return lambda world: reverse(
        name,
        kwargs={
            "journey": journey,
            "draft": world.drafts[journey].pk,
            "step": step,
            "item": ITEM,
            "item_step": item_step,
        },
    )


def _of_draft(name: str, journey: str = "day_to_day", **arguments: str) -> Callable[[World], str]:
    return lambda world: reverse(name, kwargs={"journey": journey, "draft": world.drafts[journey].pk, **arguments})


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


def reset_begun(world: World, client: Client) -> None:
    client.post(reverse("registration:reset"), {"username": world.me.username, "send": "sms"})


def reset_proved(world: World, client: Client) -> None:
    reset_begun(world, client)
    sent = AccountEvent.objects.filter(kind=AccountEvent.Kind.CODE).latest("created_at")
    client.post(reverse("registration:reset_code"), {"code": sent.payload["code"]})


def terms_changed(world: World, client: Client) -> None:
    """As if newer ones had come into force before logging in."""
    session = client.session
    session[NEWER_TERMS] = True
    session.save()


def confirming(world: World, client: Client) -> None:
    """Signed in, and the password given again."""
    world.me.set_password(PASSWORD)
    world.me.save()
    sign_in(client, world.me)
    client.post(reverse("registration:confirm"), {"password": PASSWORD})


def owning(make: Callable[[User], object], then: Prepare) -> Prepare:
    """`then`, with another second step in the account."""

    def prepare(world: World, client: Client) -> None:
        make(world.me)
        then(world, client)

    return prepare


def proved(world: World, client: Client) -> None:
    """The password and a second step were right just now, and the account has one of everything."""
    for make in (make_app, make_codes, make_passkey):
        make(world.me)
    prove(client)


SECOND_STEPS = {
    f"registration:{door}_{page}": Recipe(
        named(f"registration:{door}_{page}"), visitor, owning(make, begin) if make else begin, refused={}, queries=13
    )
    for door, visitor, begin in (("login", STRANGER, password_given), ("confirm", EMPLOYEE, confirming))
    for page, make in (("code", None), ("app", make_app), ("recovery", make_codes), ("passkey", make_passkey))
}


def changing(page: str, **typed: str) -> Prepare:
    """Proved, and a new address typed: its code is under way."""

    def change(world: World, client: Client) -> None:
        proved(world, client)
        client.post(reverse(f"registration:{page}"), typed)

    return change


def browser_remembered(world: World, client: Client) -> None:
    _browser(world)


def elsewhere_too(world: World, client: Client) -> None:
    sign_in(Client(), world.me)


def _browser(world: World) -> UUID:
    expires_at = timezone.now() + dt.timedelta(days=30)
    return RememberedBrowser.objects.create(
        user=world.me, device=world.me.phones.get(), secret_hash="x" * 64, expires_at=expires_at
    ).id


def _session(world: World) -> UUID:
    """Another session of the same person."""
    return public_id(sign_in(Client(), world.me).session.session_key)


def submitted(journey: str) -> Prepare:
    def submit(world: World, client: Client) -> None:
        draft = world.drafts[journey]
        client.post(_of_draft("absences:check", journey)(world), {"_version": draft.version})

    return submit


REFUSED: dict[str, dict[str, Any]] = {  # where an empty form is no mistake
    "hours": {"length": "other", "hours": "x", "minutes": ""},
    "details": {"note": "Xqznote" * 144},
}
LEADS_ON = {"absence_time/days"}  # its list is its summary
ANSWERED_BEFORE: dict[str, dict[str, dict[str, list[str]]]] = {  # what leads to a page that other answers hide
    "day_to_day/times": {"full-day": {"full_day": ["no"]}},
    "leave/person": {"type": {"need": ["family_health"]}},
    "leave/arrival": {"type": {"need": ["pregnancy"]}},
    "leave/child": {"type": {"need": ["bonding"]}},
    "leave/dates": {"schedule": {"continuous": ["yes"]}},
    "leave/days/times": {f"days/{ITEM}/full-day": {"full_day": ["no"]}},
    "absence_time/days/times": {f"days/{ITEM}/full-day": {"full_day": ["no"]}},
}


def _steps() -> dict[str, Recipe]:
    recipes = {}
    for name, slugs in BY_STEP.items():
        address = _item if name in ("absences:item", "absences:item_change") else _step
        for journey in JOURNEYS:
            for slug in slugs(journey):
                recipes[f"{name}/{journey}/{slug}"] = Recipe(
                    address(name, journey, slug),
                    private=True,
                    refused=REFUSED.get(slug.split("/")[-1], {}),
                    prepare=_answered(journey, slug),
                    queries=14,
                    leads_on=f"{journey}/{slug}" in LEADS_ON,
                )
    return recipes


def _answered(journey: str, slug: str) -> Prepare | None:
    answers = ANSWERED_BEFORE.get(f"{journey}/{slug}")
    if answers is None:
        return None

    def answer(world: World, client: Client) -> None:
        draft = world.drafts[journey]
        draft.answers = {**draft.answers, **answers}
        draft.save()

    return answer


def second_step_reset(world: World, client: Client) -> None:
    """Staff removed every second step, and sent the link."""
    world.me.set_password(PASSWORD)
    world.me.save()
    world.me.phones.all().delete()


def setting_up_begun(world: World, client: Client) -> None:
    second_step_reset(world, client)
    client.post(setting_up.path_for(world.me), {"username": world.me.username, "password": PASSWORD})


def setting_up_code_sent(world: World, client: Client) -> None:
    setting_up_begun(world, client)
    client.post(_set_up("phone/")(world), {"country": "US", "phone": "413-555-0123", "send": "sms"})


def everything_reset(world: World, client: Client) -> None:
    """Staff removed the password too, and a code has come back from the new phone."""
    world.me.phones.all().delete()
    world.me.set_unusable_password()
    world.me.save()
    client.post(setting_up.path_for(world.me))
    client.post(_set_up("phone/")(world), {"country": "US", "phone": "413-555-0123", "send": "sms"})
    sent = AccountEvent.objects.filter(kind=AccountEvent.Kind.CODE).latest("created_at")
    client.post(_set_up("code/")(world), {"code": sent.payload["code"]})


def identity_checked(world: World, client: Client) -> None:
    claims.open_claim(user=world.me, employee=world.me.employee, now=timezone.now())
    for _ in range(5):
        counters.hit("match_person", f"number {int(world.me.employee.employee_number)}")
    world.data |= {world.me.username, "Xqz", world.me.employee.supervisor.full_name}
    check = reverse("registration:staff_check", args=[world.me.employee.pk])
    client.post(check, {"number": "on", "zip": "on", "caller": "employee", "result": "match"})


def agencies_named(world: World, client: Client) -> None:
    world.data |= set(Agency.objects.values_list("name", flat=True))


def _set_up(page: str = "") -> Callable[[World], str]:
    return lambda world: setting_up.path_for(world.me) + page


def _freezing(world: World) -> str:
    claims.open_claim(user=world.me, employee=world.me.employee, now=timezone.now())
    told = AccountEvent.objects.filter(kind=AccountEvent.Kind.ACCOUNT_CREATED).latest("created_at")
    return str(told.payload["freeze_path"])


def _me(world: World) -> str:
    return str(world.me.employee.pk)


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
    **SECOND_STEPS,
    "registration:confirm": Recipe(named("registration:confirm"), refused={}),
    "registration:methods": Recipe(named("registration:methods"), prepare=proved),
    "registration:new_app": Recipe(named("registration:new_app"), prepare=proved, refused={}),
    "registration:new_passkey": Recipe(named("registration:new_passkey"), prepare=proved, refused={"name": ""}),
    "registration:new_recovery": Recipe(named("registration:new_recovery"), prepare=proved),
    "registration:remove_method": Recipe(
        named("registration:remove_method", key=lambda world: str(world.me.phones.get().pk)),
        prepare=proved,
        private=True,
    ),
    "registration:login_call": Recipe(named("registration:login_call"), STRANGER),
    "registration:forgot_id": Recipe(named("registration:forgot_id"), STRANGER, refused={}),
    "registration:forgot_id_sent": Recipe(named("registration:forgot_id_sent"), STRANGER),
    "registration:reset": Recipe(named("registration:reset"), STRANGER, refused={}),
    "registration:reset_code": Recipe(named("registration:reset_code"), STRANGER, reset_begun, refused={}),
    "registration:reset_password": Recipe(named("registration:reset_password"), STRANGER, reset_proved, refused={}),
    "registration:freeze": Recipe(_freezing, STRANGER),
    "registration:set_up": Recipe(_set_up(), STRANGER, second_step_reset, refused={}),
    "registration:set_up_phone": Recipe(
        _set_up("phone/"), STRANGER, setting_up_begun, refused={"country": "US", "phone": "", "send": "sms"}
    ),
    "registration:set_up_code": Recipe(_set_up("code/"), STRANGER, setting_up_code_sent, refused={}),
    "registration:set_up_password": Recipe(_set_up("password/"), STRANGER, everything_reset, refused={}),
    "registration:staff_find": Recipe(named("registration:staff_find"), STAFF, agencies_named, refused={}),
    "registration:staff_limits": Recipe(named("registration:staff_limits"), STAFF, refused={}),
    "registration:staff_check": Recipe(named("registration:staff_check", employee=_me), STAFF, refused={}),
    "registration:staff_person": Recipe(
        named("registration:staff_person", employee=_me), STAFF, identity_checked, queries=20
    ),
    "registration:staff_clear": Endpoint("a POST that clears limits", named("registration:staff_clear", employee=_me)),
    "registration:staff_act": Recipe(
        named("registration:staff_act", employee=_me, action=lambda world: "second-step"), STAFF, identity_checked
    ),
    "registration:logout": Endpoint("a POST that ends the session"),
    "registration:profile": Recipe(named("registration:profile"), queries=14),
    "registration:change_password": Recipe(named("registration:change_password"), prepare=proved, refused={}),
    "registration:change_phone": Recipe(
        named("registration:change_phone"), prepare=proved, refused={"country": "US", "phone": "", "send": "sms"}
    ),
    "registration:keep_old_phone": Endpoint("a POST that gives up a new phone that is still held"),
    "registration:new_phone_code": Recipe(
        named("registration:new_phone_code"),
        prepare=changing("change_phone", country="US", phone="413-555-0123", send="sms"),
        refused={},
    ),
    "registration:change_email": Recipe(named("registration:change_email"), prepare=proved, refused={}),
    "registration:new_email_code": Recipe(
        named("registration:new_email_code"), prepare=changing("change_email", email="xqz@example.org"), refused={}
    ),
    "registration:change_language": Recipe(named("registration:change_language"), refused={}),
    "registration:browsers": Recipe(named("registration:browsers"), prepare=browser_remembered),
    "registration:forget_browsers": Endpoint("a POST that forgets every remembered browser"),
    "registration:forget_browser": Endpoint(
        "a POST that forgets one browser", named("registration:forget_browser", browser=_browser), private=True
    ),
    "registration:sessions": Recipe(named("registration:sessions"), prepare=elsewhere_too),
    "registration:end_other_sessions": Endpoint("a POST that ends the other sessions"),
    "registration:end_session": Endpoint(
        "a POST that ends one session", named("registration:end_session", session=_session), private=True
    ),
    "registration:agree": Recipe(named("registration:agree"), prepare=terms_changed),
    "registration:extend": Endpoint("a POST of a script: more time, 204"),
    "registration:logged_out": Recipe(named("registration:logged_out"), STRANGER),
    "absences:before": Recipe(named("absences:before")),
    "absences:who_for": Recipe(named("absences:who_for"), refused={}),
    "absences:type": Recipe(named("absences:type"), refused={}, queries=13),
    "absences:call_first": Recipe(named("absences:call_first", why=lambda world: "other")),
    "absences:agency_first": Recipe(named("absences:agency_first", journey=lambda world: "leave")),
    "absences:call": Recipe(_of_draft("absences:call", "leave", why="late-leave"), private=True, queries=14),
    "absences:your_agency": Recipe(_of_draft("absences:your_agency"), private=True, queries=14),
    **{
        f"absences:check/{journey}": Recipe(_of_draft("absences:check", journey), private=True, queries=18)
        for journey in JOURNEYS
    },
    **{
        f"absences:done/{journey}": Recipe(
            _of_draft("absences:done", journey), prepare=submitted(journey), private=True, queries=17
        )
        for journey in JOURNEYS
    },
    "absences:time_new": Endpoint(
        "a POST that begins time on an open case", named("absences:time_new", number=_leave_number), private=True
    ),
    "absences:new": Endpoint("a POST that begins a day-to-day report"),
    "absences:in_progress": Recipe(named("absences:in_progress", journey=lambda world: "leave"), refused={}),
    "absences:resume": Recipe(_of_draft("absences:resume", "leave"), private=True, leads_on=True),
    "absences:calendar": Endpoint(
        "the absence as a calendar file", _of_draft("absences:calendar"), prepare=submitted("day_to_day"), private=True
    ),
    "absences:start_over": Recipe(_of_draft("absences:start_over"), private=True, queries=14),
    "absences:delete": Recipe(_of_draft("absences:delete"), private=True, queries=14),
    "absences:remove": Recipe(_of_draft("absences:remove", "leave", step="days", item=ITEM), private=True, queries=14),
    "cases:history": Recipe(named("cases:history"), queries=16),
    "cases:case": Recipe(named("cases:case", number=_number), private=True, queries=15),
    "cases:reasons": Endpoint("a POST that hides or shows reasons and goes back"),
    "cases:timeline": Recipe(named("cases:timeline", number=_leave_number), private=True),
    **DESK,
    "documents:all": Recipe(named("documents:all"), prepare=paper_sent),
    "documents:add": Recipe(named("documents:add", number=_leave_number), refused={}, private=True),
    "documents:file": Recipe(
        named("documents:file", number=_leave_number, type_id=_paper_type), refused={}, private=True
    ),
    "documents:paper": Recipe(named("documents:paper", number=_leave_number, document=_paper), private=True),
    "documents:another": Recipe(
        named("documents:another", number=_leave_number, document=_paper), refused={}, private=True
    ),
    "documents:remove": Recipe(named("documents:remove", number=_leave_number, document=_paper), private=True),
    "documents:download": Endpoint(
        "a file to save",
        named("documents:download", number=_leave_number, document=_paper, file=_paper_file),
        private=True,
    ),
    "notifications:receipt": Endpoint("Twilio's signed status callback"),
    "notifications:alive": Endpoint("whether the database answers, for whoever watches the machine"),
    "notifications:notifying": Endpoint("whether messages go out, for whoever watches the machine"),
    "notifications:staff_list": Recipe(named("notifications:staff_list"), STAFF),
    **_steps(),
}
