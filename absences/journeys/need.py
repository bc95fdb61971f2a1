"""The first question of every request: what is needed, and so which journey it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from absences.journeys.engine import Facts, Row, Step, StepForm
from absences.journeys.setting import Setting
from portal.lib.forms import ChoiceField

DAY_TO_DAY, LEAVE = "day_to_day", "leave"  # journeys
ELSEWHERE = "other"
NEEDS = {
    "day_to_day": _(
        "I need to report a day-to-day sick absence or medical appointment not related to an FMLA, PFML or other"
        " protected leave policy case"
    ),
    "own_health": _("I am ill or injured (continuous or intermittent medical leave)"),
    "family_health": _("A family member is ill or injured (continuous or intermittent medical leave)"),
    "pregnancy": _("I am pregnant / expecting"),
    "bonding": _("I am bonding with a child"),
    ELSEWHERE: _("Other"),
}


def journey_of(need: str) -> str:
    """The journey that asks the rest."""
    return DAY_TO_DAY if need == "day_to_day" else LEAVE


def belongs_elsewhere(need: str, journey: str) -> bool:
    """Whether another journey than this asks the rest."""
    return need != ELSEWHERE and journey_of(need) != journey


def _choices(*codes: str) -> list[tuple[str, Any]]:
    return [(code, NEEDS[code]) for code in codes]


class NeedForm(StepForm):
    need = ChoiceField(
        label=_("What do you need?"),
        heading=True,
        choices=[
            (_("Do you need to report a day-to-day absence?"), _choices("day_to_day")),
            (
                _("Do you need a protected absence related to FMLA, PFML or other protected leave policy?"),
                _choices("own_health", "family_health", "pregnancy", "bonding", ELSEWHERE),
            ),
        ],
        hints={ELSEWHERE: _("Military family leave, small necessities leave, or anything else")},
        error_messages={"required": _("Select what you need")},
    )


class Need(Step):
    """Asked before there is a draft; changed like any other answer."""

    slug, part = "type", 1
    form_class = NeedForm
    template_name = "absences/type.html"

    @classmethod
    def way_out(cls, cleaned: Facts, setting: Setting) -> str:
        if cleaned["need"] == ELSEWHERE:
            return "other"
        return "" if setting.serves(journey_of(cleaned["need"]), setting.today) else "your-agency"

    @classmethod
    def rows(cls, cleaned: Facts) -> Iterable[Row]:
        day_to_day = cleaned["need"] == "day_to_day"
        answer = gettext("Day-to-day absence") if day_to_day else str(NEEDS[cleaned["need"]])
        yield Row(gettext("Type of request"), answer)
