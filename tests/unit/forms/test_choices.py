"""Questions answered by choosing, and the questions that follow from an answer."""

from __future__ import annotations

import pytest

from portal.lib.forms import CheckField, ChoiceField, PortalForm, SelectField, TextField, YesNoField
from tests.unit.forms.asking import ask, outcome

WHO = [("myself", "Myself"), ("other", "Other")]


@pytest.mark.parametrize("field", [ChoiceField, SelectField])
@pytest.mark.parametrize(
    ("posted", "result"),
    [("other", "other"), ("", "refused: required"), (None, "refused: required"), ("ZZ\x00", "refused: required")],
)
def test_one_of_the_choices_or_none(field, posted, result):
    assert outcome(ask(field(choices=WHO), posted)) == result


def test_an_optional_choice_may_stay_open():
    assert outcome(ask(ChoiceField(choices=WHO, required=False), "")) == ""


@pytest.mark.parametrize(("posted", "result"), [("yes", True), ("no", False), ("true", "refused: required")])
def test_yes_or_no(posted, result):
    assert outcome(ask(YesNoField(), posted)) == result


@pytest.mark.parametrize(("stored", "checked"), [(True, "id_answer_0"), (False, "id_answer_1")])
def test_a_stored_yes_or_no_is_marked(stored, checked):
    html = str(type(ask(YesNoField()))(initial={"answer": stored}))
    assert html.count("checked") == 1
    assert checked in html[: html.index("checked")].rsplit("<input", 1)[1]


def test_nothing_is_chosen_beforehand():
    assert "checked" not in str(ask(YesNoField(), ""))


def test_hints_and_headings_stand_with_their_choices():
    html = str(ask(ChoiceField(choices=[("Now", WHO)], hints={"myself": "Not available online yet."}), ""))
    assert "Not available online yet." in html
    assert 'role="group" aria-labelledby="id_answer_group_0"' in html


def test_a_checkbox_may_be_required():
    assert outcome(ask(CheckField(), None)) is False
    assert outcome(ask(CheckField(required=True), None)) == "refused: required"
    assert outcome(ask(CheckField(required=True), "on")) is True


class Who(PortalForm):
    who = ChoiceField(choices=WHO, label="Who is this absence for?")
    relationship = TextField(
        label="Relationship", shown_when=("who", "other"), error_messages={"required": "Enter the relationship"}
    )


@pytest.mark.parametrize(
    ("posted", "relationship"),
    [
        ({"who": "other", "relationship": "Aunt"}, "Aunt"),
        ({"who": "myself", "relationship": "Aunt"}, None),
        ({"who": "myself", "relationship": "\x00"}, None),
        ({"who": "myself"}, None),
    ],
)
def test_a_follow_up_counts_only_after_its_answer(posted, relationship):
    form = Who(posted)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["relationship"] == relationship


def test_a_follow_up_that_applies_must_be_answered():
    form = Who({"who": "other", "relationship": " "})
    assert form.error_links() == [("#id_relationship", "Enter the relationship")]


def test_a_follow_up_says_when_it_applies_and_is_never_called_optional():
    html = str(Who())
    assert 'data-shown-when="who" data-shown-value="other"' in html
    assert "<noscript>" in html
    assert f"Answer this only if you chose “{dict(WHO)['other']}.”" in html
    assert "(optional)" not in html
