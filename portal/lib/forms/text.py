"""Questions answered in words: names, notes, an e-mail address, a password."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from portal.lib import text as cleaning
from portal.lib.forms.base import PortalField

NAME_LENGTH, NOTE_LENGTH, EMAIL_LENGTH = 128, 1000, 254
PASSWORD_LENGTH = 1000  # far above any rule; keeps hashing a megabyte out of reach


class TextField(PortalField):
    """One line. `width` is a USWDS input width: 2xs, xs, sm, md, lg, xl or 2xl."""

    widget: type[forms.Widget] = forms.TextInput
    css_class = "usa-input"
    default_error_messages: ClassVar[dict[str, Any]] = {
        "too_long": _("Your answer is too long. Make it shorter"),
        "hidden": _("This has a hidden character we cannot read. Type it again"),
    }
    clean_text = staticmethod(cleaning.one_line)

    def __init__(
        self,
        *,
        max_length: int = 100,
        width: str = "",
        autocomplete: str = "off",
        inputmode: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.max_length = max_length
        wanted = {
            "class": f"{self.css_class} usa-input--{width}" if width else self.css_class,
            "autocomplete": autocomplete,
            "inputmode": inputmode,
        }
        self.widget.attrs.update({name: value for name, value in wanted.items() if value})

    def to_python(self, value: Any) -> str:
        raw = value if isinstance(value, str) else ""
        if len(raw) > 4 * self.max_length + 100:  # a decomposed letter takes up to three; nothing longer is looked at
            raise self.refuse("too_long")
        try:
            text = self.clean_text(raw)
        except cleaning.Unprintable as error:
            raise self.refuse("hidden") from error
        if len(text) > self.max_length:
            raise self.refuse("too_long")
        return text


class NameField(TextField):
    """A person's name: any letters, marks and spaces; the case is kept."""

    default_error_messages: ClassVar[dict[str, Any]] = {"too_long": _("The name must be 128 characters or fewer")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=NAME_LENGTH, **{"width": "xl", **kwargs})
        self.widget.attrs["spellcheck"] = "false"


class NoteField(TextField):
    r"""Several lines, joined by \n."""

    widget = forms.Textarea
    css_class = "usa-textarea"
    clean_text = staticmethod(cleaning.lines)
    default_error_messages: ClassVar[dict[str, Any]] = {"too_long": _("Your answer must be 1,000 characters or fewer")}

    def __init__(self, *, max_length: int = NOTE_LENGTH, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)
        self.widget.attrs.update(
            {
                "rows": "5",
                "data-max-characters": str(max_length),
                "data-left": _("Characters left: {n}"),
                "data-over": _("Characters over the limit: {n}"),
            }
        )


class EmailField(TextField):
    widget = forms.EmailInput
    default_error_messages: ClassVar[dict[str, Any]] = {
        "required": _("Enter your email address"),
        "format": _("Enter your email address in the correct format, like name@example.com"),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=EMAIL_LENGTH, **{"width": "xl", "autocomplete": "email", **kwargs})
        self.widget.attrs["spellcheck"] = "false"

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if text in self.empty_values:
            return ""
        try:
            validate_email(text)
        except ValidationError as error:
            raise self.refuse("format") from error
        if text.rpartition("@")[2].startswith("["):  # an address of a machine, by number
            raise self.refuse("format")
        return text


class PasswordField(TextField):
    """Exactly what was typed. Never trimmed, never shown again."""

    widget = forms.PasswordInput
    default_error_messages: ClassVar[dict[str, Any]] = {"required": _("Enter a password")}

    def __init__(self, *, autocomplete: str, **kwargs: Any) -> None:
        super().__init__(max_length=PASSWORD_LENGTH, autocomplete=autocomplete, **{"width": "xl", **kwargs})
        self.widget.attrs.update({"autocapitalize": "none", "spellcheck": "false"})

    @staticmethod
    def clean_text(text: str) -> str:
        cleaning.refuse_unprintable(text)
        return text


class HiddenField(TextField):
    """A value that travels with the form: a version, a token."""

    widget = forms.HiddenInput
    css_class = ""
