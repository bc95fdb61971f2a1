"""Why the leave is needed: one to five reasons, in the person's own words or chosen while typing."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from absences.journeys.engine import Facts, Posted, Reworked, Row, Step, StepForm
from absences.journeys.setting import Setting
from portal.lib.forms import HiddenField, PortalField, TextField

MOST_REASONS = 5
ADD, REMOVE = "_add", "_remove"  # the page's own buttons; the value of the second is the reason


class ReasonField(TextField):
    """One reason."""

    def __init__(self, **kwargs: Any) -> None:
        messages = {
            "required": _("Enter a reason"),
            "too_long": _("Reason must be 100 characters or fewer"),
        }
        super().__init__(label=_("Search for condition"), max_length=100, error_messages=messages, **kwargs)


class ReasonsForm(StepForm):
    """The list travels as hidden inputs; whatever is in the box joins it, once. Cleaned: `reasons`, a tuple."""

    reason = ReasonField(required=False, help_text=_("You may select up to five (5) options."))
    reasons = PortalField(required=False, widget=forms.MultipleHiddenInput, label=_("Reasons you added"))
    asked_about = HiddenField(required=False)  # for which need the reasons are given

    def __init__(self, data: Any = None, *, facts: Facts, setting: Setting) -> None:
        super().__init__(data, facts=facts, setting=setting)
        self.fields["reason"].optional = False  # type: ignore[attr-defined]  # base_fields are typed as plain Field
        self.need, self.removed = facts["need"], ""
        self.initial["asked_about"] = self.need
        if self.need == "pregnancy":
            self.initial["reasons"] = [gettext("Pregnancy")]

    @property
    def chosen(self) -> list[str]:
        """The list as the page shows it."""
        return self["reasons"].value() or []

    def clean_reasons(self) -> tuple[str, ...]:
        read = self.fields["reason"].to_python
        given: list[str] = []
        for reason in map(read, self.cleaned_data["reasons"] or ()):
            if reason and not _find(reason, given):
                given.append(reason)
        return tuple(given)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned.pop("asked_about", None)
        typed, chosen = cleaned.pop("reason", ""), cleaned.get("reasons", ())
        self.removed = _find(self.data.get(REMOVE, ""), chosen)
        if self.removed:  # whatever is in the box waits there
            self.errors.pop("reason", None)
            cleaned["reasons"] = tuple(reason for reason in chosen if reason != self.removed)
        elif not self.errors and (mistake := self._mistake(typed, chosen)):
            self.add_error("reason", mistake)
        elif not self.errors:
            cleaned["reasons"] = (*chosen, typed) if typed and not _find(typed, chosen) else chosen
            self.data = _emptied(self.data, cleaned["reasons"])
        return cleaned

    def _mistake(self, typed: str, chosen: tuple[str, ...]) -> Any:
        if not typed and not chosen:
            return _("Enter at least one reason")
        if not typed and ADD in self.data:
            return _("Enter a reason")
        known = _find(typed, chosen)
        if known and ADD in self.data:
            return _("You already added that reason")
        if len(chosen) + bool(typed and not known) > MOST_REASONS:
            return _("You can add up to 5 reasons. Remove one to add another")
        return None

    def reworked(self) -> Reworked | None:
        reasons: list[str] = list(self.cleaned_data["reasons"])
        if self.removed:
            news = gettext("We removed “%(reason)s.”") % {"reason": self.removed}
        elif ADD in self.data:
            news = gettext("We added “%(reason)s.”") % {"reason": reasons[-1]}
        else:
            return None
        box = self.data.get("reason", "")
        return Reworked({"reason": [box], "reasons": reasons, "asked_about": [self.need]}, news)


def _emptied(data: Any, reasons: Iterable[str]) -> Any:
    """What was sent, the words of the box moved to the list: a page that is opened again shows them there."""
    data = data.copy()
    data["reason"] = ""
    data.setlist("reasons", list(reasons))
    return data


def _find(reason: str, known: Iterable[str]) -> str:
    """The one among `known` that says the same, "" when none does."""
    return next((other for other in known if _folded(other) == _folded(reason)), "")


def _folded(reason: str) -> str:
    """The same for "Back pain" and "back  PAIN", for straight and for typographic apostrophes."""
    plain = unicodedata.normalize("NFC", reason).casefold().replace("’", "'")
    return "".join(unicodedata.normalize("NFC", plain).split())


class Reasons(Step):
    """Not asked of who bonds with a child. Reasons given for another need than the present one do not count."""

    slug, part = "about", 1
    form_class = ReasonsForm
    question = _("Reason for leave")
    template_name = "absences/reasons.html"

    @classmethod
    def applies(cls, facts: Facts, setting: Setting) -> bool:
        return bool(facts["need"] != "bonding")

    @classmethod
    def form(cls, posted: Posted | None, facts: Facts, *, setting: Setting) -> StepForm:
        asked_about = (posted or {}).get("asked_about", [facts["need"]])
        return super().form(posted if facts["need"] in asked_about else None, facts, setting=setting)

    @classmethod
    def rows(cls, cleaned: Facts) -> Iterable[Row]:
        yield Row(gettext("Reasons"), "\n".join(cleaned["reasons"]))
