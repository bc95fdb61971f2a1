"""A birthdate, asked in three parts so that nobody scrolls a calendar through sixty years."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ImproperlyConfigured
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from portal.lib.forms.base import PortalField
from portal.lib.text import folded

PARTS = ("month", "day", "year")
LABELS = {"month": _("Month"), "day": _("Day"), "year": _("Year")}
LONGEST_PART = 20  # characters
YOUNGEST, OLDEST = 14, 110  # years


class BirthdateInput(forms.MultiWidget):
    """Posts <name>_month (1 to 12), <name>_day and <name>_year."""

    template_name = "components/birthdate_input.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        def box(part: str, size: str) -> forms.TextInput:
            return forms.TextInput(
                {"class": f"usa-input {size}", "inputmode": "numeric", "autocomplete": f"bday-{part}"}
            )

        months = [("", _("Select")), *((str(number), name) for number, name in MONTHS.items())]
        widgets: dict[str, forms.Widget | type[forms.Widget]] = {
            "month": forms.Select({"class": "usa-select", "autocomplete": "bday-month"}, choices=months),
            "day": box("day", "usa-input--2xs"),
            "year": box("year", "usa-input--xs"),
        }
        super().__init__(widgets, attrs)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for part, subwidget in zip(PARTS, context["widget"]["subwidgets"], strict=True):
            subwidget.update(part=part, label=LABELS[part])
        return context

    def decompress(self, value: Any) -> list[str]:
        return [str(value.month), str(value.day), str(value.year)] if isinstance(value, dt.date) else ["", "", ""]

    def id_for_label(self, id_: str) -> str:
        return ""


class BirthdateField(PortalField):
    """A date of birth. The form is given `today=`; ages under 14 and over 110 are taken for a slip of the finger."""

    widget = BirthdateInput
    today: dt.date | None = None
    default_error_messages: ClassVar[dict[str, Any]] = {
        "required": _("Enter your birthdate"),
        "month": _("Your birthdate must include a month"),
        "day": _("Your birthdate must include a day"),
        "year": _("Your birthdate must include a year"),
        "unreal": _("Your birthdate must be a real date"),
        "future": _("Your birthdate must be in the past"),
        "check_year": _("Check the year of your birthdate"),
    }

    def to_python(self, value: Any) -> dt.date | None:
        parts = [part if isinstance(part, str) else "" for part in value or ()]
        if any(len(part) > LONGEST_PART for part in parts):
            raise self.refuse("unreal")
        typed = dict(zip(PARTS, map(folded, parts), strict=False))
        if not any(typed.values()):
            return None
        for part in PARTS:
            if not typed.get(part):
                raise self.refuse(part)
        return self._date(typed)

    def _date(self, typed: dict[str, str]) -> dt.date:
        if not all(part.isascii() and part.isdecimal() for part in typed.values()):
            raise self.refuse("unreal")
        if len(typed["year"]) == 2:  # 1925 or 2025? Ask, do not guess.
            raise self.refuse("check_year")
        try:
            return dt.date(int(typed["year"]), int(typed["month"]), int(typed["day"]))
        except (ValueError, OverflowError) as error:
            raise self.refuse("unreal") from error

    def validate(self, value: dt.date | None) -> None:
        super().validate(value)
        if value is None:
            return
        if self.today is None:
            raise ImproperlyConfigured("a form with a birthdate needs today=")
        if value >= self.today:
            raise self.refuse("future")
        if not YOUNGEST <= _age(value, self.today) <= OLDEST:
            raise self.refuse("check_year")

    def error_target(self, field_id: str, code: str) -> str:
        position = {"day": 1, "year": 2, "check_year": 2, "future": 2}.get(code, 0)
        return f"{field_id}_{position}"

    def html_names(self, name: str) -> list[str]:
        return [f"{name}_{part}" for part in PARTS]


def _age(born: dt.date, today: dt.date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
