"""The pages of an account: registering, logging in, recovery and profile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from uuid import UUID

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from registration.access import NEWER_TERMS
from registration.events import AccountEvent
from registration.models import RememberedBrowser, User
from registration.session_store import public_id
from tests.factories.accounts import PASSWORD, sign_in
from tests.factories.factors import make_app, make_codes, make_passkey, prove
from tests.pages.recipes.kinds import EMPLOYEE, STRANGER, Endpoint, Prepare, Recipe, named
from tests.pages.world import World


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


RECIPES: dict[str, Recipe | Endpoint] = {
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
}
