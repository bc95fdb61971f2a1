"""Adding to a case what came by email, fax or mail (R151)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cases.models.case import Case
from documents.models import DocumentType
from documents.staff.forms import AttachForm
from documents.staff.scope import READERS, StaffRequest, for_case
from documents.staff.taking import Counter, take
from registration.views.answers import PAGE_WITH_FORM


@csrf_exempt  # `take` checks the token, once the file has somewhere to go
@require_http_methods(PAGE_WITH_FORM)
@for_case(*READERS)
def attach(request: StaffRequest, case: Case) -> HttpResponse:
    back_url = reverse("documents:staff_papers", args=[case.number])
    context = {"title": _("Add a document that came in"), "case": case, "back_url": back_url}
    given = {"types": list(DocumentType.objects.filter(active=True))}
    taken = take(request, Counter("documents/staff/attach.html", AttachForm, given, context), case)
    if isinstance(taken, HttpResponse):
        return taken
    messages.success(request, _("We received the file and are checking it."))
    return redirect("documents:staff_papers", number=case.number)
