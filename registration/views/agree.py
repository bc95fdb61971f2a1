"""Newer terms: asked right after logging in, before any other page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal import language
from portal.lib import clock
from portal.lib.forms import PortalForm
from registration import terms
from registration.access import NEWER_TERMS, passed_second_step, to_login
from registration.enrolment import terms_in_force
from registration.entering import landing, local_or
from registration.models import User
from registration.views.answers import PAGE_WITH_FORM


@require_http_methods(PAGE_WITH_FORM)
def agree(request: HttpRequest) -> HttpResponse:
    """Agreeing leads on to `?next=`; so does the address itself once there is nothing to agree to."""
    user = request.user
    if not passed_second_step(request) or not isinstance(user, User):
        return to_login(request)
    if response := language.switched(request):
        return response
    onward = local_or(request, request.GET.get("next", ""), landing(user))
    if not request.session.get(NEWER_TERMS):
        return HttpResponseRedirect(onward, status=303)
    if request.method == "POST" and terms.agree(user, version=request.POST.get("version", "")):
        del request.session[NEWER_TERMS]
        return HttpResponseRedirect(onward, status=303)
    context = {"form": PortalForm(), "title": _("Our terms have changed"), "button": _("Agree")}
    return render(request, "registration/agree.html", {**context, "version": terms_in_force(clock.today())})
