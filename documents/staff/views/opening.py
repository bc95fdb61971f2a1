"""Opening a paper as staff: why first. The person whose paper it is reads who opened it."""

from __future__ import annotations

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.models.case import Case
from documents.models import DocumentFile
from documents.opening import NotReleased, open_file
from documents.reconciling import report_lost
from documents.staff.forms import PurposeForm
from documents.staff.scope import READERS, StaffRequest, acting_role, for_case, paper_or_404
from documents.storage import Damaged, Missing, StorageAway
from documents.views.opening import as_attachment
from registration.views.answers import PAGE_WITH_FORM, page, posted


@require_http_methods(PAGE_WITH_FORM)
@for_case(*READERS)
def open_paper(request: StaffRequest, case: Case, document: str, file: str) -> HttpResponseBase:
    paper = paper_or_404(case, document)
    row = get_object_or_404(DocumentFile.objects.filter(document=paper, state=DocumentFile.State.RELEASED), pk=file)
    form = PurposeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            role, purpose = acting_role(request, case), form.cleaned_data["purpose"]
            return as_attachment(row, open_file(row, viewer=request.user, role=role, purpose=purpose))
        except (Missing, Damaged):
            report_lost(row)
            messages.error(request, _("This file is not there any more."))
        except NotReleased:
            messages.error(request, _("This file is not there any more."))
        except StorageAway:
            messages.error(request, _("We cannot open the file at the moment. Try again in a few minutes."))
        return redirect("documents:staff_papers", number=case.number)
    context = {
        "title": _("Open a document"),
        "case": case,
        "paper": paper,
        "name": row.name,
        "back_url": reverse("documents:staff_papers", args=[case.number]),
    }
    return page(request, "documents/staff/open.html", form, **context)
