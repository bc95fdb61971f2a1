"""Deleting a request that was not sent. It always asks first."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from absences import made
from absences.addresses import Place
from absences.views import time
from absences.views.opened import Opened, say_deleted, with_draft, with_open_draft
from absences.views.start import begin_again

PAGE_WITH_FORM = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE_WITH_FORM)
@with_draft
def delete(request: HttpRequest, opened: Opened) -> HttpResponse:
    if request.method != "POST":
        return _ask_first(request, opened)
    opened.draft.delete()
    return say_deleted(request)


@require_http_methods(PAGE_WITH_FORM)
@with_open_draft
def start_over(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The same, and straight on to a new one."""
    if request.method != "POST":
        return _ask_first(request, opened)
    opened.draft.delete()
    messages.success(request, _("We deleted your request."))
    if opened.draft.case is not None:
        return time.begin(request, opened.draft.case)
    return begin_again(request, opened.draft.journey)


def _ask_first(request: HttpRequest, opened: Opened) -> HttpResponse:
    context = {
        "title": _("Delete this request?"),
        "draft": opened.draft,
        "contact": opened.contact,
        "made": made.token(Place(opened.draft, made.DELETE), opened.user.pk),
    }
    return render(request, "absences/delete.html", context)
