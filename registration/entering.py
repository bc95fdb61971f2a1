"""Logging in: who may, what is still asked, and where it leads."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.contrib.auth import authenticate, login
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django_otp import login as otp_login
from django_otp.models import Device

from portal.limits import counters
from portal.limits.address import client_address
from portal.limits.counters import Refused
from registration import browsers, passwords, sessions
from registration.access import REMEMBERED
from registration.models import PhoneDevice, User
from registration.usernames import username_key

PROVED_OWNER = "proved_owner"  # session key


class TooManyTries(Exception):
    """The password was not looked at. `for_account`: too many for this username, else for this address."""

    def __init__(self, retry_after: int, *, for_account: bool) -> None:
        self.retry_after = retry_after
        self.for_account = for_account


def check_password(request: HttpRequest, username: str, password: str) -> User | None:
    """The account, closed ones too, when the password is right. Raises TooManyTries.

    Tries are counted per username and place (`_place_of`), and per place: a neighbour's misses refuse only usernames
    with misses of their own, until they are a flood. An unknown username costs a hash as well.
    """
    place = _place_of(request, username)
    account = f"{username_key(username)} {place}"
    by_account = counters.hit("login_account", account, in_a_row=True)
    if isinstance(by_account, Refused):
        raise TooManyTries(by_account.retry_after, for_account=True)
    by_address, flood = counters.hit("login_address", place), counters.hit("login_flood", place)
    is_first = by_account.left == settings.LIMITS["login_account"][0] - 1
    for answer in (flood,) if is_first else (flood, by_address):
        if isinstance(answer, Refused):
            raise TooManyTries(answer.retry_after, for_account=False)
    user = authenticate(request, username=username, password=passwords.normalised(password))
    if not isinstance(user, User):
        return None
    counters.reset("login_account", account)
    for scope in ("login_address", "login_flood"):
        counters.forgive(scope, place)
    return user


def _place_of(request: HttpRequest, username: str) -> str:
    """Where a try comes from. A stranger elsewhere cannot lock the owner out, and a neighbour neither: a browser that
    was remembered for this username, or that has just reset its password, counts apart from its address.
    """
    if known := browsers.known_for(request, username):
        return f"browser {known.id}"
    proved = request.session.get(PROVED_OWNER, {})
    return f"session {proved['token']}" if proved.get("username") == username_key(username) else client_address(request)


def trust_owner(request: HttpRequest, username: str) -> None:
    """This session has just shown a code that went to the account's phone: its tries at this username count apart."""
    request.session[PROVED_OWNER] = {"username": username_key(username), "token": secrets.token_hex()}


def is_staff(user: User) -> bool:
    """Works for the administrator or for an agency: shorter sessions, and a code at every log-in."""
    return user.is_staff or user.roles.exists()


def phone_of(user: User) -> PhoneDevice | None:
    """The phone that takes this account's codes."""
    device: PhoneDevice | None = PhoneDevice.objects.filter(user=user, confirmed=True).order_by("-created_at").first()
    return device


def without_code(request: HttpRequest, user: User) -> bool:
    """Log in at once where no code is needed: the step is off, or this browser is remembered. Staff always need one."""
    if is_staff(user):
        return False
    browser = browsers.remembered(request, user)
    if browser is None and settings.LOGIN_SECOND_STEP != "off":
        return False
    enter(request, user, browsers.device_of(browser) if browser else None)
    request.session[REMEMBERED] = browser is not None  # a role given from now on opens nothing in this session
    return True


def asks_to_remember(user: User) -> bool:
    """Whether the person chooses to have this browser remembered. Staff cannot; "new_browser" remembers unasked."""
    return settings.LOGIN_SECOND_STEP == "always" and not is_staff(user)


def remembers(user: User, *, asked: bool) -> bool:
    """Whether this browser is remembered after the right code."""
    unasked = settings.LOGIN_SECOND_STEP == "new_browser" and not is_staff(user)
    return unasked or (asked and asks_to_remember(user))


def enter(request: HttpRequest, user: User, device: Device | None) -> None:
    """Log in under a new session key; `device` passed the second step, now or when this browser was remembered."""
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    if device is not None:
        otp_login(request, device)
    sessions.begin(request, user)


def landing(user: User) -> str:
    """Where a log-in leads when no page was asked for."""
    if user.employee_id is not None:
        return reverse("home:home")
    return reverse("notifications:staff_list") if user.roles.exists() else reverse("admin:index")


def local_or(request: HttpRequest, address: str, fallback: str) -> str:
    """`address` when it is the path of a page of this site, else `fallback`."""
    is_local = address.startswith("/") and url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if is_local else fallback
