"""How account pages answer: a form again, or "too many"."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from portal.lib.forms import PortalForm
from portal.office.models import ContactRecord
from registration.access import passed_second_step
from registration.entering import landing
from registration.models import User

PAGE_WITH_FORM = ["GET", "HEAD", "POST"]


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: the POST, even an empty one, else nothing."""
    return request.POST if request.method == "POST" else None


def page(request: HttpRequest, template: str, form: PortalForm, **context: Any) -> HttpResponse:
    """The page with its form; 422 when the form was refused."""
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)


def later(response: HttpResponse, retry_after: int) -> HttpResponse:
    """The same page as 429, saying in its header when to come back."""
    response.status_code = 429
    response["Retry-After"] = str(retry_after)
    return response


def see_other(name: str) -> HttpResponse:
    """On to the page of this name, which the browser asks for with a GET."""
    return HttpResponseRedirect(reverse(name), status=303)


def office_phone() -> str:
    """The administrator's number, as people read it."""
    return ContactRecord.objects.get(pk=1).phone


def for_strangers(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Who is logged in already is led home; without the second step that is now asked for, they log in again."""

    @functools.wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        user = request.user
        return redirect(landing(user)) if isinstance(user, User) and passed_second_step(request) else view(request)

    return guarded
