"""How the leave is paid and whether work caused it: questions the employer turns on (ProceduralQuestion)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from absences.journeys.engine import Facts, Row, Step, StepForm
from absences.journeys.setting import Setting
from portal.lib.forms import ChoiceField, YesNoField

DASH = " – "  # in every language between an option's name and what it means
PAY = {
    # Translators: keep the dash with its spaces; what stands before it is also shown alone
    "employer": _(
        "Employer Paid – employee only uses their accrued sick and/or other accrued balance (ex. comp, personal,"
        " vacation) for duration of the leave"
    ),
    # Translators: keep the dash with its spaces; what stands before it is also shown alone
    "dfml": _(
        "DFML Only – during PFML leave only, employee would apply and receive pay through the DFML and is unpaid with"
        " their agency"
    ),
    # Translators: keep the dash with its spaces; what stands before it is also shown alone
    "employer_then_dfml": _(
        "Employer Paid to DFML – during PFML leave only, employee uses their accrued sick pay up to the allowed time"
        " under the reason or other accrued time, and also apply & receive pay through the DFML benefit upon"
        " completion of accrued time"
    ),
    # Translators: keep the dash with its spaces; what stands before it is also shown alone
    "unpaid": _(
        "Unpaid – employee does not receive any pay from their agency nor from the Department of Family and Medical"
        " Leave (DFML) for time off"
    ),
    "unsure": _("I am not sure yet"),
}
NOT_DONE_HERE = _("You must also apply to DFML. This request does not do that.")
PAID_BY_DFML = ("dfml", "employer_then_dfml")


def pay_name(code: str) -> str:
    """“Employer Paid”: an option without its definition."""
    return str(PAY[code]).partition(DASH)[0]


def _tile(code: str) -> str:
    name, dash, meaning = str(PAY[code]).partition(DASH)
    return format_html("<strong>{}</strong>{}{}", name, dash, meaning)


class PayForm(StepForm):
    pay = ChoiceField(
        label=_("How do you plan to be paid during your leave of absence?"),
        heading=True,
        hints={**dict.fromkeys(PAID_BY_DFML, NOT_DONE_HERE), "unsure": _("We will ask you again when we call.")},
        error_messages={"required": _("Select how you plan to be paid")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pay = self.fields["pay"]
        assert isinstance(pay, ChoiceField)
        pay.choices = [(code, _tile(code)) for code in PAY]
        note = gettext(
            "(NOTE: It is important for you to talk to your agency’s %(admin)s Liaison/HR department about which of"
            " these payment mechanisms is the right choice for you and agree to an option with them to minimize"
            " disruption to your payroll and/or benefits.)"
        )
        pay.help_text = note % {"admin": self.setting.admin_name}


class Pay(Step):
    slug, part = "pay", 3
    form_class = PayForm
    template_name = "absences/pay.html"

    @classmethod
    def applies(cls, facts: Facts, setting: Setting) -> bool:
        return "pay" in setting.questions

    @classmethod
    def rows(cls, cleaned: Facts) -> Iterable[Row]:
        lines = [pay_name(cleaned["pay"])]
        if cleaned["pay"] in PAID_BY_DFML:
            lines.append(str(NOT_DONE_HERE))
        yield Row(gettext("How you will be paid"), "\n".join(lines))


SEPARATE = _("Keep working with HR on workers’ compensation. It is separate from this request.")


class WorkRelatedForm(StepForm):
    work_related = YesNoField(
        label=_("Is your absence due to a work-related illness or injury?"),
        heading=True,
        hints={"yes": SEPARATE},
        error_messages={"required": _("Select yes if work caused your illness or injury")},
    )


class WorkRelated(Step):
    slug, part = "work-related", 3
    form_class = WorkRelatedForm

    @classmethod
    def applies(cls, facts: Facts, setting: Setting) -> bool:
        return "work_related" in setting.questions and facts["need"] != "bonding"

    @classmethod
    def rows(cls, cleaned: Facts) -> Iterable[Row]:
        answer = "\n".join([gettext("Yes"), str(SEPARATE)]) if cleaned["work_related"] else gettext("No")
        yield Row(gettext("Caused by work"), answer)
