"""Pages for everyone, logged in or not."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.lib import clock
from portal.office.models import LeaveType, Terms
from portal.public import launch
from portal.public.plain_text import blocks
from registration.roster.models import Agency, AgencyService, Service


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    types = list(LeaveType.objects.all())
    context = {
        "managed": [row for row in types if row.managed],
        "not_managed": [row for row in types if not row.managed],
        **_agencies(clock.today()),
    }
    return render(request, "public/landing.html", context)


def _agencies(today: dt.date) -> dict[str, Any]:
    """What the landing page says about agencies, in two queries."""
    everyone = list(Agency.objects.select_related("secretariat"))
    services = list(AgencyService.objects.exclude(ends_on__lt=today).select_related("agency__secretariat"))
    reporting = {row.agency for row in services if row.service == Service.DAY_TO_DAY and row.starts_on <= today}
    return {
        "starts": launch.timeline(services, everyone),
        "dual_notices": launch.dual_notices(services, everyone, today=today),
        "reporting": launch.named(reporting, everyone),
        "not_reporting": launch.named(set(everyone) - reporting, everyone),
    }


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """`?why=late|late_absence|other` is how other pages say what brought the person here."""
    context = {
        "title": _("Contact us"),
        "why": request.GET.get("why", ""),
        "leave_days": settings.LEAVE_PAST_DAYS,
        "absence_days": settings.UNPLANNED_PAST_DAYS,
    }
    return render(request, "public/contact.html", context)


@require_safe
def terms(request: HttpRequest, kind: str) -> HttpResponse:
    """The version in force today. 404 when none is."""
    text = Terms.objects.filter(kind=kind).in_force(clock.today()).first()
    if text is None:
        raise Http404
    context = {"title": text.get_kind_display(), "terms": text, "blocks": blocks(text.body)}
    return render(request, "public/terms.html", context)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "public/accessibility.html", {"title": _("Accessibility")})


@require_safe
def two_step(request: HttpRequest) -> HttpResponse:
    context = {"title": _("How two-step authentication works"), "code_minutes": settings.CODE_MINUTES}
    return render(request, "public/two_step.html", context)
