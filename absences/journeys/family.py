"""Whom a leave is for beside the person who asks: a family member who is ill, a child expected or just arrived."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from absences.journeys.engine import Facts, Row, Step, StepForm
from absences.journeys.setting import Setting
from absences.rules import Window
from portal.lib.forms import ChoiceField, DateField, NameField, TextField, YesNoField
from portal.lib.wording import long_date

OTHER = "other"
RELATIONSHIPS = {
    "child": _("My child"),
    "spouse": _("My spouse"),
    "domestic_partner": _("My domestic partner"),
    "parent": _("My parent"),
    "parent_in_law": _("My spouse’s or partner’s parent"),
    "sibling": _("My brother or sister"),
    "grandparent": _("My grandparent"),
    "grandchild": _("My grandchild"),
    OTHER: _("Other"),
}
JOINING = {
    "birth": _("Birth"),
    "adoption": _("Adoption"),
    "foster": _("Foster placement"),
}
AS_FAMILY = _("Include someone who raised you, or a child you raise.")


class FamilyMemberForm(StepForm):
    first_name = NameField(
        label=_("First name"),
        error_messages={
            "required": _("Enter your family member’s first name"),
            "too_long": _("Your family member’s first name must be 128 characters or fewer"),
        },
    )
    last_name = NameField(
        label=_("Last name"),
        error_messages={
            "required": _("Enter your family member’s last name"),
            "too_long": _("Your family member’s last name must be 128 characters or fewer"),
        },
    )
    relationship = ChoiceField(
        label=_("What is this person’s relationship to you?"),
        choices=list(RELATIONSHIPS.items()),
        hints={"child": AS_FAMILY, "parent": AS_FAMILY},
        error_messages={"required": _("Select this person’s relationship to you")},
    )
    adult_child = YesNoField(
        label=_("Is your child 18 or older?"),
        shown_when=("relationship", "child"),
        error_messages={"required": _("Select yes if your child is 18 or older")},
    )
    relationship_words = TextField(
        label=_("Relationship"),
        shown_when=("relationship", OTHER),
        max_length=50,
        width="xl",
        error_messages={
            "required": _("Enter the relationship"),
            "too_long": _("Relationship must be 50 characters or fewer"),
        },
    )


class FamilyMember(Step):
    slug, part = "person", 1
    form_class = FamilyMemberForm
    question = _("Your family member")

    @classmethod
    def applies(cls, facts: Facts, setting: Setting) -> bool:
        return bool(facts["need"] == "family_health")

    @classmethod
    def rows(cls, cleaned: Facts) -> Iterable[Row]:
        name = gettext("%(first)s %(last)s") % {"first": cleaned["first_name"], "last": cleaned["last_name"]}
        yield Row(gettext("Family member"), "\n".join([name, *_relation(cleaned)]))


def _relation(cleaned: Facts) -> list[str]:
    """The relationship as the summary tells it."""
    relationship = cleaned["relationship"]
    if relationship == OTHER:
        return [gettext("Other: %(relationship)s") % {"relationship": cleaned["relationship_words"]}]
    age = [gettext("18 or older") if cleaned["adult_child"] else gettext("Under 18")] * (relationship == "child")
    return [str(RELATIONSHIPS[relationship]), *age]


class ArrivalForm(StepForm):
    """Cleaned: `born` and `child_date`, the day of birth or the day the child is due."""

    born = YesNoField(
        label=_("Has your baby been born?"),
        error_messages={"required": _("Select yes if your baby has been born")},
    )
    due_date = DateField(
        label=_("Due date"),
        shown_when=("born", "no"),
        error_messages={
            "required": _("Enter the due date"),
            "incomplete": _("The due date must include a month, day and year"),
            "unreal": _("The due date must be a real date"),
        },
    )
    birth_date = DateField(
        label=_("Date of birth"),
        shown_when=("born", "yes"),
        error_messages={
            "required": _("Enter the date of birth"),
            "incomplete": _("The date of birth must include a month, day and year"),
            "unreal": _("The date of birth must be a real date"),
        },
    )

    def __init__(self, data: Any = None, *, facts: Facts, setting: Setting) -> None:
        super().__init__(data, facts=facts, setting=setting)
        self.due = Window.of_months(setting.today, past=1, future=10)
        self.birth = Window.of_months(setting.today, past=12, future=0)
        _offer(self.fields["due_date"], self.due)
        _offer(self.fields["birth_date"], self.birth)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        due, birth = cleaned.get("due_date"), cleaned.get("birth_date")
        if due and due not in self.due:
            self.add_error("due_date", _outside(gettext("The due date must be from %(min)s to %(max)s"), self.due))
        if birth and birth not in self.birth:
            outside = gettext("The date of birth must be from %(min)s to %(max)s")
            self.add_error("birth_date", _outside(outside, self.birth))
        return {**cleaned, "child_date": due or birth}


class Arrival(Step):
    """When the baby of a pregnancy is due, or was born."""

    slug, part = "arrival", 1
    form_class = ArrivalForm
    question = _("Your due date")
    template_name = "absences/arrival.html"

    @classmethod
    def applies(cls, facts: Facts, setting: Setting) -> bool:
        return bool(facts["need"] == "pregnancy")

    @classmethod
    def rows(cls, cleaned: Facts) -> Iterable[Row]:
        name = gettext("Date of birth") if cleaned["born"] else gettext("Due date")
        yield Row(name, long_date(cleaned["child_date"]))


class ChildForm(StepForm):
    joining = ChoiceField(
        label=_("How is your child joining your family?"),
        choices=list(JOINING.items()),
        error_messages={"required": _("Select how your child is joining your family")},
    )
    child_date = DateField(
        label=_("Date your child was born, is due, or was or will be placed with you"),
        error_messages={
            "required": _("Enter the date"),
            "incomplete": _("The date must include a month, day and year"),
            "unreal": _("The date must be a real date"),
        },
    )

    def __init__(self, data: Any = None, *, facts: Facts, setting: Setting) -> None:
        super().__init__(data, facts=facts, setting=setting)
        self.window = Window.of_months(setting.today, past=12, future=12)
        _offer(self.fields["child_date"], self.window)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        date = cleaned.get("child_date")
        if date and date not in self.window:
            outside = gettext("The date must be from %(min)s to %(max)s")
            self.add_error("child_date", _outside(outside, self.window))
        return cleaned


class Child(Step):
    """Whom the person bonds with: how and when the child joins the family."""

    slug, part = "child", 1
    form_class = ChildForm
    question = _("Your child")
    template_name = "absences/child.html"

    @classmethod
    def applies(cls, facts: Facts, setting: Setting) -> bool:
        return bool(facts["need"] == "bonding")

    @classmethod
    def rows(cls, cleaned: Facts) -> Iterable[Row]:
        yield Row(gettext("Child"), "\n".join([str(JOINING[cleaned["joining"]]), long_date(cleaned["child_date"])]))


def _offer(field: Any, window: Window) -> None:
    field.offer(window.earliest, window.latest)


def _outside(sentence: str, window: Window) -> ValidationError:
    days = {"min": long_date(window.earliest), "max": long_date(window.latest)}
    return ValidationError(sentence, params=days, code="outside")
