"""Accepting a paper, or asking for a new copy of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.models.case import Case
from documents import asking, reviewing
from documents.models import Document
from documents.staff.forms import AgainForm
from documents.staff.scope import DECIDERS, StaffRequest, for_case, paper_or_404
from portal import language
from portal.lib import clock
from portal.lib.forms import PortalForm
from registration.views.answers import PAGE_WITH_FORM, page, posted

FORM = "documents/staff/form.html"


@require_http_methods(PAGE_WITH_FORM)
@for_case(*DECIDERS)
def accept(request: StaffRequest, case: Case, document: str) -> HttpResponse:
    """What will happen, and a button; then it happens."""
    paper = paper_or_404(case, document)
    if switched := language.switched(request):
        return switched
    if paper.review != Document.Review.NONE:
        return _settled(request, paper)
    if request.method == "POST":
        done = _("You accepted “%(type)s.”") % {"type": paper.type.name}
        return _decide(request, paper, done, lambda: reviewing.accept(document=paper, by=request.user, now=clock.now()))
    context = {**_about(paper), "title": _("Accept this document?"), "button": _("Accept")}
    return render(request, FORM, {**context, "form": PortalForm()})


@require_http_methods(PAGE_WITH_FORM)
@for_case(*DECIDERS)
def again(request: StaffRequest, case: Case, document: str) -> HttpResponse:
    paper = paper_or_404(case, document)
    if switched := language.switched(request):
        return switched
    if paper.review != Document.Review.NONE:
        return _settled(request, paper)
    form = AgainForm(posted(request), today=clock.today())
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        done = _("We asked for a new copy of “%(type)s.”") % {"type": paper.type.name}
        return _decide(
            request,
            paper,
            done,
            lambda: reviewing.ask_again(
                document=paper, why=told["why"], due_on=told["due_on"], by=request.user, now=clock.now()
            ),
        )
    context = {**_about(paper), "title": _("Ask for a new copy"), "button": _("Ask for a new copy")}
    return page(request, FORM, form, **context)


def _about(paper: Document) -> dict[str, Any]:
    back_url = reverse("documents:staff_papers", args=[paper.case.number])
    return {"case": paper.case, "effect": paper.type.name, "back_url": back_url}


def _decide(request: StaffRequest, paper: Document, done: str, decision: Callable[[], None]) -> HttpResponse:
    """`done` is what is said when this was the first decision."""
    try:
        decision()
    except reviewing.Settled as settled:
        return _settled(request, settled.paper)
    except asking.Ended:
        messages.error(request, _("This case has ended. Nothing was asked for."))
    except reviewing.NotOpen:
        messages.warning(request, _("This document cannot be reviewed yet: its files are not checked."))
    else:
        messages.success(request, done)
    return redirect("documents:staff_papers", number=paper.case.number)


def _settled(request: StaffRequest, paper: Document) -> HttpResponse:
    """Says who was first, and what they decided."""
    if paper.removed_at:
        messages.info(request, _("The employee removed this document."))
    elif paper.reviewed_by == request.user:
        messages.info(request, _("You reviewed this document before. Nothing was changed."))
    else:
        who = paper.reviewed_by.name if paper.reviewed_by else ""
        told = {
            Document.Review.ACCEPTED: _("%(name)s accepted this document before you. Nothing was changed."),
            Document.Review.AGAIN: _("%(name)s asked for a new copy before you. Nothing was changed."),
        }[Document.Review(paper.review)]
        messages.info(request, told % {"name": who})
    return redirect("documents:staff_papers", number=paper.case.number)
