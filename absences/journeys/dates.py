"""When a leave is taken: in one block or now and then, from when to when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from absences.journeys.engine import Facts, Row, Step, StepForm
from absences.journeys.need import LEAVE
from absences.journeys.setting import Setting
from absences.rules import months_after
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
        yield Row(gettext("One block of time"), gettext("Yes") if cleaned["continuous"] else gettext("No"))


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
        elif last >= months_after(first, self.setting.longest_leave_months):
            self.add_error("last_day", _("Leave can be 12 months at most in one request. Check your end date"))


class Period(Step):
    slug, part = "dates", 2
    form_class = PeriodForm
    question = _("When will you be out?")

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
