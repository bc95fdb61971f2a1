"""Adding a paper to a case: what it is, then its file; more files of the same paper afterwards."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from cases.models.case import Case
from documents import intake, receiving
from documents.forms import FileForm, TypeForm, said, takes_no_more
from documents.models import Document, DocumentFile, DocumentType
from documents.receiving import FILES_A_PAPER, Cancelled, Closed, Refused, TooMany
from documents.status import may_change, open_request
from documents.views.arriving import NOT_KEPT, takes_a_file
from documents.views.listing import OwnRequest, leaves_of, paper_or_404
from portal import language
from portal.office.models import ContactRecord
from registration.access import employee_required

PAGE_WITH_FORM = ["GET", "HEAD", "POST"]
TYPE_TEMPLATE, FILE_TEMPLATE = "documents/type.html", "documents/file.html"
UNPROCESSABLE, TOO_LARGE, TOO_MANY, AWAY = 422, 413, 429, 503


@require_http_methods(PAGE_WITH_FORM)
@employee_required
def kind(request: OwnRequest, number: str) -> HttpResponse:
    case = get_object_or_404(leaves_of(request.user), number=number)
    form = TypeForm(request.POST if request.method == "POST" else None, types=list(_offered()))
    context = {
        "title": _("Choose document type"),
        "page_title": _("Add Document"),
        "button": _("Continue"),
        "case": case,
        "form": form,
    }
    if language.asked(request):
        return language.same_page(request, TYPE_TEMPLATE, {**context, "form": form.unchecked()})
    if request.method == "POST" and form.is_valid():
        return redirect("documents:file", number=number, type_id=form.cleaned_data["type"])
    return render(request, TYPE_TEMPLATE, context, status=UNPROCESSABLE if form.errors else 200)


@csrf_exempt  # `_take` checks the token, once the file has somewhere to go
@require_http_methods(PAGE_WITH_FORM)
@takes_a_file
@employee_required
def first_file(request: OwnRequest, number: str, type_id: str) -> HttpResponse:
    case = get_object_or_404(leaves_of(request.user), number=number)
    return _taking(request, case, get_object_or_404(_offered(), pk=type_id), None)


@csrf_exempt  # as above
@require_http_methods(PAGE_WITH_FORM)
@takes_a_file
@employee_required
def another_file(request: OwnRequest, number: str, document: str) -> HttpResponse:
    """One more page, or file, of a paper that nobody has looked at yet."""
    paper = paper_or_404(request, number, document)
    if not may_change(paper, request.user):
        raise Http404
    return _taking(request, paper.case, paper.type, paper)


def _offered() -> Any:
    return DocumentType.objects.filter(active=True)


def _taking(request: OwnRequest, case: Case, kind: DocumentType, paper: Document | None) -> HttpResponse:
    """Who asks and for what is settled: from here on the body may be read."""
    if request.method == "POST" and intake.is_too_large(request):
        return _page(request, case, kind, paper, said(DocumentFile.Refusal.SIZE), status=TOO_LARGE)
    with intake.taking(request):
        return _take(request, case, kind, paper)


@csrf_protect
def _take(request: OwnRequest, case: Case, kind: DocumentType, paper: Document | None) -> HttpResponse:
    if request.method != "POST":
        return _page(request, case, kind, paper)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, case, kind, paper, str(form.errors["file"][0]), status=UNPROCESSABLE)
    upload, asked = form.cleaned_data["file"], open_request(case, kind)
    try:
        file = receiving.receive(case=case, type=kind, upload=upload, by=request.user, request=asked, into=paper)
    except Refused as refused:
        return _refused(request, case, kind, paper, refused.why)
    except Closed:
        raise Http404 from None
    except Cancelled:
        return _page(request, case, kind, paper, takes_no_more(), status=UNPROCESSABLE)
    except TooMany:
        return _page(request, case, kind, paper, _full() if paper else _too_many(), status=TOO_MANY)
    messages.success(request, _("We received your %(type)s.") % {"type": kind.name})
    return redirect("documents:paper", number=case.number, document=file.document_id)


def _page(
    request: HttpRequest,
    case: Case,
    kind: DocumentType,
    paper: Document | None,
    problem: str = "",
    *,
    status: int = 200,
) -> HttpResponse:
    form = FileForm({}) if problem else FileForm()
    if problem:
        form.errors.clear()
        form.add_error("file", problem)
    context = {
        "title": _("Upload Document"),
        "form": form,
        "case": case,
        "kind": kind,
        "paper": paper,
        "not_kept": NOT_KEPT in request.GET and request.method != "POST",
        "too_large": said(DocumentFile.Refusal.SIZE),
        "megabytes": settings.UPLOAD_MAX_MB,
    }
    return render(request, FILE_TEMPLATE, context, status=status)


def _refused(
    request: HttpRequest, case: Case, kind: DocumentType, paper: Document | None, why: DocumentFile.Refusal
) -> HttpResponse:
    if why == DocumentFile.Refusal.FAILED:  # our storage, not the file
        return _page(request, case, kind, paper, _could_not(), status=AWAY)
    return _page(request, case, kind, paper, said(why), status=UNPROCESSABLE)


def _could_not() -> str:
    return _("We could not upload the file. Try again, or fax it to %(fax)s") % {
        "fax": ContactRecord.objects.get(pk=1).paper_fax
    }


def _too_many() -> str:
    return _("This case has had as many files as one day may bring. Try again tomorrow, or fax it to %(fax)s") % {
        "fax": ContactRecord.objects.get(pk=1).paper_fax
    }


def _full() -> str:
    return _("This document has %(n)s files, which is the most it can have. Upload the rest as another document") % {
        "n": FILES_A_PAPER
    }
