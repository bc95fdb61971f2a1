"""Taking back a paper that nobody has looked at yet. It always asks first."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents.models import Document
from documents.services import take_back
from documents.status import paper_of
from documents.views.listing import OwnRequest, paper_or_404
from portal.lib import clock
from registration.access import employee_required


@require_http_methods(["GET", "HEAD", "POST"])
@employee_required
def remove(request: OwnRequest, number: str, document: str) -> HttpResponse:
    row = paper_or_404(request, number, document)
    shown = paper_of(row, owner=request.user)
    if request.method == "POST" or not shown.may_change:
        removed = shown.may_change and take_back(document=row, by=request.user, now=clock.now())
        if removed:
            messages.success(request, _("We removed your document."))
        elif row.channel != Document.Channel.PORTAL:
            messages.info(request, _("Staff added this document, so you cannot remove it."))
        else:
            messages.info(request, _("This document cannot be removed any more, because we have looked at it."))
        return redirect("cases:case", number=number)
    context = {"title": _("Remove this document?"), "page_title": _("Your document"), "case": row.case, "paper": shown}
    return render(request, "documents/remove.html", context)
