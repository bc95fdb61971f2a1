"""The last moment of registering."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registration import enrolment
from registration.models import PendingRegistration, User
from registration.views import ceremony
from registration.views.register import already_registered


def finish(request: HttpRequest, pending: PendingRegistration) -> HttpResponse:
    """Make the account; who lost a race learns it and keeps the confirmed phone for another username."""
    try:
        enrolment.create_account(pending, language=get_language() or "en")
    except enrolment.AlreadyRegistered:
        return already_registered(request, User.objects.get(employee=pending.employee_id))
    except enrolment.UsernameTaken:
        messages.error(request, _("That username is taken. Choose a different one"))
        return redirect("registration:account")
    ceremony.forget(request)
    request.session.cycle_key()
    request.session[ceremony.DONE] = True
    return redirect("registration:done")
