"""Asking for a paper, and taking that back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.models.case import Case
from documents import asking
from documents.models import DocumentRequest, DocumentType
from documents.staff.forms import AskForm
from documents.staff.scope import READERS, StaffRequest, for_case
from portal import language
from portal.lib import clock
from portal.lib.forms import PortalForm
from portal.lib.wording import long_date
from registration.views.answers import PAGE_WITH_FORM, page, posted

FORM = "documents/staff/form.html"


@require_http_methods(PAGE_WITH_FORM)
@for_case(*READERS)
def ask(request: StaffRequest, case: Case) -> HttpResponse:
    if switched := language.switched(request):
        return switched
    types = list(DocumentType.objects.filter(active=True))
    form = AskForm(posted(request), types=types, today=clock.today())
    if request.method == "POST" and form.is_valid():
        kind = next(one for one in types if str(one.pk) == form.cleaned_data["type"])
        if _asked(request, case, kind, form):
            return redirect("documents:staff_papers", number=case.number)
    context = {
        "title": _("Ask for a document"),
        "case": case,
        "button": _("Ask for a document"),
        "effect": _("The employee gets a message now, and a reminder three days before the due date."),
        "back_url": reverse("documents:staff_papers", args=[case.number]),
    }
    return page(request, FORM, form, **context)


def _asked(request: StaffRequest, case: Case, kind: DocumentType, form: AskForm) -> bool:
    """False where the form says why not."""
    due_on = form.cleaned_data["due_on"]
    try:
        asking.ask(case=case, kind=kind, due_on=due_on, by=request.user, now=clock.now())
    except asking.AlreadyAsked as standing:
        told = _("This document is already asked for by %(date)s. Withdraw that first")
        form.add_error("type", told % {"date": long_date(standing.request.due_on)})
        return False
    except asking.Ended:
        messages.error(request, _("This case has ended. Nothing was asked for."))
        return True
    messages.success(
        request, _("We asked for “%(type)s” by %(date)s.") % {"type": kind.name, "date": long_date(due_on)}
    )
    return True


@require_http_methods(PAGE_WITH_FORM)
@for_case(*READERS)
def withdraw(request: StaffRequest, case: Case, asked: str) -> HttpResponse:
    """What will happen, and a button; then it happens."""
    row = get_object_or_404(DocumentRequest.objects.filter(case=case).select_related("type"), pk=asked)
    if switched := language.switched(request):
        return switched
    if request.method == "POST":
        if asking.withdraw(request=row, now=clock.now()):
            messages.success(request, _("We no longer ask for “%(type)s.”") % {"type": row.type.name})
        else:
            messages.info(request, _("Nothing was changed: it came, or was withdrawn, meanwhile."))
        return redirect("documents:staff_papers", number=case.number)
    if row.withdrawn_at or row.met_by_id:
        raise Http404
    context = {
        "title": _("Stop asking for this document?"),
        "form": PortalForm(),
        "case": case,
        "button": _("Yes, stop asking for it"),
        "effect": _("“%(type)s,” due %(date)s") % {"type": row.type.name, "date": long_date(row.due_on)},
        "back_url": reverse("documents:staff_papers", args=[case.number]),
    }
    return render(request, FORM, context)
