"""Every limiter, and a way out of it by what somebody tells on the phone."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from portal import language
from portal.lib.wording import duration
from portal.limits import counters
from portal.limits.names import name_of
from registration.access import staff_required
from registration.staff import limiters
from registration.staff.forms import LookUpForm
from registration.staff.scope import DESK, StaffRequest, sees_limits
from registration.views.answers import PAGE_WITH_FORM, page, posted

TEMPLATE = "registration/staff/limits.html"


@require_http_methods(PAGE_WITH_FORM)
@staff_required(*DESK)
def limits(request: StaffRequest) -> HttpResponse:
    """A look-up is a POST, so that nothing typed stands in an address; with `clear` it lets go of what it found."""
    if not sees_limits(request):
        raise Http404
    if switched := language.switched(request):
        return switched
    form = LookUpForm(posted(request))
    context: dict[str, Any] = {"title": _("Limits"), "held": None, "scopes": _scopes()}
    if request.method != "POST" or not form.is_valid():
        return page(request, TEMPLATE, form, **context)
    pairs = limiters.of_typed(form.cleaned_data)
    if "clear" in request.POST:
        cleared = limiters.clear(pairs, scope=request.POST["clear"], by=request.user, role=request.staff_roles[0].role)
        messages.success(
            request, ngettext("%(n)s limit was cleared.", "%(n)s limits were cleared.", cleared) % {"n": cleared}
        )
    return render(request, TEMPLATE, {**context, "form": form, "held": limiters.held(pairs), "scopes": _scopes()})


def _scopes() -> list[dict[str, Any]]:
    """Every limiter in words, how much it allows, and how many it refuses now."""
    refused = counters.refused_now()
    return [
        {"name": name_of(scope), "most": most, "within": _within(seconds), "refused": refused[scope]}
        for scope, (most, seconds) in settings.LIMITS.items()
    ]


def _within(seconds: int) -> str:
    if seconds < 60:
        return ngettext("%(n)s second", "%(n)s seconds", seconds) % {"n": seconds}
    if seconds > 366 * 86400:
        return _("until staff clear it")
    return duration(seconds // 60)
