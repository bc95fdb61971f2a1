"""Edit Profile: what we know of an account, and the way to change each part of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from registration import changes, session_store, sessions
from registration.access import account_of, account_required
from registration.claims import covered_before
from registration.factors.methods import methods_of
from registration.models import Employee, PhoneDevice, RememberedBrowser, User
from registration.profile.forms import OWN_NAMES


@dataclass(frozen=True)
class Row:
    name: str
    answer: str  # several lines are joined by \n
    change_url: str = ""


@require_safe
@account_required
def profile(request: HttpRequest) -> HttpResponse:
    """For every account; what comes from the roster is shown to who stands on it."""
    user = account_of(request)
    methods = methods_of(user)
    context: dict[str, Any] = {
        "title": _("Edit Profile"),
        "logging_in": _logging_in(user, methods),
        "held": changes.held_phone(user),
        "reaching": _reaching(user),
        "open": _open(request, user),
        "on_roster": _on_roster(user, user.employee) if user.employee else [],
    }
    return render(request, "registration/profile/profile.html", context)


def _logging_in(user: User, methods: Any) -> list[Row]:
    return [
        Row(_("Username"), user.username),
        Row(_("Password"), _("We never show it."), reverse("registration:change_password")),
        Row(_("Phone for codes"), _phone(methods.phone), reverse("registration:change_phone")),
        Row(_("Other ways to prove it is you"), _others(methods), reverse("registration:methods")),
    ]


def _phone(phone: PhoneDevice | None) -> str:
    return _("A number ending in %(xx)s") % {"xx": phone.ending} if phone else ""


def _others(methods: Any) -> str:
    """One line for each way besides the phone."""
    left = methods.recovery_left
    lines = [
        _("Authenticator app") if methods.authenticator else "",
        _("Passkey") if methods.passkeys else "",
        ngettext("%(count)s recovery code left", "%(count)s recovery codes left", left) % {"count": left}
        if left
        else "",
    ]
    return "\n".join(line for line in lines if line) or _("None yet")


def _reaching(user: User) -> list[Row]:
    return [
        Row(_("Email"), _email(user), reverse("registration:change_email")),
        Row(
            _("Language for this site and your notices"),
            OWN_NAMES.get(user.language, user.language),
            reverse("registration:change_language"),
        ),
    ]


def _email(user: User) -> str:
    if user.email or not user.employee or not user.employee.work_email:
        return user.email
    return _("%(email)s, from your employer") % {"email": user.employee.work_email}


def _open(request: HttpRequest, user: User) -> list[Row]:
    running = session_store.open_since(user, seen=sessions.over_before(request.session)).count()
    remembered = RememberedBrowser.objects.filter(user=user, expires_at__gt=timezone.now()).count()
    return [
        Row(
            _("Where you are logged in"),
            ngettext("%(count)s place", "%(count)s places", running) % {"count": running},
            reverse("registration:sessions"),
        ),
        Row(
            _("Remembered browsers"),
            ngettext("%(count)s browser", "%(count)s browsers", remembered) % {"count": remembered}
            if remembered
            else _("None"),
            reverse("registration:browsers"),
        ),
    ]


def _on_roster(user: User, employee: Employee) -> list[Row]:
    """A new account may be somebody else's who knew enough to register, and must not learn where the person lives."""
    is_new = covered_before(user, now=timezone.now()) is not None
    return [
        Row(_("Name"), employee.full_name),
        Row(_("Address"), _("Not shown yet, because this account is new.") if is_new else _address(employee)),
        Row(_("Employee Number"), employee.employee_number),
    ]


def _address(employee: Employee) -> str:
    last = " ".join(part for part in (employee.state, employee.home_zip) if part)
    town = ", ".join(part for part in (employee.city, last) if part)
    return "\n".join(line for line in (employee.street, employee.street_2, town) if line)
