"""Help with one person's account, after an identity check: what holds them, and what staff can do about it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal import language
from portal.audit.recording import record_access
from portal.lib.forms import PortalForm
from portal.office.models import ContactRecord
from registration.access import comes_back_to, staff_required
from registration.factors.methods import methods_of
from registration.models import Employee
from registration.staff import checking, helping, limiters, scope
from registration.staff.scope import HELPERS, StaffRequest
from registration.staff.wording import ACTIONS, done, states
from registration.views.answers import PAGE_WITH_FORM

View = Callable[..., HttpResponse]


def for_checked(view: View) -> View:
    """Hands the view the person, within reach of the viewer's roles; who is not sure yet who calls asks first."""

    @staff_required(*HELPERS)
    @functools.wraps(view)
    def guarded(request: StaffRequest, employee: UUID, **arguments: Any) -> HttpResponse:
        found = scope.person(request, employee)
        role = scope.acting_role(request, found, arguments.get("action", "see"))
        if not checking.stands(request, found):
            return HttpResponseRedirect(reverse("registration:staff_check", args=[found.pk]), status=303)
        return view(request, found, role, **arguments)

    return guarded


@require_safe
@for_checked
def person(request: StaffRequest, found: Employee, role: str) -> HttpResponse:
    user = helping.account_of(found)
    with transaction.atomic():
        record_access(
            actor=request.user, role=role, action="view_account", object_type="employee", object_ids=[found.pk]
        )
    offered = helping.offered(found, scope.allowed(request.staff_roles, found))
    context = {
        "title": _("Help with logging in"),
        "person": found,
        "account": user,
        "state": states()[helping.state_of(user)],
        "methods": methods_of(user) if user else None,
        "claim": user.claim if user else None,
        "held": limiters.held(limiters.of_person(found, user)) if "unlock" in offered else [],
        "may_clear": "unlock" in offered,
        "sees_limits": scope.sees_limits(request),
        "actions": [(action, ACTIONS[action]) for action in offered if action != "unlock"],
        "minutes": int(checking.LIFE.total_seconds() // 60),
    }
    return render(request, "registration/staff/person.html", context)


@require_POST
@comes_back_to("registration:staff_person", "employee")
@for_checked
def clear(request: StaffRequest, found: Employee, role: str) -> HttpResponse:
    """One limiter lets go, or with no `scope` all of them."""
    scope.acting_role(request, found, "unlock")
    helping.unlock(found, by=request.user, role=role, scope=request.POST.get("scope", ""))
    messages.success(request, _("The wait is over. They can try again now."))
    return HttpResponseRedirect(reverse("registration:staff_person", args=[found.pk]), status=303)


@require_http_methods(PAGE_WITH_FORM)
@for_checked
def act(request: StaffRequest, found: Employee, role: str, action: str) -> HttpResponse:
    """What will happen, and a button; then it happens."""
    if switched := language.switched(request):
        return switched
    allowed = scope.allowed(request.staff_roles, found)
    if action not in ACTIONS or action not in allowed:
        raise Http404
    if action not in helping.offered(found, allowed):
        return _nothing_to_do(request, found)
    words = ACTIONS[action]
    if request.method != "POST":
        context = {
            "title": words.question,
            "form": PortalForm(),
            "button": words.button,
            "words": words,
            "person": found,
            "back_url": reverse("registration:staff_person", args=[found.pk]),
        }
        return render(request, "registration/staff/act.html", context)
    try:
        helping.act(action, found, by=request.user, role=role, now=timezone.now())
    except helping.NoAddress:
        messages.error(request, _no_address())
    else:
        messages.success(request, done(action))
    return redirect("registration:staff_person", employee=found.pk)


def _nothing_to_do(request: StaffRequest, found: Employee) -> HttpResponse:
    """A second tap finds it done; an old page's address asks for what makes no sense any more."""
    if request.method != "POST":
        raise Http404
    return redirect("registration:staff_person", employee=found.pk)


def _no_address() -> str:
    phone = ContactRecord.objects.get(pk=1).esc_phone
    sentence = _(
        "Nothing was changed: their record has no work email or phone to send a link to. Give the caller %(phone)s."
    )
    return sentence % {"phone": phone}
