"""A person's own papers: all of them, those of one case, one of them."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cases.models.case import Case, CaseQuerySet
from documents.models import Document
from documents.status import Status, awaited_of, paper_of, papers_of
from portal.lib import clock
from registration.access import employee_required
from registration.models import User


class OwnRequest(HttpRequest):
    """A request as `employee_required` hands it on."""

    user: User


def leaves_of(user: User) -> CaseQuerySet:
    """The viewer's cases that papers can belong to. A day-to-day absence needs none."""
    return Case.objects.visible_to(user).filter(kind=Case.Kind.LEAVE)


def paper_or_404(request: OwnRequest, number: str, document: str) -> Document:
    """A paper of the viewer's own case, with its type and its case."""
    own = Document.objects.visible_to(request.user).filter(case__number=number)
    return get_object_or_404(own.select_related("type", "case"), pk=document)


@require_safe
@employee_required
def papers(request: OwnRequest) -> HttpResponse:
    leaves = list(leaves_of(request.user).newest_first())
    context = {
        "title": _("Documents"),
        "papers": papers_of(leaves, owner=request.user),
        "awaited": awaited_of(leaves, owner=request.user, today=clock.today()),
        "open_leaves": [case for case in leaves if case.status in Case.OPEN],
    }
    return render(request, "documents/papers.html", context)


@require_safe
@employee_required
def paper(request: OwnRequest, number: str, document: str) -> HttpResponse:
    row = paper_or_404(request, number, document)
    shown = paper_of(row, owner=request.user)
    context = {
        "title": shown.type,
        "page_title": _("Your document"),
        "case": row.case,
        "paper": shown,
        "checking": shown.status is Status.CHECKING,
        "megabytes": settings.UPLOAD_MAX_MB,
    }
    return render(request, "documents/paper.html", context)
