"""Questions answered with a date, month first."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, ClassVar

from django import forms
from django.forms.widgets import Script
from django.utils.translation import gettext_lazy as _

from portal.lib.forms.base import PortalField
from portal.lib.text import folded

LONGEST_TYPED = 60  # characters
FIRST_YEAR, LAST_YEAR = 1900, 2199
CENTURY = 2000  # of a year typed with two digits
MONTH_NAMES = (
    ("january", "enero"),
    ("february", "febrero"),
    ("march", "marzo"),
    ("april", "abril"),
    ("may", "mayo"),
    ("june", "junio"),
    ("july", "julio"),
    ("august", "agosto"),
    ("september", "septiembre", "setiembre", "sept"),
    ("october", "octubre"),
    ("november", "noviembre"),
    ("december", "diciembre"),
)
MONTHS = {
    spelling: number for number, names in enumerate(MONTH_NAMES, 1) for name in names for spelling in (name, name[:3])
}
FILLERS = frozenset({"de", "del", "of"})
SEPARATORS = re.compile(r"[\s,./\-‐–]+")
DAY = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|º)?")
EIGHT_DIGITS = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})")


class NoDate(ValueError):
    """The text names no day of the calendar."""


class PartMissing(NoDate):
    """The text lacks a month, a day or a year."""


def read_date(text: str) -> dt.date:
    """The day that "1/19/2023", "01-19-23", "01192023", "Jan 19 2023", "19 de enero de 2023" or "2023-01-19" names.

    Numbers are read month first, unless a year of four digits leads. Raises PartMissing or NoDate.
    """
    typed = folded(text)
    if eight := EIGHT_DIGITS.fullmatch(typed):
        return _date(eight[3], eight[1], eight[2])
    parts = [part for part in SEPARATORS.split(typed) if part and part not in FILLERS]
    if not parts or not all(
        part in MONTHS or DAY.fullmatch(part) or re.fullmatch(r"[0-9]{1,4}", part) for part in parts
    ):
        raise NoDate
    if len(parts) < 3:
        raise PartMissing
    if len(parts) > 3:
        raise NoDate
    return _date(*_year_month_day(parts))


def _year_month_day(parts: list[str]) -> tuple[str, str, str]:
    first, second, third = parts
    if len(first) == 4 and first.isdigit():
        return first, second, third
    if second in MONTHS:
        return third, second, first
    return third, first, second


def _date(year: str, month: str, day: str) -> dt.date:
    day_found = DAY.fullmatch(day)
    if not day_found or not year.isdigit() or not (month in MONTHS or month.isdigit()):
        raise NoDate
    number = int(year) + (CENTURY if len(year) == 2 else 0)
    if not FIRST_YEAR <= number <= LAST_YEAR:
        raise NoDate
    try:
        return dt.date(number, MONTHS.get(month) or int(month), int(day_found[1]))
    except ValueError as error:
        raise NoDate from error


def typed_form(day: dt.date) -> str:
    """How a person would type it: 1/19/2023."""
    return f"{day.month}/{day.day}/{day.year}"


class DateInput(forms.TextInput):
    """A text box; a script adds a calendar (mouse) or makes it `type=date` (touch)."""

    template_name = "components/date_input.html"

    class Media:
        js = (Script("vendor/uswds/js/uswds.min.js", defer=True),)


class DateField(PortalField):
    """A date. `earliest` and `latest` bound the calendar a script may offer; what is allowed is the form's to say."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "required": _("Enter the date"),
        "incomplete": _("The date must include a month, day and year"),
        "unreal": _("The date must be a real date"),
    }
    widget = DateInput

    def __init__(self, *, earliest: dt.date | None = None, latest: dt.date | None = None, **kwargs: Any) -> None:
        super().__init__(**{"help_text": _("Month, day, year. For example, 1/19/2023"), **kwargs})
        self.widget.attrs.update({"class": "usa-input usa-input--lg", "autocomplete": "off", "data-date": "1"})
        self.offer(earliest, latest)

    def offer(self, earliest: dt.date | None, latest: dt.date | None) -> None:
        """Bound the calendar."""
        for name, day in (("data-earliest", earliest), ("data-latest", latest)):
            if day:
                self.widget.attrs[name] = day.isoformat()

    def to_python(self, value: Any) -> dt.date | None:
        if isinstance(value, dt.date) or value in self.empty_values:
            return value or None
        if not isinstance(value, str) or len(value) > LONGEST_TYPED:
            raise self.refuse("unreal")
        if not folded(value):
            return None
        try:
            return read_date(value)
        except PartMissing as error:
            raise self.refuse("incomplete") from error
        except NoDate as error:
            raise self.refuse("unreal") from error

    def prepare_value(self, value: Any) -> Any:
        return typed_form(value) if isinstance(value, dt.date) else value
