"""Who may open a page: decorators for every signed-in view of the portal."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from registration.models import StaffRole, User

View = Callable[..., HttpResponse]
STAFF = "staff"  # session key: it began with the shorter clocks of who works for the administrator
REMEMBERED = "remembered"  # session key: the browser was remembered, and nothing but the password was asked
NEWER_TERMS = "newer_terms"  # session key, set at log-in: terms are in force that the person has not agreed to


def passed_second_step(request: HttpRequest) -> bool:
    """Signed in, and with a code (or on a remembered browser) where the installation asks for one."""
    user = request.user
    if not isinstance(user, User) or not user.is_active:
        return False
    if user.is_verified():  # type: ignore[attr-defined]  # django-otp adds it
        return True
    return settings.LOGIN_SECOND_STEP == "off" and user.employee_id is not None and not user.is_staff


def account_of(request: HttpRequest) -> User:
    """Who is signed in, behind a guard that has asked."""
    assert isinstance(request.user, User)
    return request.user


def proved_now(request: HttpRequest) -> bool:
    """The second step was passed at this log-in, not before it on a remembered browser: staff pages ask for that."""
    return request.user.is_verified() and not request.session.get(REMEMBERED, False)  # type: ignore[union-attr]  # django-otp adds it


def to_login(request: HttpRequest, *, back: str = "") -> HttpResponse:
    """The log-in page, with the way back: `back`, else to where the person wanted to go."""
    answer = redirect_to_login(back or request.get_full_path(), settings.LOGIN_URL)
    if request.method == "POST":
        answer.status_code = 303
    return answer


def comes_back_to(name: str, *arguments: str) -> Callable[[View], View]:
    """Outside a guard, for a page that takes only POST: what comes first leads back to the page `name` instead.

    `arguments`: those of the address that the other page's has too.
    """

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def led(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            request.comes_back_to = reverse(name, kwargs={one: kwargs[one] for one in arguments})  # type: ignore[attr-defined]  # ours
            return view(request, *args, **kwargs)

        return led

    return decorate


def comes_first(request: HttpRequest) -> HttpResponse | None:
    """What comes before any signed-in page: logging in, then newer terms. None: the page may be shown."""
    back = _way_back(request)
    return newer_terms(request, back=back) if passed_second_step(request) else to_login(request, back=back)


def _way_back(request: HttpRequest) -> str:
    return getattr(request, "comes_back_to", "") or request.get_full_path()


def newer_terms(request: HttpRequest, *, back: str) -> HttpResponse | None:
    """The page of the terms to agree to, which leads `back`; None when there are none."""
    if not request.session.get(NEWER_TERMS):
        return None
    query = urlencode({"next": back})
    return HttpResponseRedirect(f"{reverse('registration:agree')}?{query}", status=303)


def account_required(view: View) -> View:
    """Any account: an employee's, or one that staff work with."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return comes_first(request) or view(request, *args, **kwargs)

    return guarded


def employee_required(view: View) -> View:
    """The account of a person on the roster; `request.user.employee` is loaded, with its agency. Staff get a 404."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if first := comes_first(request):
            return first
        if request.user.employee_id is None:  # type: ignore[union-attr]  # a User by now
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def staff_required(*roles: StaffRole.Role) -> Callable[[View], View]:
    """An account with one of `roles` (any role when none is named); sets `request.staff_roles`. Others get a 404."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if first := comes_first(request):
                return first
            held = list(StaffRole.objects.filter(user=request.user.pk))
            allowed = [role for role in held if not roles or role.role in roles]
            if not allowed or not proved_now(request):
                raise Http404
            if not request.session.get(STAFF):  # the role is newer than the session, which has the longer clocks
                logout(request)
                return to_login(request, back=_way_back(request))
            request.staff_roles = allowed  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)

        return guarded

    return decorate
