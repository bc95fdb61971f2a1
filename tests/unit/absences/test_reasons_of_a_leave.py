"""The reasons of a leave: one to five, each once, added and removed by the page's own buttons."""

import pytest
from django.http import QueryDict

from absences.journeys.reasons import Reasons, ReasonsForm
from tests.unit.absences.circumstances import make_setting

OWN = {"need": "own_health"}
FIVE = ["Flu", "Back pain", "Surgery", "Migraine", "Asthma"]
NONE, ADD_SOME = "Enter at least one reason", "Enter a reason"
TWICE, FULL = "You already added that reason", "You can add up to 5 reasons. Remove one to add another"
LONG = "Reason must be 100 characters or fewer"
HIDDEN = "This has a hidden character we cannot read. Type it again"


def stored(reason="", reasons=(), **more):
    return {"reason": [reason], "reasons": list(reasons), **{name: [value] for name, value in more.items()}}


def sent(reason="", reasons=(), facts=None, **buttons):
    """What a browser posts, `add="1"` or `remove="Flu"` naming the button."""
    data = QueryDict(mutable=True)
    data["reason"] = reason
    data.setlist("reasons", list(reasons))
    data.update({f"_{name}": value for name, value in buttons.items()})
    return ReasonsForm(data, facts=facts or OWN, setting=make_setting())


def errors(form):
    return [link.text for link in form.error_links()]


class TestNext:
    @pytest.mark.parametrize(
        ("reason", "reasons", "kept"),
        [
            ("Flu", [], ("Flu",)),
            ("", ["Flu"], ("Flu",)),
            ("Asthma", ["Flu"], ("Flu", "Asthma")),
            ("  Back   pain ", [], ("Back pain",)),
            ("", FIVE, tuple(FIVE)),
            (FIVE[4], FIVE[:4], tuple(FIVE)),
            ("flu", ["Flu"], ("Flu",)),  # on the list already: it adds nothing and holds nobody up
            ("Flu", FIVE, tuple(FIVE)),
            ("x" * 100, [], ("x" * 100,)),
            ("e\u0301" * 100, [], ("é" * 100,)),  # counted as people see it
            ("", ["Flu", "FLU", " "], ("Flu",)),  # no page of ours sends this
        ],
    )
    def test_what_is_in_the_box_joins_the_list(self, reason, reasons, kept):
        form = sent(reason, reasons)
        assert form.is_valid(), form.errors
        assert form.cleaned_data == {"reasons": kept}
        assert form.reworked() is None

    @pytest.mark.parametrize(
        ("reason", "reasons", "said"),
        [
            ("", [], NONE),
            ("  \u200b ", [], NONE),
            ("", [" "], NONE),
            ("Diabetes", FIVE, FULL),
            ("", [*FIVE, "Diabetes"], FULL),
            ("x" * 101, [], LONG),
            ("x" * 101, FIVE, LONG),
            ("Flu\u202e", [], HIDDEN),
            ("\x00", ["Flu"], HIDDEN),
            ("", ["x" * 101], LONG),
        ],
    )
    def test_refusals(self, reason, reasons, said):
        assert errors(sent(reason, reasons)) == [said]

    @pytest.mark.parametrize(
        ("first", "again"),
        [
            ("Back pain", "back  PAIN"),
            ("Back pain", "backpain"),
            ("Niño enfermo", "NIN\u0303O ENFERMO"),
            ("Doctor’s visit", "doctor's visit"),
            ("Straße", "STRASSE"),
        ],
    )
    def test_the_same_reason_in_other_letters(self, first, again):
        assert errors(sent(again, [first], add="1")) == [TWICE]

    @pytest.mark.parametrize(("first", "other"), [("Flu", "Flu shot"), ("Ano", "Año")])
    def test_another_reason(self, first, other):
        assert sent(other, [first]).is_valid()

    def test_nothing_typed_is_lost_when_it_is_refused(self):
        form = sent("Diabetes", FIVE)
        assert not form.is_valid()
        assert (form["reason"].value(), form.chosen) == ("Diabetes", FIVE)

    def test_nothing_sent_at_all(self):
        assert errors(ReasonsForm(QueryDict(), facts=OWN, setting=make_setting())) == [NONE]


class TestAdding:
    def test_the_page_comes_again_with_the_box_empty(self):
        form = sent("Asthma", ["Flu"], add="1")
        assert form.is_valid()
        again = form.reworked()
        assert again.news == "We added “Asthma.”"
        assert again.posted == stored("", ["Flu", "Asthma"], asked_about="own_health")

    @pytest.mark.parametrize(
        ("reason", "reasons", "said"),
        [
            ("", [], NONE),
            ("", ["Flu"], ADD_SOME),
            ("flu", ["Flu"], TWICE),
            ("Flu", FIVE, TWICE),  # the list is not too long yet
            ("Diabetes", FIVE, FULL),
        ],
    )
    def test_refusals(self, reason, reasons, said):
        assert errors(sent(reason, reasons, add="1")) == [said]


class TestRemoving:
    @pytest.mark.parametrize("box", ["", "Diabetes", "flu", "x" * 101, "\u202e"])
    def test_one_goes_and_the_box_stays_as_it_is(self, box):
        form = sent(box, FIVE, remove="Flu")
        assert form.is_valid(), form.errors
        again = form.reworked()
        assert again.news == "We removed “Flu.”"
        assert again.posted == stored(box, FIVE[1:], asked_about="own_health")

    def test_the_last_one_may_go(self):
        form = sent("", ["Flu"], remove="Flu")
        assert form.is_valid()
        assert form.reworked().posted == stored("", [], asked_about="own_health")

    @pytest.mark.parametrize("unknown", ["", "Diabetes", "-1"])
    def test_one_that_is_not_there_is_no_button(self, unknown):
        form = sent("", ["Flu"], remove=unknown)
        assert form.is_valid()
        assert form.reworked() is None


class TestStep:
    def opened(self, posted, need="own_health"):
        return Reasons.form(posted, {"need": need}, setting=make_setting())

    @pytest.mark.parametrize(
        ("need", "asked"),
        [("own_health", True), ("family_health", True), ("pregnancy", True), ("bonding", False)],
    )
    def test_who_bonds_is_not_asked(self, need, asked):
        assert Reasons.applies({"need": need}, make_setting()) is asked

    def test_an_answered_page_shows_everything_on_the_list(self):
        form = self.opened(stored("Asthma", ["Flu"]))
        assert form.is_valid()
        assert (form["reason"].value(), form.chosen) == ("", ["Flu", "Asthma"])

    def test_words_kept_unchecked_stay_where_they_were(self):
        form = self.opened(stored("Asthma", ["Flu"])).unchecked()
        assert (form["reason"].value(), form.chosen) == ("Asthma", ["Flu"])

    def test_pregnancy_is_filled_in_at_first(self):
        assert self.opened(None, "pregnancy").chosen == ["Pregnancy"]

    def test_pregnancy_that_was_removed_stays_away(self):
        form = self.opened(stored("", [], asked_about="pregnancy"), "pregnancy")
        assert form.unchecked().chosen == []

    def test_four_more_fit_beside_pregnancy(self):
        assert sent("Flu", ["Pregnancy", "Asthma", "Surgery", "Migraine"], {"need": "pregnancy"}).is_valid()

    @pytest.mark.parametrize("need", ["own_health", "family_health"])
    def test_nothing_is_filled_in_otherwise(self, need):
        assert self.opened(None, need).chosen == []

    @pytest.mark.parametrize(
        ("asked_about", "need", "counts"),
        [
            ("family_health", "family_health", True),
            ("family_health", "own_health", False),  # somebody else's illness
            ("pregnancy", "own_health", False),
        ],
    )
    def test_reasons_given_for_another_need_do_not_count(self, asked_about, need, counts):
        assert self.opened(stored("Flu", asked_about=asked_about), need).is_valid() is counts

    def test_the_summary_has_a_line_for_each(self):
        ((name, answer),) = [(row.name, row.answer) for row in Reasons.rows({"reasons": ("Flu", "Asthma")})]
        assert (name, answer) == ("Reasons", "Flu\nAsthma")
