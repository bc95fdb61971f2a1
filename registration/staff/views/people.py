"""Find a person, and make sure who is calling, before anything of the account is shown."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal import language
from portal.audit.recording import record_access
from portal.lib import clock
from portal.office.models import ContactRecord
from registration.access import staff_required
from registration.models import Agency, Employee, IdentityCheck
from registration.staff import checking, scope
from registration.staff.forms import CheckForm, FindForm
from registration.staff.scope import HELPERS, StaffRequest
from registration.views.answers import PAGE_WITH_FORM, page, posted

FIND, CHECK = "registration/staff/find.html", "registration/staff/check.html"
MOST = 20  # people shown; who finds more says more


@require_http_methods(PAGE_WITH_FORM)
@staff_required(*HELPERS)
def find(request: StaffRequest) -> HttpResponse:
    """A POST, so that no name stands in an address; it changes nothing, and shows what it found."""
    if switched := language.switched(request):
        return switched
    form = FindForm(posted(request), agencies=_agencies(request), today=clock.today())
    context: dict[str, Any] = {
        "title": _("Find the employee"),
        "button": _("Search"),
        "found": None,
        "most": MOST,
        "sees_limits": scope.sees_limits(request),
    }
    if request.method != "POST" or not form.is_valid():
        return page(request, FIND, form, **context)
    with transaction.atomic():
        found = _found(request, form.cleaned_data)
        role = request.staff_roles[0].role
        ids = [person.pk for person in found]
        record_access(actor=request.user, role=role, action="find_person", object_type="employee", object_ids=ids)
    return render(request, FIND, {**context, "form": form, "found": found})


def _agencies(request: StaffRequest) -> list[Agency]:
    agencies, roles = Agency.objects.order_by("name"), request.staff_roles
    if any(role.agency_id is None for role in roles):
        return list(agencies)
    return list(agencies.filter(staff_roles__in=roles).distinct())


def _found(request: StaffRequest, told: dict[str, Any]) -> list[Employee]:
    wanted = {
        "last_name__iexact": told["last_name"],
        "employee_number": told["employee_number"],
        "birthdate": told["birthdate"],
        "agency": told["agency"],
    }
    people = scope.people_of(request).filter(**{name: value for name, value in wanted.items() if value})
    return list(people.order_by("last_name", "first_name", "employee_number")[:MOST])


@require_http_methods(PAGE_WITH_FORM)
@staff_required(*HELPERS)
def check(request: StaffRequest, employee: UUID) -> HttpResponse:
    """The facts as the roster has them, for comparing; what was compared is recorded, whatever came of it."""
    person = scope.person(request, employee)
    role = scope.acting_role(request, person)
    if switched := language.switched(request):
        return switched
    form = CheckForm(posted(request))
    if request.method == "POST" and form.is_valid():
        passed = request.POST.get("result") == "match"
        made = checking.record(request, person, form, passed=passed, role=role)
        return _after(request, person, made)
    with transaction.atomic():
        record_access(
            actor=request.user, role=role, action="view_identity", object_type="employee", object_ids=[person.pk]
        )
    context = {"title": _("Check identity"), "person": person, "back_url": reverse("registration:staff_find")}
    return page(request, CHECK, form, **context)


def _after(request: StaffRequest, person: Employee, made: IdentityCheck) -> HttpResponse:
    if not made.passed:
        phone = ContactRecord.objects.get(pk=1).esc_phone
        messages.error(request, _("Do not share any details. Give the caller %(phone)s.") % {"phone": phone})
    elif made.caller == IdentityCheck.Caller.OTHER:
        messages.warning(request, _("Help with an account is only for the employee. Ask them to call."))
    else:
        return redirect("registration:staff_person", employee=person.pk)
    return redirect("registration:staff_find")
