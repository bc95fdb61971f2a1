"""Questions in the employer's or an agency's own words (ProceduralQuestion), on one page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from absences.journeys.engine import CHANGED, QUESTION_CHANGED, Facts, Row, Step, StepForm
from absences.journeys.setting import MoreQuestion, Setting
from portal.lib.forms import ChoiceField, HiddenField, NoteField, PortalField, YesNoField

LONGEST_SHOWN = 2_000  # characters: more questions than anybody asks
SHOWN = "questions_shown"  # the name of the field
Answer = str | bool | None  # a code of a choice or words; of yes and no; none given


class Shown(HiddenField):
    """Which questions the page shows: always those in force, whatever an earlier page brought."""

    def __init__(self, asked: Iterable[MoreQuestion]) -> None:
        super().__init__(required=False, initial=" ".join(more.name for more in asked), max_length=LONGEST_SHOWN)

    def prepare_value(self, value: Any) -> Any:
        return self.initial


class MoreForm(StepForm):
    """Cleaned: `more`, every question as worded and its answer in words, "" where an optional one was left out.

    An optional question counts as left out by who was shown it: one that was added since is asked first.
    """

    def __init__(self, data: Any = None, *, facts: Facts, setting: Setting) -> None:
        super().__init__(data, facts=facts, setting=setting)
        self.fields.update(_fields(setting))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        shown = {*(cleaned.pop(SHOWN, None) or "").split(), *self.data}
        if not self.errors and any(asked.name not in shown for asked in self.setting.more_questions):
            self.add_error(None, ValidationError(QUESTION_CHANGED, code=CHANGED))
        if not self.errors:
            asked = self.setting.more_questions
            cleaned["more"] = tuple((more.question, _in_words(more, cleaned[more.name])) for more in asked)
        return cleaned


def _fields(setting: Setting) -> dict[str, PortalField]:
    asked = setting.more_questions
    return {**{more.name: _field(more) for more in asked}, SHOWN: Shown(asked)}


def _field(asked: MoreQuestion) -> PortalField:
    wording: dict[str, Any] = {
        "label": asked.question,
        "help_text": asked.hint,
        "required": asked.required,
        "error_messages": {"required": gettext("Answer “%(question)s”") % {"question": asked.question}},
    }
    if asked.answered_by == "choice":
        return ChoiceField(choices=asked.options, **wording)
    return YesNoField(**wording) if asked.answered_by == "yes_no" else NoteField(**wording)


def _in_words(asked: MoreQuestion, answer: Answer) -> str:
    if isinstance(answer, bool):
        return gettext("Yes") if answer else gettext("No")
    if asked.answered_by == "choice" and answer:
        return dict(asked.options)[answer]
    return answer or ""


class More(Step):
    """Of a leave."""

    slug, part = "more", 3
    form_class = MoreForm
    question = _("A few more questions")
    template_name = "absences/more.html"

    @classmethod
    def applies(cls, facts: Facts, setting: Setting) -> bool:
        return bool(setting.more_questions)

    @classmethod
    def fields(cls, setting: Setting) -> Mapping[str, Any]:
        return _fields(setting)

    @classmethod
    def rows(cls, cleaned: Facts) -> Iterable[Row]:
        return [Row(question, answer, question) for question, answer in cleaned["more"]]


class MoreOfAbsence(More):
    """Of a day-to-day report, where it stands beside the shift."""

    part = 2
