"""Questions in the employer's own words: fields, answers, refusals."""

import pytest

from absences.journeys.leave import ProtectedLeave
from absences.journeys.more import More
from absences.journeys.setting import MoreQuestion
from absences.journeys.unplanned import DayToDay
from tests.unit.absences.circumstances import as_posted, make_setting

MASK = MoreQuestion("q1", "yes_no", "Can you wear a mask?", "At work.", ())
SITE = MoreQuestion("q2", "choice", "Where do you work?", "", (("Office", "Oficina"), ("Road", "Carretera")))
WHO = MoreQuestion("q3", "words", "Who was near you?", "", (), required=False)
ALL = (MASK, SITE, WHO)


def asked(posted, *questions):
    return More.form(as_posted(posted), {}, setting=make_setting(more_questions=questions))


def errors(form):
    return [link.text for link in form.error_links()]


def test_every_question_and_its_answer_in_words():
    form = asked({"q1": "no", "q2": "Road", "q3": "Ana\r\nBo"}, *ALL)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["more"] == (
        ("Can you wear a mask?", "No"),
        ("Where do you work?", "Carretera"),
        ("Who was near you?", "Ana\nBo"),
    )
    assert [(row.name, row.answer) for row in More.rows(form.cleaned_data)] == list(form.cleaned_data["more"])


@pytest.mark.parametrize("question", [MASK, SITE, WHO])
def test_an_optional_question_may_be_left_out(question):
    optional = MoreQuestion(question.name, question.answered_by, "Q?", "", question.options, required=False)
    form = asked({"questions_shown": question.name}, optional)
    assert form.is_valid()
    assert form.cleaned_data == {question.name: form.cleaned_data[question.name], "more": (("Q?", ""),)}
    assert form.fields[question.name].optional


@pytest.mark.parametrize("shown", ["", "q2 q12", "q3x"])
def test_an_optional_question_that_was_not_shown_is_not_left_out(shown):
    optional = MoreQuestion("q3", "yes_no", "Q?", "", (), required=False)
    form = asked({"q1": "yes", "questions_shown": shown}, MASK, optional)
    assert errors(form) == ["This question has changed. Answer it again."]
    assert form["questions_shown"].value() == form.unchecked()["questions_shown"].value() == "q1 q3"


def test_a_refusal_names_the_question():
    assert errors(asked({"q2": "Sea"}, *ALL)) == [
        "Answer “Can you wear a mask?”",
        "Answer “Where do you work?”",
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("x" * 1001, "Your answer must be 1,000 characters or fewer"),
        ("a\x00b", "This has a hidden character we cannot read. Type it again"),
    ],
)
def test_words_are_bounded(typed, said):
    assert errors(asked({"q3": typed}, WHO)) == [said]


def test_markup_and_percent_signs_in_a_question_are_text():
    form = asked({}, MoreQuestion("q4", "yes_no", "100 % <b>sure</b> %(x)s?", "", ()))
    assert errors(form) == ["Answer “100 % <b>sure</b> %(x)s?”"]
    assert "<b>" not in str(form)


def test_an_answer_to_a_question_no_longer_asked_does_not_count():
    form = asked({"q1": "yes", "q9": "gone"}, MASK)
    assert form.is_valid()
    assert form.cleaned_data["more"] == (("Can you wear a mask?", "Yes"),)


def test_an_answer_of_another_kind_asks_again():
    as_choice = MoreQuestion("q1", "choice", "Mask?", "", SITE.options)
    assert errors(asked({"q1": "yes"}, as_choice)) == ["Answer “Mask?”"]


@pytest.mark.parametrize("journey", [ProtectedLeave, DayToDay])
def test_both_journeys_ask_only_when_there_is_something_to_ask(journey):
    (step,) = [step for step in journey.steps if step.slug == "more"]
    assert step.applies({}, make_setting(more_questions=ALL))
    assert not step.applies({}, make_setting())
    assert step.part == {"leave": 3, "day_to_day": 2}["leave" if journey is ProtectedLeave else "day_to_day"]
