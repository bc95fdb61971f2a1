"""How the leave is paid, and whether work caused it."""

import pytest
from django.utils import translation

from absences.journeys.pay import DASH, PAY, Pay, WorkRelated
from tests.unit.absences.circumstances import as_posted, make_setting

ASKED = frozenset({"pay", "work_related"})


def asked(step, posted, **setting):
    return step.form(as_posted(posted), {}, setting=make_setting(admin_name="Workpartners", **setting))


def errors(form):
    return [link.text for link in form.error_links()]


def row(step, posted):
    form = asked(step, posted)
    assert form.is_valid()
    return [(row.name, row.answer) for row in step.rows(form.cleaned_data)]


class TestPay:
    def test_the_guides_note_stands_beside_the_question(self):
        pay = asked(Pay, {}).fields["pay"]
        assert (str(pay.label), pay.help_text) == (
            "How do you plan to be paid during your leave of absence?",
            "(NOTE: It is important for you to talk to your agency’s Workpartners Liaison/HR department about which of"
            " these payment mechanisms is the right choice for you and agree to an option with them to minimize"
            " disruption to your payroll and/or benefits.)",
        )

    def test_the_guides_options_are_named_in_bold(self):
        choices = dict(asked(Pay, {}).fields["pay"].choices)
        assert list(choices) == ["employer", "dfml", "employer_then_dfml", "unpaid", "unsure"]
        assert choices["unpaid"] == (
            "<strong>Unpaid</strong> – employee does not receive any pay from their agency nor from the Department of"
            " Family and Medical Leave (DFML) for time off"
        )
        assert "apply &amp; receive pay" in choices["employer_then_dfml"]
        assert choices["unsure"] == "<strong>I am not sure yet</strong>"

    @pytest.mark.parametrize("language", ["en", "es"])
    def test_every_language_names_what_it_defines(self, language):
        with translation.override(language):
            assert [code for code, words in PAY.items() if DASH not in str(words)] == ["unsure"]

    @pytest.mark.parametrize(
        ("pay", "answer"),
        [
            ("employer", "Employer Paid"),
            ("dfml", "DFML Only\nYou must also apply to DFML. This request does not do that."),
            (
                "employer_then_dfml",
                "Employer Paid to DFML\nYou must also apply to DFML. This request does not do that.",
            ),
            ("unpaid", "Unpaid"),
            ("unsure", "I am not sure yet"),
        ],
    )
    def test_the_summary_has_the_name_and_what_is_not_done_here(self, pay, answer):
        assert row(Pay, {"pay": pay}) == [("How you will be paid", answer)]

    @pytest.mark.parametrize("posted", [{}, {"pay": ""}, {"pay": "gold"}])
    def test_an_answer_is_needed(self, posted):
        assert errors(asked(Pay, posted)) == ["Select how you plan to be paid"]

    @pytest.mark.parametrize(("questions", "applies"), [(ASKED, True), (frozenset({"overtime"}), False)])
    def test_the_employer_turns_it_on(self, questions, applies):
        assert Pay.applies({"need": "bonding"}, make_setting(questions=questions)) is applies


class TestWorkRelated:
    @pytest.mark.parametrize(
        ("need", "applies"), [("own_health", True), ("family_health", True), ("pregnancy", True), ("bonding", False)]
    )
    def test_asked_of_all_but_who_bonds(self, need, applies):
        assert WorkRelated.applies({"need": need}, make_setting(questions=ASKED)) is applies

    def test_the_employer_turns_it_on(self):
        assert not WorkRelated.applies({"need": "own_health"}, make_setting(questions=frozenset({"pay"})))

    @pytest.mark.parametrize(
        ("work_related", "answer"),
        [
            ("yes", "Yes\nKeep working with HR on workers’ compensation. It is separate from this request."),
            ("no", "No"),
        ],
    )
    def test_the_summary(self, work_related, answer):
        assert row(WorkRelated, {"work_related": work_related}) == [("Caused by work", answer)]

    def test_an_answer_is_needed(self):
        assert errors(asked(WorkRelated, {})) == ["Select yes if work caused your illness or injury"]
