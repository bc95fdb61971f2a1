"""The person behind a request that `employee_required` let through."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from absences.views.answers import see_other
from registration.models import Employee, User


def current_user(request: HttpRequest) -> tuple[User, Employee]:
    """The account and the roster row it owns."""
    user = request.user
    assert isinstance(user, User)
    assert user.employee is not None
    return user, user.employee


def while_employed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only for who works for the employer today: others may read what they sent, and call about anything new.

    Inside `employee_required`.
    """

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **arguments: Any) -> HttpResponse:
        _user, employee = current_user(request)
        return see_other("call_first", why="left") if employee.has_left else view(request, *args, **arguments)

    return guarded
