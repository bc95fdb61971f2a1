"""Who may open a page: decorators for every signed-in view of the portal."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

from registration.models import StaffRole, User

View = Callable[..., HttpResponse]


def passed_second_step(request: HttpRequest) -> bool:
    """Signed in, and with a code (or on a remembered browser) where the installation asks for one."""
    user = request.user
    if not isinstance(user, User) or not user.is_active:
        return False
    return user.is_verified() or (settings.LOGIN_SECOND_STEP == "off" and user.employee_id is not None)  # type: ignore[attr-defined]  # django-otp adds it


def to_login(request: HttpRequest, *, back: str = "") -> HttpResponse:
    """The log-in page, with the way back: `back`, else to where the person wanted to go."""
    answer = redirect_to_login(back or request.get_full_path(), settings.LOGIN_URL)
    if request.method == "POST":
        answer.status_code = 303
    return answer


def employee_required(view: View) -> View:
    """The account of a person on the roster; `request.user.employee` is loaded, with its agency. Staff get a 404."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not passed_second_step(request):
            return to_login(request)
        if request.user.employee_id is None:  # type: ignore[union-attr]  # a User by now
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def staff_required(*roles: StaffRole.Role) -> Callable[[View], View]:
    """An account with one of `roles` (any role when none is named); sets `request.staff_roles`. Others get a 404."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not passed_second_step(request):
                return to_login(request)
            held = list(StaffRole.objects.filter(user=request.user.pk))
            allowed = [role for role in held if not roles or role.role in roles]
            if not allowed or not request.user.is_verified():  # type: ignore[union-attr]  # django-otp adds it
                raise Http404
            request.staff_roles = allowed  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)

        return guarded

    return decorate
