"""Questions answered in digits: a ZIP code, an employee number, a code, a telephone number."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal.lib import phone
from portal.lib.forms.text import TextField
from portal.lib.text import folded

LONGEST_TYPED = 60  # characters, punctuation included


class DigitsField(TextField):
    """Digits alone, as a string: spaces and dashes are dropped, zeros kept. `lengths`: how many may stand there."""

    default_error_messages: ClassVar[dict[str, Any]] = {"format": _("Enter digits only")}

    clean_text = staticmethod(folded)

    def __init__(self, *, lengths: Collection[int], **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST_TYPED, **{"inputmode": "numeric", "width": "md", **kwargs})
        self.lengths = frozenset(lengths)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        digits = "".join(char for char in text if char not in " -‐–")
        if text and not (digits.isascii() and digits.isdecimal() and len(digits) in self.lengths):
            raise self.refuse("format")
        return digits


class PhoneField(TextField):
    """E.164 ("+14135550123") of a number we may send to (`settings.PHONE_COUNTRIES`), typed with any punctuation.

    A form with a country beside it sets `country` before it is cleaned.
    """

    widget = forms.TextInput
    default_error_messages: ClassVar[dict[str, Any]] = {
        "required": _("Enter your phone number"),
        "format": _("Your phone number must have 10 digits"),
        "refused": _("We cannot use this number. Use a different number"),
    }
    clean_text = staticmethod(folded)
    country = "US"

    def __init__(self, **kwargs: Any) -> None:
        kwargs = {"help_text": _("For example, 413-555-0123"), "autocomplete": "tel", "width": "lg", **kwargs}
        super().__init__(max_length=LONGEST_TYPED, **kwargs)
        self.widget.input_type = "tel"

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if not text:
            return ""
        try:
            return phone.parse(text, self.country, countries=settings.PHONE_COUNTRIES)
        except phone.NotAllowed as error:
            raise self.refuse("refused") from error
        except phone.PhoneError as error:
            raise self.refuse("format") from error

    def prepare_value(self, value: Any) -> Any:
        """A stored number is shown as people write it."""
        return (
            phone.readable(value)
            if isinstance(value, str) and value.startswith("+1") and value[1:].isdigit()
            else value
        )
