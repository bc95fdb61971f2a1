"""The two questions of an upload: what it is, and the file."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents import wording
from documents.intake import SealedFile
from documents.models import DocumentFile, DocumentType
from portal.lib.forms import ChoiceField, PortalField, PortalForm

ACCEPT = ".pdf,.jpg,.jpeg,.png,.heic,.heif,application/pdf,image/jpeg,image/png,image/heic,image/heif"


class TypeForm(PortalForm):
    type = ChoiceField(
        label=gettext_lazy("Choose document type"),
        heading=True,
        error_messages={"required": gettext_lazy("Select a document type")},
    )

    def __init__(self, *args: Any, types: list[DocumentType], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["type"]
        field.choices = [(str(one.pk), one.name) for one in types]  # type: ignore[attr-defined]  # a ChoiceField
        field.widget.hints = {str(one.pk): one.hint for one in types}


def _limits() -> str:
    return _("PDF, JPG, PNG or HEIC, up to %(mb)s MB. A clear photo of each page is fine.") % {
        "mb": settings.UPLOAD_MAX_MB
    }


class PaperInput(forms.FileInput):
    """The browser's own: a phone offers its camera and its photos."""

    template_name = "documents/file_input.html"


class PaperField(PortalField, forms.Field):
    """A file that `documents.receiving` has taken in, or refused with a reason."""

    widget = PaperInput
    default_error_messages: ClassVar[dict[str, Any]] = {"required": gettext_lazy("Choose a file")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs.update({"class": "usa-file-input portal-file-input", "accept": ACCEPT})

    def clean(self, value: Any) -> SealedFile:
        if not isinstance(value, SealedFile):
            raise self.refuse("required")
        if value.why and value.why != DocumentFile.Refusal.FAILED:  # that one is our storage's, and the page says more
            raise forms.ValidationError(said(value.why))
        return value


LIMITS = lazy(_limits, str)()


class FileForm(PortalForm):
    file = PaperField(label=gettext_lazy("Choose file"), help_text=LIMITS)


def takes_no_more() -> str:
    """Why a case that was cancelled takes no file, in one sentence."""
    return _("This case was cancelled, so you cannot add documents to it")


def said(why: DocumentFile.Refusal) -> str:
    """Why a file is not taken, in one sentence."""
    return wording.refusal(why, megabytes=settings.UPLOAD_MAX_MB)
