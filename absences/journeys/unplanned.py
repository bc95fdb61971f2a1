"""The day-to-day absence: one day or shift, one reason, seven questions at most."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from absences.journeys.engine import Facts, Journey, Row, Step, StepForm
from absences.journeys.more import MoreOfAbsence
from absences.journeys.need import DAY_TO_DAY, Need
from absences.journeys.reasons import ReasonField
from absences.journeys.setting import Setting
from absences.journeys.steps import OTHER, FullDay, Hours, Times, already_reported
from absences.rules import full_day_on
from portal.lib.forms import ChoiceField, DateField, TextField
from portal.lib.wording import long_date

WHO = {
    "myself": _("Myself"),
    "child": _("My Child"),
    "spouse": _("My Spouse"),
    "parent": _("My Parent"),
    OTHER: _("Other"),
}

REASONS = {
    "sick": _("Sick"),
    "doctor": _("Doctor’s visit"),
    "dentist": _("Dentist visit"),
    "caring": _("Caring for a sick family member"),
    "injury": _("Injury"),
    "test": _("Medical test or treatment"),
}

OVERTIME = {  # the codes are Absence.Overtime's
    "mandatory": _("Mandatory OT"),
    "voluntary": _("Voluntary OT"),
    "none": _("Not OT"),
}


def _choices(wording: dict[str, Any], *codes: str) -> list[tuple[str, Any]]:
    return [(code, wording[code]) for code in codes or wording]


class WhoForm(StepForm):
    who = ChoiceField(
        label=_("Who is this absence for?"),
        heading=True,
        choices=_choices(WHO),
        error_messages={"required": _("Select who this absence is for")},
    )
    relationship = TextField(
        label=_("Relationship"),
        shown_when=("who", OTHER),
        max_length=50,
        width="xl",
        error_messages={
            "required": _("Enter the relationship"),
            "too_long": _("Relationship must be 50 characters or fewer"),
        },
    )


class Who(Step):
    slug, part = "who", 1
    form_class = WhoForm
    template_name = "absences/who.html"

    @classmethod
    def rows(cls, cleaned: Facts) -> Iterable[Row]:
        answer = str(WHO[cleaned["who"]])
        if cleaned["who"] == OTHER:
            answer = gettext("Other: %(relationship)s") % {"relationship": cleaned["relationship"]}
        yield Row(gettext("Who is this for"), answer)


class DateForm(StepForm):
    """The tiles carry dates, so that "Today" still means the same day tomorrow. Cleaned: `date`."""

    day = ChoiceField(
        label=_("What is the date of the absence being reported?"),
        heading=True,
        error_messages={"required": _("Select the date of the absence")},
    )
    date = DateField(
        label=_("Date of the absence"),
        shown_when=("day", OTHER),
        error_messages={
            "required": _("Enter the date of the absence"),
            "incomplete": _("The date of the absence must include a month, day and year"),
            "unreal": _("The date of the absence must be a real date"),
        },
    )

    def __init__(self, data: Any = None, *, facts: Facts, setting: Setting) -> None:
        tiles = _tiles(setting)
        super().__init__(_as_another_date(data, tiles), facts=facts, setting=setting)
        day, date = self.fields["day"], self.fields["date"]
        assert isinstance(day, ChoiceField)
        assert isinstance(date, DateField)
        day.choices = [*tiles, (OTHER, _("Another date"))]
        day.help_text = gettext("Report each date on its own, up to %(days)s days ahead.") % {
            "days": setting.days_ahead
        }
        if setting.after_midnight:
            yesterday = (setting.today - dt.timedelta(days=1)).isoformat()
            day.widget.hints = {yesterday: _("Choose this if your shift began before midnight.")}
        date.offer(setting.window.earliest, setting.window.latest)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        day = cleaned.get("day")
        if day and day != OTHER:
            cleaned["date"] = dt.date.fromisoformat(day)
        if cleaned.get("date"):
            self._judge(cleaned["date"], "date" if day == OTHER else "day")
        return cleaned

    def _judge(self, date: dt.date, field: str) -> None:
        if date > self.setting.window.latest:
            ahead = gettext("The date of the absence must be within the next %(days)s days")
            self.add_error(field, ahead % {"days": self.setting.days_ahead})
        elif known := full_day_on(date, self.setting.reported):
            self.add_error(field, already_reported(known, self.setting))


def _tiles(setting: Setting) -> list[tuple[str, str]]:
    """The days within a tap, those outside the window left out."""
    labels = {0: gettext("Today, %(date)s"), 1: gettext("Tomorrow, %(date)s"), -1: gettext("Yesterday, %(date)s")}
    days = {setting.today + dt.timedelta(days=distance): label for distance, label in labels.items()}
    window = setting.window
    return [
        (day.isoformat(), label % {"date": long_date(day)})
        for day, label in days.items()
        if window.earliest <= day <= window.latest
    ]


def _as_another_date(data: Any, tiles: list[tuple[str, str]]) -> Any:
    """A day whose tile has gone, or one typed without choosing a tile, is "Another date"."""
    if data is None:
        return None
    day, typed = data.get("day", ""), data.get("date", "")
    if day in {OTHER, *(code for code, _label in tiles)} or not (day or typed):
        return data
    return MultiValueDict({"day": [OTHER], "date": [day or typed]})


class Date(Step):
    slug, part = "date", 1
    form_class = DateForm

    @classmethod
    def way_out(cls, cleaned: Facts, setting: Setting) -> str:
        if cleaned["date"] < setting.window.earliest:
            return "late"
        return "" if setting.serves(DAY_TO_DAY, cleaned["date"]) else "your-agency"

    @classmethod
    def rows(cls, cleaned: Facts) -> Iterable[Row]:
        yield Row(gettext("Date"), long_date(cleaned["date"]))


class ReasonForm(StepForm):
    """One reason, in the person's own words or as one of the usual ones, which its button sends at once as `usual`."""

    reason = ReasonField()

    def __init__(self, data: Any = None, *, facts: Facts, setting: Setting) -> None:
        usual = REASONS.get(data.get("usual", "")) if data is not None else None
        super().__init__(data if usual is None else {"reason": str(usual)}, facts=facts, setting=setting)

    def html_names(self) -> list[str]:
        return [*super().html_names(), "usual"]

    @property
    def usual_reasons(self) -> list[tuple[str, Any]]:
        return _choices(REASONS)


class Reason(Step):
    slug, part = "about", 2
    form_class = ReasonForm
    question = _("Reason for absence")
    template_name = "absences/about.html"

    @classmethod
    def rows(cls, cleaned: Facts) -> Iterable[Row]:
        yield Row(gettext("Reason"), cleaned["reason"])


class OvertimeForm(StepForm):
    overtime = ChoiceField(
        label=_("Is your absence for an overtime shift?"),
        heading=True,
        choices=_choices(OVERTIME),
        error_messages={"required": _("Select if this was an overtime shift")},
    )


class Overtime(Step):
    """Asked where the employer wants it (a ProceduralQuestion)."""

    slug, part = "overtime", 2
    form_class = OvertimeForm

    @classmethod
    def applies(cls, facts: Facts, setting: Setting) -> bool:
        return "overtime" in setting.questions

    @classmethod
    def rows(cls, cleaned: Facts) -> Iterable[Row]:
        yield Row(gettext("Overtime shift"), str(OVERTIME[cleaned["overtime"]]))


class DayToDay(Journey):
    steps = (Need, Who, Date, FullDay, Hours, Times, Reason, Overtime, MoreOfAbsence)
    parts = (_("Your absence"), _("Reason and shift"), _("Check and submit"))


def category(who: str) -> str:
    """Employee Sick or Family Sick (R132), from who the absence is for."""
    return "employee_sick" if who == "myself" else "family_sick"
