"""The form every page is built on, and what all its fields share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, ClassVar, NamedTuple, Self

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from portal.lib.forms.renderer import PortalRenderer


class ErrorLink(NamedTuple):
    """One line of the error summary. `href` is empty when the error belongs to no field."""

    href: str
    text: str


class FollowUp(NamedTuple):
    """Which answer to which field makes a question apply."""

    field: str
    value: str


class PortalBoundField(forms.BoundField):
    """Names the hint, the error and whatever else describes the control."""

    @property
    def aria_describedby(self) -> str:
        ids = [getattr(self.field, "described_by", ""), super().aria_describedby]
        return " ".join(filter(None, ids))

    @property
    def applies_after(self) -> str:
        """The answer after which this question applies, less its full stop; empty when nothing need be said."""
        condition = getattr(self.field, "shown_when", None)
        if not condition or getattr(self.field, "grouped", False):
            return ""
        answers = {str(option.data["value"]): option.choice_label for option in self.form[condition.field]}
        return str(answers[condition.value]).removesuffix(".")


class PortalField(forms.Field):
    """What every field of the portal understands beside Django's own arguments.

    heading: the label or legend is the page's h1.
    shown_when: (field, value): a question that applies only after that answer; the form enforces it.
    grouped: it stands with others under a heading that says, once for all, after which answer they apply.
    described_by: the id of more text on the page that describes the control.
    error_messages: whole sentences under the keys of `default_error_messages`; another key is a TypeError.
    """

    default_error_messages: ClassVar[dict[str, Any]] = {"required": _("Enter an answer")}
    says_optional = True  # whether "(optional)" stands after the label when no answer is needed

    def __init__(
        self,
        *,
        heading: bool = False,
        shown_when: tuple[str, str] | None = None,
        grouped: bool = False,
        described_by: str = "",
        error_messages: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        if unused := set(error_messages or {}) - self._message_keys():
            raise TypeError(f"{type(self).__name__} has no rule for the messages {sorted(unused)}")
        super().__init__(error_messages=error_messages, **kwargs)
        self.heading = heading
        self.described_by = described_by
        self.shown_when = FollowUp(*shown_when) if shown_when else None
        self.grouped = grouped
        self.optional = self.says_optional and not self.required and not self.shown_when

    @classmethod
    def _message_keys(cls) -> set[str]:
        return {key for base in cls.__mro__ for key in getattr(base, "default_error_messages", {})}

    def refuse(self, key: str) -> forms.ValidationError:
        """The error to raise, with this field's sentence for `key`."""
        return forms.ValidationError(self.error_messages[key], code=key)

    def error_target(self, field_id: str, code: str) -> str:
        """The id of the control that the error summary leads to."""
        return self.widget.id_for_label(field_id) or field_id

    def html_names(self, name: str) -> list[str]:
        """Every name this field reads from a POST."""
        return [name]


class PortalForm(forms.Form):
    """A form whose rules run on the server alone: no `required` attributes, whole sentences, typed text kept.

    `today` is the civil date for the fields that judge by it. A subclass's `clean` calls `super().clean()` first.
    """

    default_renderer = PortalRenderer
    bound_field_class = PortalBoundField
    use_required_attribute = False

    def __init__(self, *args: Any, today: dt.date | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if hasattr(field, "today"):
                field.today = today
        self._defer_follow_ups()

    def _follow_ups(self) -> Iterator[tuple[str, PortalField, FollowUp]]:
        for name, field in self.fields.items():
            if isinstance(field, PortalField) and field.shown_when:
                yield name, field, field.shown_when

    def _defer_follow_ups(self) -> None:
        """A question that may not apply cannot be required before its condition is known."""
        self._required_if_shown = {name for name, field, _condition in self._follow_ups() if field.required}
        for name in self._required_if_shown:
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        for name, field, condition in self._follow_ups():
            if self[condition.field].data != condition.value:
                self.errors.pop(name, None)
                self.cleaned_data[name] = None
            elif name in self._required_if_shown and self.cleaned_data.get(name, "error") in field.empty_values:
                self.add_error(name, field.refuse("required"))
        return self.cleaned_data

    @property
    def heading(self) -> bool:
        """Whether a field's label is the page's h1."""
        return any(getattr(field, "heading", False) for field in self.fields.values())

    def html_names(self) -> list[str]:
        """Every name the form reads from a POST: what a draft keeps."""
        return [
            html_name
            for name, field in self.fields.items()
            for html_name in (
                field.html_names(self.add_prefix(name)) if isinstance(field, PortalField) else [self.add_prefix(name)]
            )
        ]

    def unchecked(self) -> Self:
        """This form as if it had not been sent: what was typed stays (never a password), no rule runs."""
        typed = {name: self[name].data for name in self.fields} if self.is_bound else {}
        self.initial = {**self.initial, **typed}
        self.is_bound, self.data, self.files = False, MultiValueDict(), MultiValueDict()
        self._errors = None
        self._bound_fields_cache.clear()  # type: ignore[attr-defined]  # bound fields keep the old initial value
        return self

    def error_links(self) -> list[ErrorLink]:
        """The lines of the error summary, in the order of the page."""
        links = [ErrorLink("", str(text)) for text in self.non_field_errors()]
        errors = self.errors.as_data()
        for name in [name for name in self.fields if name in errors]:
            links += self._links_to(name, errors[name])
        return links

    def _links_to(self, name: str, errors: list[forms.ValidationError]) -> Iterator[ErrorLink]:
        field, bound = self.fields[name], self[name]
        for error in errors:
            target = bound.auto_id
            if isinstance(field, PortalField):
                target = field.error_target(target, error.code or "")
            for text in error.messages:
                yield ErrorLink("" if bound.is_hidden else f"#{target}", str(text))
