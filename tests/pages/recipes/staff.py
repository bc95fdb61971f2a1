"""Help with logging in: the pages of staff, and those behind the links that they have sent."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.limits import counters
from registration import claims, setting_up
from registration.events import AccountEvent
from registration.models import Agency
from tests.factories.accounts import PASSWORD
from tests.pages.recipes.kinds import STAFF, STRANGER, Endpoint, Recipe, named
from tests.pages.world import World


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
}
