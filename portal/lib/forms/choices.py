"""Questions answered by choosing."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.lib.forms.base import PortalField


class Radios(forms.RadioSelect):
    """Radio tiles, stacked; a hint may stand under each."""

    template_name = "components/radios.html"
    option_template_name = "components/radio.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hints: dict[str, Any] = {}
        self.tiles, self.columns = True, 1

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"].update(tiles=self.tiles, columns=self.columns)
        return context

    def create_option(self, name: str, value: Any, label: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, label, *args, **kwargs)
        option["hint"] = self.hints.get(str(value), "")
        option["tile"] = self.tiles
        return option


class OneOf(PortalField, forms.ChoiceField):
    """A code out of `choices`. A code that is not among them counts as no answer."""

    default_error_messages: ClassVar[dict[str, Any]] = {"required": _("Select an answer")}

    def validate(self, value: Any) -> None:
        if value in self.empty_values:
            if self.required:
                raise self.refuse("required")
        elif not self.valid_value(value):
            raise self.refuse("required")


class ChoiceField(OneOf):
    """Radio tiles. `choices` may be grouped under headings; `hints` maps a code to the line under its label.

    `columns=2` sets short tiles side by side.
    """

    widget = Radios

    def __init__(
        self,
        *,
        choices: Any = (),
        hints: dict[str, Any] | None = None,
        tiles: bool = True,
        columns: int = 1,
        **kwargs: Any,
    ) -> None:
        super().__init__(choices=choices, **kwargs)
        self.widget.hints, self.widget.tiles, self.widget.columns = hints or {}, tiles, columns

    def error_target(self, field_id: str, code: str) -> str:
        return f"{field_id}_0"


class YesNoField(ChoiceField):
    """True or False; None when optional and not answered. `hints` as {"yes": …, "no": …}, `choices` in other words."""

    ANSWERS: ClassVar = {"yes": True, "no": False}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"choices": [("yes", _("Yes")), ("no", _("No"))], **kwargs})

    def clean(self, value: Any) -> Any:
        return self.ANSWERS.get(super().clean(value))

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


class SelectField(OneOf):
    """A drop-down list."""

    widget = forms.Select

    def __init__(self, *, autocomplete: str = "off", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs.update({"class": "usa-select", "autocomplete": autocomplete})


class CheckField(PortalField, forms.BooleanField):
    """One checkbox. Not required unless said so."""

    says_optional = False
    default_error_messages: ClassVar[dict[str, Any]] = {"required": _("Check the box")}
    widget = forms.CheckboxInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, **kwargs})
        self.widget.attrs["class"] = "usa-checkbox__input"
