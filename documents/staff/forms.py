"""What staff are asked about papers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from documents.forms import LIMITS, PaperField
from documents.models import Document, DocumentType
from portal.lib.forms import ChoiceField, DateField, DigitsField, PortalForm, SelectField

LONGEST = dt.timedelta(days=366)  # between asking and the due date
Channel, Why = Document.Channel, Document.Why
TYPE_MESSAGES = {"required": gettext_lazy("Select a document type")}


class DueForm(PortalForm):
    """By which day a paper is wanted."""

    due_on = DateField(  # of a birth, the same words mean another day
        label=pgettext_lazy("of a document", "Due date"),
        error_messages={
            "required": pgettext_lazy("of a document", "Enter the due date"),
            "incomplete": pgettext_lazy("of a document", "The due date must include a month, day and year"),
            "unreal": pgettext_lazy("of a document", "The due date must be a real date"),
        },
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        self._first, self._last = today, today + LONGEST
        self.fields["due_on"].offer(self._first, self._last)  # type: ignore[attr-defined]  # a DateField

    def clean_due_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["due_on"]
        if day < self._first:
            raise forms.ValidationError(_("The due date must be today or later"))
        if day > self._last:
            raise forms.ValidationError(_("The due date must be within one year"))
        return day


class AskForm(DueForm):
    field_order = ("type", "due_on")
    type = SelectField(label=gettext_lazy("Document type"), error_messages=TYPE_MESSAGES)

    def __init__(self, *args: Any, types: list[DocumentType], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["type"].choices = _named(types)  # type: ignore[attr-defined]  # a SelectField


class AgainForm(DueForm):
    field_order = ("why", "due_on")
    why = ChoiceField(
        label=gettext_lazy("Why is a new copy needed?"),
        choices=[
            (Why.BLURRY, gettext_lazy("We could not read it")),
            (Why.PAGES, gettext_lazy("Some pages are missing")),
            (Why.UNSIGNED, gettext_lazy("It is not signed")),
            (Why.WRONG, gettext_lazy("It is a different document")),
        ],
        error_messages={"required": gettext_lazy("Select why a new copy is needed")},
    )


class AttachForm(PortalForm):
    """What came on another way than through the portal."""

    channel = ChoiceField(
        label=gettext_lazy("How did it come?"),
        choices=[(one, one.label) for one in (Channel.EMAIL, Channel.FAX, Channel.MAIL)],
        error_messages={"required": gettext_lazy("Select how it came")},
    )
    type = SelectField(label=gettext_lazy("Document type"), error_messages=TYPE_MESSAGES)
    file = PaperField(label=gettext_lazy("Choose file"), help_text=LIMITS)

    def __init__(self, *args: Any, types: list[DocumentType], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["type"].choices = _named(types)  # type: ignore[attr-defined]  # a SelectField


class PurposeForm(PortalForm):
    """Codes are kept in the access log."""

    purpose = ChoiceField(
        label=gettext_lazy("Why do you open this document?"),
        heading=True,
        choices=[
            ("review", gettext_lazy("To review it")),
            ("decide", gettext_lazy("To decide about the leave")),
            ("answer", gettext_lazy("To answer the employee or their provider")),
            ("check", gettext_lazy("To check the work of a colleague")),
        ],
        error_messages={"required": gettext_lazy("Select why you open this document")},
    )


class NumberForm(PortalForm):
    number = DigitsField(
        label=gettext_lazy("Case number"),
        lengths={10},
        error_messages={
            "required": gettext_lazy("Enter the case number"),
            "format": gettext_lazy("The case number must be 10 digits"),
        },
    )

    def unknown(self) -> None:
        """No leave of the viewer's agency has this number."""
        self.add_error("number", _("No leave in your agency has this case number. Check the number"))


def _named(types: list[DocumentType]) -> list[tuple[str, str]]:
    return [("", _("Select")), *((str(one.pk), one.name) for one in types)]
