"""Questions answered with a time of day."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.lib.forms.base import PortalField
from portal.lib.text import folded

LONGEST_TYPED = 40  # characters
TYPED = re.compile(r"(?P<hour>[0-9]{1,2})(?::?(?P<minute>[0-9]{2}))?(?P<half>[ap]m?)?")
DIGITS_24 = re.compile(r"0[0-9]{3}")  # nobody who means the evening types this zero
CLOCK_24 = re.compile(r"([0-9]{2}):([0-9]{2})(?::[0-9]{2})?")
WORDS = {"noon": dt.time(12), "midnight": dt.time(0), "mediodía": dt.time(12), "medianoche": dt.time(0)}


class NoTime(ValueError):
    """The text names no time of day."""


class NoHalf(NoTime):
    """The text may mean the morning or the evening."""


def read_time(text: str) -> dt.time:
    """The wall time of "8:00 AM", "8am", "8:00 p. m.", "1330" or "noon". Raises NoHalf for "8:00", NoTime for "25:00".

    An hour from 13 to 23, and 0, need no AM or PM, and neither do four digits that begin with 0: "0800".
    """
    typed = folded(text)
    if typed in WORDS:
        return WORDS[typed]
    found = TYPED.fullmatch(re.sub(r"[\s.]", "", re.sub(r"(?<=[0-9])\.(?=[0-9])", ":", typed)))
    if not found:
        raise NoTime
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if hour > 23 or minute > 59:
        raise NoTime
    if DIGITS_24.fullmatch(typed):
        return dt.time(hour, minute)
    return dt.time(_hour_of_day(hour, (found["half"] or "")[:1], bare=found["minute"] is None), minute)


def _hour_of_day(hour: int, half: str, *, bare: bool) -> int:
    if not half:
        if 1 <= hour <= 12 or bare:
            raise NoHalf
        return hour
    if (half == "a" and hour > 12) or (half == "p" and hour == 0):
        raise NoTime
    if half == "a":
        return hour % 12
    return hour if hour > 12 else hour % 12 + 12


def typed_form(moment: dt.time) -> str:
    """How a person would type it: 8:00 AM."""
    return f"{moment.hour % 12 or 12}:{moment:%M} {'AM' if moment.hour < 12 else 'PM'}"


class TimeInput(forms.TextInput):
    """A text box and a hidden companion, `<name>_fmt`: "24" once a script made the box `type=time`: 08:00 is 8 AM."""

    template_name = "components/time_input.html"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        if data.get(f"{name}_fmt") != "24" or not isinstance(value, str):
            return value
        if found := CLOCK_24.fullmatch(value[:LONGEST_TYPED]):
            hour, minute = int(found[1]), int(found[2])
            if hour < 24 and minute < 60:
                return typed_form(dt.time(hour, minute))
        return value


class TimeField(PortalField):
    """A naive wall time."""

    widget = TimeInput
    default_error_messages: ClassVar[dict[str, Any]] = {
        "required": _("Enter the time"),
        "unreal": _("The time must be a time, like 8:00 AM"),
        "meridiem": _("Add AM or PM to the time"),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"help_text": _("Include AM or PM. For example, 8:00 AM"), **kwargs})
        self.widget.attrs.update({"class": "usa-input usa-input--md", "autocomplete": "off"})

    def to_python(self, value: Any) -> dt.time | None:
        if isinstance(value, dt.time) or value in self.empty_values:
            return value or None
        if not isinstance(value, str) or len(value) > LONGEST_TYPED:
            raise self.refuse("unreal")
        if not folded(value):
            return None
        try:
            return read_time(value)
        except NoHalf as error:
            raise self.refuse("meridiem") from error
        except NoTime as error:
            raise self.refuse("unreal") from error

    def prepare_value(self, value: Any) -> Any:
        return typed_form(value) if isinstance(value, dt.time) else value

    def html_names(self, name: str) -> list[str]:
        return [name, f"{name}_fmt"]
