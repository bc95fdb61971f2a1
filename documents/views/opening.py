"""Reading a file of one's own: through the portal, never by an address of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from django.contrib import messages
from django.http import Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from documents.models import DocumentFile
from documents.opening import NotReleased, open_file
from documents.reconciling import report_lost
from documents.storage import Damaged, Missing, StorageAway
from documents.views.listing import OwnRequest, paper_or_404
from registration.access import employee_required


def as_attachment(file: DocumentFile, pieces: Iterator[bytes]) -> StreamingHttpResponse:
    """To be saved, never shown by the browser as a page of ours, whatever it holds. A photo comes as a PDF."""
    answer = StreamingHttpResponse(pieces, content_type="application/octet-stream")
    name = f"{PurePath(file.name).stem}.pdf"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@require_safe
@employee_required  # type: ignore[arg-type]  # a streamed answer is no HttpResponse to the stubs
def download(request: OwnRequest, number: str, document: str, file: str) -> HttpResponseBase:
    paper = paper_or_404(request, number, document)
    row = get_object_or_404(DocumentFile.objects.filter(document=paper), pk=file)
    if request.method == "HEAD" and row.is_released:
        return as_attachment(row, iter(()))  # nothing is read, so nobody has read it
    try:
        return as_attachment(row, open_file(row, viewer=request.user))
    except NotReleased:
        raise Http404 from None
    except (Missing, Damaged):
        report_lost(row)
        raise Http404 from None
    except StorageAway:
        messages.error(request, _("We cannot open the file at the moment. Try again in a few minutes."))
        return redirect("documents:paper", number=number, document=document)
