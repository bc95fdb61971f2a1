"""Time missed on one day: a short journey of its own, asked once for every day, and the list that repeats it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from absences.journeys.engine import Facts, Item, Journey, ListStep, Row, Step, StepForm
from absences.journeys.need import LEAVE
from absences.journeys.setting import Setting
from absences.journeys.steps import FullDay, Hours, Times, already_reported, two_lines
from absences.rules import full_day_on
from cases.wording import when
from portal.lib.forms import DateField, NoteField, YesNoField
from portal.lib.wording import clock, duration, long_date, short_date, weekday


class DayForm(StepForm):
    date = DateField(
        label=_("What day have you or will you miss?"),
        heading=True,
        error_messages={
            "required": _("Enter the day"),
            "incomplete": _("The day must include a month, day and year"),
            "unreal": _("The day must be a real date"),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        date, window = self.fields["date"], self.setting.window
        assert isinstance(date, DateField)
        date.offer(window.earliest, window.latest)
        date.help_text = two_lines(date.help_text, self._days_that_may_be_entered())

    def _days_that_may_be_entered(self) -> SafeString:
        """The number to call stays on one line."""
        window = self.setting.window
        words = {"min": short_date(window.earliest), "max": short_date(window.latest), "phone": self.setting.phone}
        hint = gettext("You can enter %(min)s to %(max)s. For an earlier day, call %(phone)s.") % words
        return format_html('{}<span class="portal-phone">{}</span>{}', *hint.partition(self.setting.phone))

    def clean_date(self) -> dt.date:
        date: dt.date = self.cleaned_data["date"]
        if date > self.setting.window.latest:
            ahead = gettext("The day must be within the next %(days)s days")
            raise ValidationError(ahead % {"days": self.setting.days_ahead})
        if known := full_day_on(date, self.setting.reported):
            raise already_reported(known, self.setting)
        return date


class Date(Step):
    slug, part, button = "date", 2, _("Continue")
    form_class = DayForm
    template_name = "absences/day.html"

    @classmethod
    def way_out(cls, cleaned: Facts, setting: Setting) -> str:
        if cleaned["date"] < setting.window.earliest:
            return "late-leave"
        return "" if setting.serves(LEAVE, cleaned["date"]) else "your-agency"

    @classmethod
    def rows(cls, cleaned: Facts) -> Iterable[Row]:
        yield Row(gettext("Date"), long_date(cleaned["date"]))


class VisitForm(StepForm):
    visit = YesNoField(
        label=_("Was / Is this absence for a visit to a doctor’s office or other health care professional?"),
        heading=True,
        hints={"no": _("Choose no if you could not work but had no appointment.")},
        error_messages={"required": _("Select yes if this absence is for a visit")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visit"].help_text = in_words(self.facts)


class Visit(Step):
    slug, part, button = "visit", 2, _("Continue")
    form_class = VisitForm

    @classmethod
    def rows(cls, cleaned: Facts) -> Iterable[Row]:
        yield Row(gettext("Doctor visit"), gettext("Yes") if cleaned["visit"] else gettext("No"))


class NoteForm(StepForm):
    note = NoteField(
        label=_(
            "If there is any other information you would like to share about this absence request, please provide it"
            " here."
        ),
        heading=True,
        required=False,
        help_text=_("Do not put in more health details than you want to share."),
        error_messages={"too_long": _("Other information must be 1,000 characters or fewer")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        note = self.fields["note"]
        note.help_text = two_lines(in_words(self.facts), note.help_text)


class Note(Step):
    slug, part = "details", 2
    form_class = NoteForm

    @classmethod
    def rows(cls, cleaned: Facts) -> Iterable[Row]:
        yield Row(gettext("Other information"), cleaned["note"])


class AbsenceTime(Journey):
    steps = (Date, FullDay, Hours, Times, Visit, Note)


LAST_ANSWER = "note"  # a day that has it is complete


@dataclass(frozen=True)
class Added:
    """A day of this request, as the days beside it see it: it stands in no case yet."""

    date: dt.date
    full_day: bool
    start: dt.time | None
    end: dt.time | None
    case_number: str = ""


class DaysForm(StepForm):
    again = YesNoField(
        label=_("Do you want to add another day?"),
        error_messages={"required": _("Select yes if you want to add another day")},
    )

    def clean_again(self) -> bool:
        again: bool = self.cleaned_data["again"]
        if again and len(self.facts[Days.items_fact]) >= Days.most:
            most = gettext("You can add up to %(count)s days here. Call %(phone)s to add more")
            raise ValidationError(most % {"count": Days.most, "phone": self.setting.phone})
        return again

    @property
    def total(self) -> str:
        """“3 days, 20 hours in all”: of the days that are answered to their end. Two times on one date are one day."""
        return in_all([day for day in self.facts[Days.items_fact] if LAST_ANSWER in day])


class Days(ListStep):
    """Cleaned: `days`, the facts of every day by date."""

    slug, part = "days", 2
    form_class: ClassVar[type[StepForm]] = DaysForm
    question = _("Days you told us about")
    template_name = "absences/days.html"
    items_fact = "days"
    item_journey = AbsenceTime
    most = 100

    @classmethod
    def applies(cls, facts: Facts, setting: Setting) -> bool:
        return bool(facts.get("knows_days"))

    @classmethod
    def beside(cls, item: Facts, setting: Setting) -> Setting:
        added = Added(item["date"], item["full_day"], item.get("start"), item.get("end"))
        return replace(setting, reported=(*setting.reported, added))

    @classmethod
    def wants_more(cls, cleaned: Facts) -> bool:
        return bool(cleaned["again"])

    @classmethod
    def item_name(cls, item: Facts) -> str:
        return long_date(item["date"]) if "date" in item else gettext("a day without a date")

    @classmethod
    def lines(cls, item: Facts) -> tuple[str, ...]:
        return (time_missed(item), *_more(item))

    @classmethod
    def in_order(cls, items: Iterable[Item]) -> list[Item]:
        def place(item: Item) -> tuple[dt.date, dt.time]:
            return item.facts.get("date", dt.date.max), item.facts.get("start") or dt.time.min

        return sorted(items, key=place)

    @classmethod
    def rows(cls, cleaned: Facts) -> Iterable[Row]:
        """Their sum; the days themselves are `in_words`."""
        yield Row(gettext("Days missed"), in_all(cleaned[cls.items_fact]))


def in_words(day: Facts) -> str:
    """“Thursday, January 12, 2023, 8:00 AM to 10:00 AM (2 hours)”."""
    return when(date=day["date"], minutes=day["missed"], start=day.get("start"), end=day.get("end"))


def time_missed(day: Facts) -> str:
    """The same below its date: “10:00 PM to 6:00 AM Friday (8 hours)”."""
    length = {"length": duration(day["missed"])}
    if day["full_day"]:
        return gettext("Full day (%(length)s)") % length
    hours = {"start": clock(day["start"]), "end": clock(day["end"]), **length}
    if day["ends_on"] == day["date"]:
        return gettext("%(start)s to %(end)s (%(length)s)") % hours
    return gettext("%(start)s to %(end)s %(weekday)s (%(length)s)") % {**hours, "weekday": weekday(day["ends_on"])}


def _more(day: Facts) -> Iterable[str]:
    """What else was said of a day, a line each."""
    if day.get("clocks_change"):
        length = {"length": duration(day["missed"])}
        yield gettext("The clocks change this night, so this is %(length)s.") % length
    yield gettext("Doctor visit: yes") if day["visit"] else gettext("Doctor visit: no")
    if day["note"]:
        yield gettext("Other information: %(note)s") % {"note": day["note"]}


def in_all(days: Iterable[Facts]) -> str:
    """“3 days, 20 hours in all”. Two times on one date are one day."""
    days = list(days)
    count, minutes = len({day["date"] for day in days}), sum(day["missed"] for day in days)
    words = {"days": count, "length": duration(minutes)}
    return ngettext("%(days)s day, %(length)s in all", "%(days)s days, %(length)s in all", count) % words
