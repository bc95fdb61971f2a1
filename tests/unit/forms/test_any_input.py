"""Whatever is posted, a field answers with a value or with one of its own sentences."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.lib.forms import (
    BirthdateField,
    ChoiceField,
    DateField,
    DigitsField,
    EmailField,
    NameField,
    NoteField,
    PasswordField,
    PhoneField,
    TimeField,
    YesNoField,
)
from tests.unit.forms.asking import ask, outcome

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=80)
NEARLY = st.text("0123456789/-.: ,APMapmJaneFbde\u0660\u00b2\u200b\x00+()", max_size=30)
FIELDS = [
    DateField(),
    TimeField(),
    DigitsField(lengths={5, 9}),
    EmailField(),
    NameField(),
    NoteField(),
    PasswordField(autocomplete="new-password"),
    PhoneField(),
    ChoiceField(choices=[("a", "A")]),
    YesNoField(),
]


def answers_or_refuses(form, field):
    result = outcome(form)
    if isinstance(result, str) and result.startswith("refused: "):
        assert form.errors["answer"] == [field.error_messages[result.removeprefix("refused: ")]]


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: type(field).__name__)
@given(typed=ANYTHING | NEARLY)
def test_every_field(field, typed):
    answers_or_refuses(ask(field, typed, fmt="24"), field)
    answers_or_refuses(ask(field, typed), field)


@given(month=ANYTHING | NEARLY, day=ANYTHING | NEARLY, year=ANYTHING | NEARLY)
def test_birthdates(month, day, year):
    field = BirthdateField()
    answers_or_refuses(ask(field, today=dt.date(2026, 3, 6), month=month, day=day, year=year), field)


@given(day=st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)))
def test_every_day_can_be_typed(day):
    for typed in (f"{day:%m/%d/%Y}", f"{day:%m%d%Y}", f"{day:%B} {day.day}, {day:%Y}", day.isoformat()):
        assert outcome(ask(DateField(), typed)) == day


@given(moment=st.times())
def test_every_minute_can_be_typed(moment):
    minute = moment.replace(second=0, microsecond=0)
    assert outcome(ask(TimeField(), f"{moment:%I:%M %p}")) == minute
    assert outcome(ask(TimeField(), f"{moment:%H:%M}", fmt="24")) == minute
