"""Steps that more than one journey asks."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from absences.journeys.engine import Facts, Row, Step, StepForm
from absences.journeys.setting import Setting
from absences.rules import LONG_MINUTES, MOST_MINUTES, Reported, anything_on, same_time
from cases.policy.schedules import NoTimePasses, Span, clocks_change, end_day, span
from portal.lib.forms import CheckField, ChoiceField, TextField, TimeField, YesNoField
from portal.lib.text import folded
from portal.lib.wording import clock, duration, long_date

OTHER = "other"
HOURS_TYPED = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{1,4})?")
MINUTES_TYPED = re.compile(r"[0-9]{1,3}")
HOW_TO_TYPE_A_DATE = _("Month, day, year. For example, 1/19/2023")
NOT_HOURS = _("Hours must be a number from 0 to 24")
NOT_MINUTES = _("Minutes must be a number from 0 to 59")


def two_lines(first: Any, second: Any) -> SafeString:
    """A hint of two sentences, one under the other."""
    return format_html("{}<br>{}", first, second)


def already_reported(known: Reported, setting: Setting) -> ValidationError:
    """The error that names the case in which this time stands, or the other entry of this request."""
    if not known.case_number:
        return _already_added(known)
    return ValidationError(
        gettext("You already reported %(date)s. See case %(case)s, or call %(phone)s to change it"),
        params={"date": long_date(known.date), "case": known.case_number, "phone": setting.phone},
        code="reported",
    )


def _already_added(known: Reported) -> ValidationError:
    if known.full_day or known.start is None or known.end is None:
        return ValidationError(
            gettext("You already added a full day for %(date)s"), params={"date": long_date(known.date)}, code="added"
        )
    hours = gettext("%(start)s to %(end)s") % {"start": clock(known.start), "end": clock(known.end)}
    return ValidationError(
        gettext("This time overlaps %(other)s on %(date)s"),
        params={"other": hours, "date": long_date(known.date)},
        code="added",
    )


class FullDayForm(StepForm):
    full_day = YesNoField(
        label=_("Was a full day of work missed or will be missed for this absence?"),
        heading=True,
        error_messages={"required": _("Select yes if you missed or will miss the full day")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["full_day"].help_text = long_date(self.facts["date"])

    def clean_full_day(self) -> bool:
        full_day: bool = self.cleaned_data["full_day"]
        known = anything_on(self.facts["date"], self.setting.reported) if full_day else None
        if known:
            raise already_reported(known, self.setting)
        return full_day


class FullDay(Step):
    slug, part, button = "full-day", 1, _("Continue")
    form_class = FullDayForm

    @classmethod
    def rows(cls, cleaned: Facts) -> Iterable[Row]:
        yield Row(gettext("Full day"), gettext("Yes") if cleaned["full_day"] else gettext("No"))


class HoursForm(StepForm):
    """Cleaned: `missed`, in minutes."""

    length = ChoiceField(
        label=_("How much time was missed or will be missed for this absence?"),
        heading=True,
        initial="own_day",
        error_messages={"required": _("Select how much time you missed or will miss")},
    )
    hours = TextField(
        label=_("Hours"),
        required=False,
        shown_when=("length", OTHER),
        inputmode="decimal",
        width="xs",
        max_length=20,
        error_messages={"too_long": NOT_HOURS, "hidden": NOT_HOURS},
    )
    minutes = TextField(
        label=_("Minutes"),
        required=False,
        shown_when=("length", OTHER),
        inputmode="numeric",
        width="xs",
        max_length=20,
        error_messages={"too_long": NOT_MINUTES, "hidden": NOT_MINUTES},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        length = self.fields["length"]
        length.help_text = long_date(self.facts["date"])
        length.choices = [("own_day", duration(self._own_day)), (OTHER, _("Other"))]  # type: ignore[attr-defined]  # base_fields are typed as plain Field

    @property
    def _own_day(self) -> int:
        return self.setting.day_minutes(self.facts["date"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("length") == "own_day":
            cleaned["missed"] = self._own_day
        elif cleaned.get("length") == OTHER and not self.errors:
            cleaned["missed"] = self._typed_length()
        return cleaned

    def _typed_length(self) -> int | None:
        hours, minutes = (folded(self.cleaned_data[name]) for name in ("hours", "minutes"))
        if not hours and not minutes:
            self.add_error("hours", _("Enter the hours or minutes"))
            return None
        length, extra = (
            _whole_minutes(hours or "0"),
            int(minutes or "0") if MINUTES_TYPED.fullmatch(minutes or "0") else -1,
        )
        if length is None or length > MOST_MINUTES or (length % 60 and extra > 0):
            self.add_error("hours", NOT_HOURS)
        elif not 0 <= extra <= 59:
            self.add_error("minutes", NOT_MINUTES)
        elif length + extra == 0:
            self.add_error("hours", _("Time missed must be more than 0"))
        elif length + extra > MOST_MINUTES:
            self.add_error("hours", _("Time missed must be 24 hours or less"))
        else:
            return length + extra
        return None


def _whole_minutes(hours: str) -> int | None:
    """Minutes of "7", "7.5" or "7,5" hours, rounded to the minute; None for anything else."""
    if not HOURS_TYPED.fullmatch(hours):
        return None
    return int((Decimal(hours.replace(",", ".")) * 60).to_integral_value(ROUND_HALF_UP))


class Hours(Step):
    """How long the full day was."""

    slug, part, button = "hours", 1, _("Continue")
    form_class = HoursForm

    @classmethod
    def applies(cls, facts: Facts, setting: Setting) -> bool:
        return bool(facts["full_day"])

    @classmethod
    def rows(cls, cleaned: Facts) -> Iterable[Row]:
        yield Row(gettext("Time missed"), duration(cleaned["missed"]))


class TimesForm(StepForm):
    """Cleaned: `missed`, in real minutes; `ends_on`, the date of the end; `clocks_change`."""

    start = TimeField(
        label=_("Start"),
        error_messages={
            "required": _("Enter the start time"),
            "unreal": _("The start time must be a time, like 8:00 AM"),
            "meridiem": _("Add AM or PM to the start time"),
        },
    )
    end = TimeField(
        label=_("End"),
        error_messages={
            "required": _("Enter the end time"),
            "unreal": _("The end time must be a time, like 8:00 AM"),
            "meridiem": _("Add AM or PM to the end time"),
        },
    )
    sure = CheckField()  # only beside a long time

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.missed = self._real_time()
        if self.missed and LONG_MINUTES < self.missed.minutes <= MOST_MINUTES:
            length = duration(self.missed.minutes)
            self.fields["sure"].label = gettext("Yes, %(length)s is right") % {"length": length}
        else:
            del self.fields["sure"]

    @property
    def clocks_may_change(self) -> bool:
        """Whether the wall clock says little about a stretch of time that starts on this date."""
        midnights = (self.facts["date"], self.facts["date"] + dt.timedelta(days=2))
        begins, ends = (dt.datetime.combine(day, dt.time(), tzinfo=self.setting.zone) for day in midnights)
        return begins.utcoffset() != ends.utcoffset()

    def _time(self, name: str) -> dt.time | None:
        try:
            time: dt.time | None = self.fields[name].to_python(self[name].data)
        except ValidationError:
            return None
        return time

    def _real_time(self) -> Span | None:
        start, end = self._time("start"), self._time("end")
        if start is None or end is None:
            return None
        try:
            return span(self.facts["date"], start, end, zone=self.setting.zone)
        except NoTimePasses:
            return None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.errors:
            return cleaned
        day, start, end = self.facts["date"], cleaned["start"], cleaned["end"]
        self._judge(day, start, end)
        if self.missed:
            cleaned["missed"] = self.missed.minutes
            cleaned["ends_on"] = end_day(day, start, end)
            cleaned["clocks_change"] = clocks_change(day, start, end, zone=self.setting.zone)
        return cleaned

    def _judge(self, day: dt.date, start: dt.time, end: dt.time) -> None:
        if start == end:
            self.add_error("end", _("Start and end time cannot be the same"))
        elif self.missed is None:
            self.add_error("end", _("The clocks skip this time. Enter a later end time"))
        elif self.missed.minutes > MOST_MINUTES:
            self.add_error("end", _("Time missed must be 24 hours or less"))
        elif known := same_time(day, start, end, self.setting.reported, zone=self.setting.zone):
            self.add_error("start", already_reported(known, self.setting))
        elif "sure" in self.fields and not self.cleaned_data["sure"]:
            length = {"length": duration(self.missed.minutes)}
            long = gettext("%(length)s is a long time. Change the times, or check “Yes, %(length)s is right”")
            self.add_error("sure", long % length)


class Times(Step):
    """When part of a day was missed."""

    slug, part, button = "times", 1, _("Continue")
    form_class = TimesForm
    question = _("What is the start and end time of your absence?")
    template_name = "absences/times.html"

    @classmethod
    def applies(cls, facts: Facts, setting: Setting) -> bool:
        return not facts["full_day"]

    @classmethod
    def rows(cls, cleaned: Facts) -> Iterable[Row]:
        start, end, length = clock(cleaned["start"]), clock(cleaned["end"]), duration(cleaned["missed"])
        lines = [gettext("%(start)s to %(end)s (%(length)s)") % {"start": start, "end": end, "length": length}]
        if cleaned["end"] <= cleaned["start"]:
            lines.append(gettext("Ends %(date)s") % {"date": long_date(cleaned["ends_on"])})
        if cleaned["clocks_change"]:
            lines.append(gettext("The clocks change this night, so this is %(length)s.") % {"length": length})
        yield Row(gettext("Time missed"), "\n".join(lines))
