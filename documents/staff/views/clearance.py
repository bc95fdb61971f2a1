"""Liaisons file medical clearance on leaves of their agency that were found protected (R53), and see no other paper."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cases.models.case import Case
from documents.forms import FileForm
from documents.models import Document
from documents.staff.clearances import clearance_type, filed_by, is_protected
from documents.staff.forms import NumberForm
from documents.staff.scope import LIAISONS, StaffRequest, cases_of, for_case
from documents.staff.taking import Counter, take
from portal import language
from registration.access import staff_required
from registration.views.answers import PAGE_WITH_FORM, page, posted


@require_http_methods(PAGE_WITH_FORM)
@staff_required(*LIAISONS)
def find(request: StaffRequest) -> HttpResponse:
    if switched := language.switched(request):
        return switched
    form = NumberForm(posted(request))
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["number"]
        if cases_of(request).filter(number=number).exists():
            return redirect("documents:staff_clearance", number=number)
        form.unknown()
    context = {"title": _("Medical clearance"), "button": _("Find the case")}
    return page(request, "documents/staff/clearance_find.html", form, **context)


@csrf_exempt  # `take` checks the token, once the file has somewhere to go
@require_http_methods(PAGE_WITH_FORM)
@for_case(*LIAISONS)
def clearance(request: StaffRequest, case: Case) -> HttpResponse:
    context = {
        "title": _("Medical clearance"),
        "case": case,
        "back_url": reverse("documents:staff_clearance_find"),
        "filed": filed_by(request.user, case),
    }
    if not is_protected(case):
        return render(
            request, "documents/staff/clearance_not.html", context, status=409 if request.method == "POST" else 200
        )
    counter = Counter("documents/staff/clearance.html", FileForm, {}, context)
    taken = take(request, counter, case, type=clearance_type(), channel=Document.Channel.STAFF)
    if isinstance(taken, HttpResponse):
        return taken
    messages.success(request, _("We received the medical clearance and are checking the file."))
    return redirect("documents:staff_clearance", number=case.number)
