"""What staff do to an account once they know whom they help. Each is recorded, and the person is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import transaction

from portal.audit.recording import record_access
from registration import claims, devices, setting_up
from registration.models import AccountEvent, Employee, User
from registration.staff import limiters
from registration.telling import Address, addresses_of, of_employer, tell

Kind = AccountEvent.Kind


class NoAddress(Exception):
    """The employer holds neither an e-mail address nor a phone of this person."""


def account_of(employee: Employee) -> User | None:
    return getattr(employee, "user", None)


def state_of(user: User | None) -> str:
    """ "none", "active", "frozen" or "closed"."""
    if user is None:
        return "none"
    if user.frozen_at:
        return "frozen"
    return "active" if user.is_active else "closed"


def offered(employee: Employee, allowed: set[str]) -> list[str]:
    """The actions that make sense now, of those allowed."""
    user = account_of(employee)
    fitting = {
        "none": ["unlock"],
        "active": ["unlock", "username", "second-step", "start-over", "confirm", "freeze", "revoke"],
        "frozen": ["unfreeze", "revoke"],
        "closed": ["revoke"],
    }[state_of(user)]
    if user is None or user.covered_before is None:
        fitting = [action for action in fitting if action != "confirm"]
    return [action for action in fitting if action in allowed]


@transaction.atomic
def act(action: str, employee: Employee, *, by: User, role: str, now: dt.datetime) -> None:
    """One of `offered`. Raises NoAddress, and then nothing has happened."""
    record_access(actor=by, role=role, action=action, object_type="account", object_ids=[employee.pk])
    if action == "unlock":
        unlock(employee, by=by, role=role)
        return
    user = account_of(employee)
    assert user is not None
    doing: dict[str, Callable[[], Any]] = {
        "username": lambda: _send_username(user),
        "second-step": lambda: _reset(user, employee),
        "start-over": lambda: _reset(user, employee, password=True),
        "confirm": lambda: claims.confirm(user, now=now, by=by),
        "freeze": lambda: claims.freeze(user, now=now),
        "unfreeze": lambda: claims.unfreeze(user),
        "revoke": lambda: claims.revoke(user, by=by, now=now),
    }
    doing[action]()


@transaction.atomic
def unlock(employee: Employee, *, by: User, role: str, scope: str = "") -> None:
    """Every limiter that holds the person lets go, or the one."""
    user = account_of(employee)
    cleared = limiters.clear(limiters.of_person(employee, user), scope=scope, by=by, role=role)
    if cleared and user:
        tell(user, Kind.ACCOUNT_UNLOCKED, to=_letters(addresses_of(user)))


def _send_username(user: User) -> None:
    tell(user, Kind.USERNAME, to=addresses_of(user), payload={"username": user.username})


def _reset(user: User, employee: Employee, *, password: bool = False) -> None:
    """Nothing of the old steps is left, and of the password neither where it is asked.

    A new phone is set up by the link that goes to the employer's address.
    """
    known = of_employer(employee)
    if not known:
        raise NoAddress
    about = {"freeze_path": claims.freeze_path(user), "password": password}
    tell(user, Kind.SECOND_STEP_RESET, to=[*addresses_of(user), *known], payload=about)
    devices.remove_methods(user)
    devices.end_everything(user)
    if password:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    link = {"path": setting_up.path_for(user), "new_password": setting_up.asks_new_password(user)}
    tell(user, Kind.SETUP_LINK, to=known[:1], payload=link)


def _letters(ways: list[Address]) -> list[Address]:
    """By e-mail, where there is one."""
    return [way for way in ways if way.channel == AccountEvent.Channel.EMAIL] or ways
