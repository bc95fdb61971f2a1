"""Opening a draft: whose it is, whether it still lives, and how far its answers reach. One look-up for every page."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from absences import drafts, late, made
from absences.addresses import page_of
from absences.journeys.catalogue import JOURNEYS
from absences.journeys.engine import Journey, Met, Walk
from absences.journeys.setting import Setting
from absences.loading import setting_for
from absences.models import Draft
from absences.views.answers import CONFLICT
from absences.views.signed_in import current_user, while_employed
from cases.models.case import Case
from portal.lib import clock
from portal.lib.wording import long_date
from portal.office.models import ContactRecord
from registration.access import employee_required, passed_second_step
from registration.models import User

GONE = 410


@dataclass(frozen=True)
class Opened:
    """One open draft of the person who asks, as this request finds it."""

    draft: Draft
    user: User
    contact: ContactRecord
    setting: Setting
    now: dt.datetime  # civil time

    @property
    def journey(self) -> type[Journey]:
        return JOURNEYS[self.draft.journey]

    @functools.cached_property
    def walk(self) -> Walk:
        return self.walked()

    def walked(self, *, focus: str = "") -> Walk:
        """The draft as it stands now, `focus` being the item that is asked about."""
        return self.journey.walk(drafts.settled(self.draft), setting=self.setting, focus=focus, met=self._met)

    @functools.cached_property
    def _met(self) -> Met:
        return {}


def with_draft(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hands `view` the Opened draft: another person's is a 404; a sent, an overdue or a deleted one says so.

    A POST holds the row's lock from here to its answer, so that two tabs take turns. What a POST brings after its
    session has ended is kept before its author is asked to log in.
    """

    @employee_required
    def opened(request: HttpRequest, journey: str, draft: UUID, **arguments: Any) -> HttpResponse:
        posting = request.method == "POST"
        with transaction.atomic() if posting else nullcontext():
            user, employee = current_user(request)
            rows = Draft.objects.of(employee).filter(journey=journey).select_related("case")
            found = (rows.select_for_update(of=("self",)) if posting else rows).filter(pk=draft).first()
            if found is None:
                return _deleted(request, draft, user)
            now = clock.now()
            if found.submitted_case_id:
                return _to_confirmation(found) if posting else _already_sent(request, found)
            if found.is_over(now):
                return _over(request, found)
            found.employee = employee
            contact = ContactRecord.objects.get(pk=1)
            setting = setting_for(journey, employee, contact, now=now)
            return view(request, Opened(found, user, contact, setting, now), **arguments)

    @functools.wraps(view)
    def guarded(request: HttpRequest, **arguments: Any) -> HttpResponse:
        rescued = late.rescued(request) if request.method == "POST" and not passed_second_step(request) else None
        return rescued or opened(request, **arguments)

    return guarded


def with_open_draft(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """As `with_draft`, for who may still answer it: employed here, the case that the time is for still open."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, opened: Opened, **arguments: Any) -> HttpResponse:
        case = opened.draft.case
        if case is not None and not case.takes_time:
            return no_time_taken(request, case, opened.contact)
        return view(request, opened, **arguments)

    return with_draft(while_employed(guarded))


def no_time_taken(request: HttpRequest, case: Case, contact: ContactRecord) -> HttpResponse:
    """The case takes no more time. What was answered stays."""
    words = {"number": case.number, "phone": contact.phone}
    if case.status in Case.OPEN:
        sentence = _("You cannot report time on case %(number)s here. Call %(phone)s.")
    else:
        sentence = _("Case %(number)s is no longer open. Call %(phone)s.")
    context = {"title": _("Submit new absence time"), "case": case, "sentence": sentence % words}
    return render(request, "absences/time_closed.html", context, status=CONFLICT)


def _to_confirmation(draft: Draft) -> HttpResponse:
    return HttpResponseRedirect(page_of(draft, "done"), status=303)


def _already_sent(request: HttpRequest, draft: Draft) -> HttpResponse:
    context = {"title": _("You already submitted this request"), "case": draft.submitted_case}
    return render(request, "absences/already_sent.html", context)


def _over(request: HttpRequest, draft: Draft) -> HttpResponse:
    until = long_date(clock.local(draft.expires_at).date())
    context = {"title": _("This request is no longer here"), "until": until}
    return render(request, "absences/over.html", context, status=GONE)


def _deleted(request: HttpRequest, draft: UUID, user: User) -> HttpResponse:
    """What a page of a draft brings that its owner deleted in another tab; anything else is a 404."""
    token = made.of_draft(request, draft)
    if token is None or token.account != user.pk or Draft.objects.filter(pk=draft).exists():
        raise Http404
    if token.key == made.DELETE:
        return say_deleted(request)
    return render(request, "absences/deleted.html", {"title": _("You deleted this request")}, status=GONE)


def say_deleted(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("We deleted your request."))
    return HttpResponseRedirect(reverse("home:home"), status=303)


def saved_for_later(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Home, with the day until which the draft is kept."""
    until = long_date(clock.local(opened.draft.expires_at).date())
    messages.success(request, _("We saved your request. You have until %(date)s to finish it.") % {"date": until})
    return HttpResponseRedirect(reverse("home:home"), status=303)
