"""Staff hand a file in: the same way in as an employee's upload, so it is checked as theirs are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect

from cases.models.case import Case
from documents import asking, intake, receiving
from documents.forms import said, takes_no_more
from documents.models import Document, DocumentFile, DocumentType
from documents.receiving import Cancelled, Refused
from documents.staff.scope import StaffRequest
from portal.lib.forms import PortalForm

UNPROCESSABLE, TOO_LARGE, AWAY = 422, 413, 503


@dataclass(frozen=True)
class Counter:
    """A page on which files are handed in. `form` is its form's class, made with `given`; it has a field `file`."""

    template: str
    form: type[PortalForm]
    given: dict[str, Any]
    context: dict[str, Any]

    def blank(self) -> PortalForm:
        return self.form(**self.given)


def take(request: StaffRequest, counter: Counter, case: Case, **fixed: Any) -> HttpResponse | DocumentFile:
    """The page, also when the file is refused, or the file that was received.

    `fixed`: the type and the channel, where the page does not ask for them. Who asks and for what is settled before:
    from here on the body may be read, so the view is `csrf_exempt`, and the token is checked here.
    """
    if request.method == "POST" and intake.is_too_large(request):
        intake.drain(request)
        return _refused(request, counter, counter.blank(), said(DocumentFile.Refusal.SIZE), status=TOO_LARGE)
    received: list[DocumentFile] = []

    @csrf_protect
    def answer(request: HttpRequest) -> HttpResponse:
        form = (
            counter.form(request.POST, request.FILES, **counter.given) if request.method == "POST" else counter.blank()
        )
        if not form.is_bound or not form.is_valid():
            return _page(request, counter, form, status=UNPROCESSABLE if form.is_bound else 200)
        try:
            received.append(_received(case, form, by=request.user, **fixed))
        except Refused as refused:
            away = refused.why == DocumentFile.Refusal.FAILED
            told = _("We could not upload the file. Try again in a few minutes") if away else said(refused.why)
            return _refused(request, counter, form, told, status=AWAY if away else UNPROCESSABLE)
        except Cancelled:
            return _refused(request, counter, form, takes_no_more(), status=UNPROCESSABLE)
        return HttpResponse()

    with intake.taking(request):
        page = answer(request)
    return received[0] if received else page


def _received(case: Case, form: PortalForm, *, by: Any, **fixed: Any) -> DocumentFile:
    told = {**form.cleaned_data, **fixed}
    kind = told["type"] if isinstance(told["type"], DocumentType) else DocumentType.objects.get(pk=told["type"])
    return receiving.receive(
        case=case,
        type=kind,
        upload=told["file"],
        by=by,
        channel=Document.Channel(told["channel"]),
        request=asking.awaited(case, kind),
    )


def _refused(request: HttpRequest, counter: Counter, form: PortalForm, told: str, *, status: int) -> HttpResponse:
    if not form.is_bound:
        form = counter.form({}, **counter.given)
        form.errors.clear()
    form.add_error("file", told)
    return _page(request, counter, form, status=status)


def _page(request: HttpRequest, counter: Counter, form: PortalForm, *, status: int = 200) -> HttpResponse:
    context = {
        **counter.context,
        "form": form,
        "too_large": said(DocumentFile.Refusal.SIZE),
        "megabytes": settings.UPLOAD_MAX_MB,
    }
    return render(request, counter.template, context, status=status)
