"""When a leave is taken: in one block or now and then, from when to when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from absences.journeys.engine import Facts, Row, Step, StepForm
from absences.journeys.need import LEAVE
from absences.journeys.setting import INTERMITTENT, LeaveOnRecord, Setting
from absences.journeys.steps import HOW_TO_TYPE_A_DATE, two_lines
from absences.rules import months_after
from cases.models.case import Case
from cases.wording import PATTERN
from portal.lib.forms import DateField, YesNoField
from portal.lib.wording import date_range, long_date


class PatternForm(StepForm):
    continuous = YesNoField(
        label=_(
            "Do you plan on taking a continuous absence, starting and ending on specific dates? Please select no if you"
            " plan on taking time off on intermittent intervals."
        ),
        heading=True,
        hints={
            "yes": _("One block of time off"),
            "no": _("Time off now and then (intermittent), such as for treatments or flare-ups"),
        },
        error_messages={"required": _("Select yes if you will be out for one block of time")},
    )


class Pattern(Step):
    slug, part = "schedule", 2
    form_class = PatternForm

    @classmethod
    def rows(cls, cleaned: Facts) -> Iterable[Row]:
        pattern = Case.Pattern.CONTINUOUS if cleaned["continuous"] else Case.Pattern.INTERMITTENT
        yield Row(gettext("Schedule"), str(PATTERN[pattern]))


class PeriodForm(StepForm):
    """Cleaned: `first_day`, `last_day`."""

    first_day = DateField(
        label=_("Start Date"),
        help_text=_("The first day you missed, or expect to miss"),
        error_messages={
            "required": _("Enter your start date"),
            "incomplete": _("Your start date must include a month, day and year"),
            "unreal": _("Your start date must be a real date"),
        },
    )
    last_day = DateField(
        label=_("End Date"),
        help_text=_("Your best guess is fine. You can change it later."),
        error_messages={
            "required": _("Enter your end date"),
            "incomplete": _("Your end date must include a month, day and year"),
            "unreal": _("Your end date must be a real date"),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        window = self.setting.leave_window
        assert window is not None
        latest = {"first_day": window.latest, "last_day": self._day_after(window.latest) - dt.timedelta(days=1)}
        for name, last in latest.items():
            field = self.fields[name]
            assert isinstance(field, DateField)
            field.offer(window.earliest, last)
            field.help_text = two_lines(field.help_text, HOW_TO_TYPE_A_DATE)

    def _day_after(self, first: dt.date) -> dt.date:
        """The first day that a leave which begins on `first` cannot reach."""
        return months_after(first, self.setting.longest_leave_months)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors:
            self._judge(cleaned["first_day"], cleaned["last_day"])
        return cleaned

    def _judge(self, first: dt.date, last: dt.date) -> None:
        assert self.setting.leave_window is not None
        if first > self.setting.leave_window.latest:
            self.add_error("first_day", _("Start date must be within the next 12 months"))
        elif last < first:
            self.add_error("last_day", _("End date must be the same as or after your start date"))
        elif last >= self._day_after(first):
            long = gettext("Leave can be %(months)s months at most in one request. Check your end date")
            self.add_error("last_day", long % {"months": self.setting.longest_leave_months})


class Period(Step):
    slug, part = "dates", 2
    form_class = PeriodForm
    question = _("When will you be out?")
    template_name = "absences/dates.html"

    @classmethod
    def applies(cls, facts: Facts, setting: Setting) -> bool:
        return bool(facts["continuous"])

    @classmethod
    def way_out(cls, cleaned: Facts, setting: Setting) -> str:
        assert setting.leave_window is not None
        if cleaned["first_day"] < setting.leave_window.earliest:
            return "late-leave"
        return "" if setting.serves(LEAVE, cleaned["first_day"]) else "your-agency"

    @classmethod
    def rows(cls, cleaned: Facts) -> Iterable[Row]:
        first, last = cleaned["first_day"], cleaned["last_day"]
        yield Row(gettext("Dates"), long_date(first) if first == last else date_range(first, last))


class KnowsDaysForm(StepForm):
    knows_days = YesNoField(
        label=_("Do you know the days you have missed or will miss?"),
        heading=True,
        help_text=_("You can add more days after your case is open."),
        error_messages={"required": _("Select yes if you know any of the days")},
    )


class KnowsDays(Step):
    slug, part = "days-known", 2
    form_class = KnowsDaysForm

    @classmethod
    def applies(cls, facts: Facts, setting: Setting) -> bool:
        return not facts["continuous"]

    @classmethod
    def rows(cls, cleaned: Facts) -> Iterable[Row]:
        if not cleaned["knows_days"]:
            yield Row(gettext("Days missed"), gettext("Days not known yet"))


def leaves_in_the_way(facts: Facts, setting: Setting) -> list[LeaveOnRecord]:
    """Open leaves that already cover some of the days asked for: the person is told, and may ask all the same."""
    if facts["continuous"]:
        asked = [(facts["first_day"], facts["last_day"])]
    else:
        asked = [(day["date"], day["date"]) for day in facts.get("days", ())]
    return [leave for leave in setting.open_leaves if any(_covers(leave, *days, setting) for days in asked)]


def _covers(leave: LeaveOnRecord, first: dt.date, last: dt.date, setting: Setting) -> bool:
    """Whether some of the days from `first` to `last` are the leave’s; an intermittent one has those reported on it."""
    if leave.pattern == INTERMITTENT:
        return any(known.case_number == leave.case_number and first <= known.date <= last for known in setting.reported)
    if leave.first_day is None or leave.last_day is None:
        return False
    return leave.first_day <= last and first <= leave.last_day
