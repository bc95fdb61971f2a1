"""What an employer's administrators keep of intake: the questions they add to it."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.postgres.fields import ArrayField
from django.utils.translation import gettext_lazy as _

from absences.models import ProceduralQuestion


class LinesField(forms.CharField):
    """A list of texts, one on each line. Empty lines do not count. How long a text may be is the column's to say."""

    widget = forms.Textarea

    def __init__(self, *, base_field: forms.Field, max_length: int | None, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "help_text": _("One on each line")})

    def to_python(self, value: Any) -> Any:
        lines = (" ".join(line.split()) for line in (super().to_python(value) or "").splitlines())
        return [line for line in lines if line]

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool((initial or []) != self.to_python(data))


@admin.register(ProceduralQuestion)
class ProceduralQuestionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    """Which questions are asked beside the journey's own, of whom and when.

    An answer given stays as it was worded; a question is reworded by ending its row and adding another.
    """

    list_display = ("asked", "journey", "kind", "agency", "starts_on", "ends_on", "position")
    list_filter: ClassVar = ["journey", "kind", ("agency", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ("agency",)
    search_fields = ("question_en", "question_es")
    formfield_overrides: ClassVar = {ArrayField: {"form_class": LinesField}}
    fieldsets: ClassVar = [
        (None, {"fields": ["journey", "kind", "agency", "starts_on", "ends_on"]}),
        (
            _("A question of your own"),
            {
                "description": _(
                    "Only for the kinds that begin with “Own question.” To change what is asked, end this row and add"
                    " another, so that answers keep their question."
                ),
                "fields": [
                    "position",
                    "required",
                    ("question_en", "question_es"),
                    ("hint_en", "hint_es"),
                    ("options_en", "options_es"),
                ],
            },
        ),
    ]

    @admin.display(description=_("question"))
    def asked(self, row: ProceduralQuestion) -> str:
        return row.question_en or row.get_kind_display()
