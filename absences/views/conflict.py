"""Two answers to one question, from two tabs or from a page that Back brought up again: show both, and ask."""

from __future__ import annotations

from collections.abc import Iterator

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from absences import drafts, made
from absences.drafts import Posted
from absences.journeys.engine import Row, Step, StepForm, repeats
from absences.views.asked import Asked, indicator
from absences.views.opened import Opened

CONFLICT = 409


def is_older(request: HttpRequest, opened: Opened, asked: Asked, form: StepForm, posted: Posted) -> bool:
    """Whether the page was made before what is stored now, and says something else."""
    draft, key = opened.draft, asked.place.key
    stored = drafts.typed_at(draft, key) or draft.answers.get(key)
    if stored is None or stored == posted or repeats(asked.step):
        return False
    if token := made.read(request, draft.pk, key):
        overtaken = token.state != drafts.state_of(draft, key)
    else:
        overtaken = request.POST.get("_version", "") != str(draft.version)
    return overtaken and not _mean_the_same(form, asked.form_of(stored))


def _mean_the_same(one: StepForm, other: StepForm) -> bool:
    """“8 AM” and “8:00 AM”."""
    return one.is_valid() and other.is_valid() and one.cleaned_data == other.cleaned_data


def conflict(request: HttpRequest, opened: Opened, asked: Asked, form: StepForm, posted: Posted) -> HttpResponse:
    """Overwrite nothing. The page carries what was sent, so that it can be sent again."""
    draft, key = opened.draft, asked.place.key
    stored = drafts.typed_at(draft, key) or draft.answers.get(key)
    context = {
        "title": _("You already answered this question"),
        "question": asked.step.question,
        "saved": in_words(asked.step, asked.form_of(stored)),
        "entered": in_words(asked.step, form),
        "posted": [(name, value) for name, values in posted.items() for value in values],
        "version": draft.version,
        "made": made.token(asked.place, opened.user.pk),
        "contact": opened.contact,
        "keep_url": asked.place.url,
        **indicator(opened, asked.part),
    }
    return render(request, "absences/conflict.html", context, status=CONFLICT)


def in_words(step: type[Step], form: StepForm) -> list[Row]:
    """An answer as the summary would put it; words that would not pass, under their fields’ names."""
    rows = list(step.rows(form.cleaned_data)) if form.is_valid() and not repeats(step) else []
    return rows or list(_as_typed(form)) or [Row(str(step.question), "")]


def _as_typed(form: StepForm) -> Iterator[Row]:
    for name, field in form.fields.items():
        condition = getattr(field, "shown_when", None)
        if condition and form[condition.field].data not in (condition.value, "", None):
            continue
        value = form[name].data
        if field.label and value not in field.empty_values and value is not False:  # no label: not an answer
            yield Row(str(field.label), _labelled(field, value))


def _labelled(field: forms.Field, value: object) -> str:
    """The words of a choice, what was typed anywhere else."""
    labels = dict(_flat(getattr(field, "choices", ())))
    values = value if isinstance(value, list) else [value]
    return "\n".join(str(labels.get(str(one), one)) for one in values)


def _flat(choices: object) -> Iterator[tuple[str, object]]:
    for code, label in choices:  # type: ignore[attr-defined]  # pairs, or (heading, pairs)
        yield from _flat(label) if isinstance(label, (list, tuple)) else [(str(code), label)]
