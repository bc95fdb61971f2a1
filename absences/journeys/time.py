"""Time on an open leave that is taken now and then: the days of a leave and nothing else, checked on their list."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from absences.journeys.absence_time import Days
from absences.journeys.engine import Facts, Journey, Posted, StepForm
from absences.journeys.setting import Setting

ABSENCE_TIME = "absence_time"  # the journey


class ListedDays(StepForm):
    """Asks nothing: the list has buttons of its own for another day and for submitting."""


class TimeDays(Days):
    """Answered as soon as every day on it is."""

    part = 1
    form_class = ListedDays
    question = _("Submit new absence time")

    @classmethod
    def applies(cls, facts: Facts, setting: Setting) -> bool:
        return True

    @classmethod
    def form(cls, posted: Posted | None, facts: Facts, *, setting: Setting) -> StepForm:
        return super().form(posted or {}, facts, setting=setting)

    @classmethod
    def wants_more(cls, cleaned: Facts) -> bool:
        return False


class TimeOnCase(Journey):
    steps = (TimeDays,)
    parts = (_("Submit new absence time"), _("Check and submit"))
