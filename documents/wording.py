"""What a person is told about a paper: one whole sentence each."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.models import Document, DocumentFile

Refusal, Why = DocumentFile.Refusal, Document.Why

REFUSALS = {
    Refusal.TYPE: gettext_lazy("The file must be a PDF, JPG, PNG or HEIC"),
    Refusal.ZERO: gettext_lazy("The file is empty"),
    Refusal.PASSWORD: gettext_lazy("The file needs a password. Upload a copy with no password"),
    Refusal.VIRUS: gettext_lazy("The file may have a virus, so we did not keep it"),
    Refusal.ACTIVE: gettext_lazy("The file holds programs or other files. Upload a scan or a photo of the pages"),
    Refusal.DAMAGED: gettext_lazy("We could not open the file. Upload it again, or upload a photo of each page"),
    Refusal.LONG: gettext_lazy("The file has too many pages, or its picture is too large. Upload it in parts"),
    Refusal.FAILED: gettext_lazy("We could not check the file. Upload it again, or upload a photo of each page"),
}
AGAIN = {
    Why.BLURRY: gettext_lazy("Send a new copy (we could not read it)"),
    Why.PAGES: gettext_lazy("Send a new copy (some pages are missing)"),
    Why.UNSIGNED: gettext_lazy("Send a new copy (it is not signed)"),
    Why.WRONG: gettext_lazy("Send a new copy (it is a different document)"),
}


def refusal(why: DocumentFile.Refusal, *, megabytes: int) -> str:
    """Why a file was not accepted, and what to do. `megabytes`: the most a file may have."""
    if why == Refusal.SIZE:
        return _("The file must be smaller than %(mb)s MB") % {"mb": megabytes}
    return str(REFUSALS[why])


def again(why: Document.Why) -> str:
    """The status of a paper that could not be used."""
    return str(AGAIN[why])
