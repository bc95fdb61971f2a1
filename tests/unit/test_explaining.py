"""Words for everything the rules can find."""

import ast
import datetime as dt
import json
import re
from fractions import Fraction
from pathlib import Path

import pytest
from django.utils import translation

import cases.policy
from cases.explaining import NOT_APPLICABLE, TESTS, cited, explained, words_key
from cases.explaining_amounts import (
    BINDING,
    NOTES,
    Measure,
    course,
    governing,
    limited,
    noted,
    telling,
    telling_notes,
    weeks,
)
from cases.policy import authorities
from cases.policy.determination import Determination, Finding, LimitFinding, Quantity, Span

VECTORS = Path(__file__).parent.parent / "vectors" / "open.json"
FOLDER = Path(cases.policy.__file__).parent
SOURCES = sorted(set(FOLDER.glob("*.py")) - {FOLDER / "financial.py"})  # an estimate, which no determination repeats
RESULTS = ("OK", "LATER", "UNKNOWN", "FAIL")
JANUARY, DECEMBER = dt.date(2023, 1, 1), dt.date(2023, 12, 31)


def expected():
    vectors = json.loads(VECTORS.read_text())["vectors"]
    return [d for vector in vectors for d in vector["expect"].get("determinations", ())]


def given_by_the_engine():
    """Every reason and note of a determination that any vector expects."""
    found = {code for d in expected() for code in [*d["reasons"], *d.get("notes", ())]}
    assert len(found) > 60
    return found


def written_in_the_engine():
    """Every code that stands in the engine’s source as a string, the parts of composed ones as they can be filled."""
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text())):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and re.fullmatch(r"[A-Z]+(_[A-Z0-9]+)+", node.value)
            ):
                yield node.value
            if isinstance(node, ast.JoinedStr):
                yield from filled(node)


def filled(node):
    """f"MONTHS_{n}" → MONTHS_12; f"{kind}_CHARGED" → HOLIDAY_CHARGED, CLOSURE_CHARGED."""
    text = "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
    if re.fullmatch(r"\{\}(_[A-Z]+)+", text):
        yield from (
            text.format(word) for word in ("HOLIDAY", "CLOSURE") if not text.endswith(("_PRESUMED", "_UNKNOWN"))
        )
    if re.fullmatch(r"HOURS_\{\}", text):
        yield from ("HOURS_1250_PRESUMED", "HOURS_1250_UNKNOWN")


def has_words(code):
    if code.startswith(BINDING) or code in NOTES or code in NOT_APPLICABLE:
        return True
    try:
        return bool(words_key(code))
    except KeyError:
        return False


def limit(**known):
    fields = {
        "id": "L",
        "on": JANUARY,
        "amount": Fraction(12),
        "used": Fraction(0),
        "left": Fraction(12),
        "later": False,
        "period": Span(JANUARY, DECEMBER),
        "rows": (),
        "authority": "Law 1",
    }
    return LimitFinding(**{**fields, **known})


def result(**known):
    fields = {"engine_version": "1", "policy": "P", "policy_version": 1, "unit": "weeks", "eligibility": "ELIGIBLE"}
    return Determination(**{**fields, "reasons": (), **known})


IN_WEEKS = Measure(in_weeks=True, week=Fraction(2250))


class TestEveryCodeHasWords:
    def test_those_that_come_out(self):
        assert {code for code in given_by_the_engine() if not has_words(code)} == set()

    def test_those_that_the_source_knows(self):
        codes = set(written_in_the_engine()) - {"NOT_APPLICABLE", "NOT_ELIGIBLE", "PENDING_INFO", "OUT_OF_WINDOW"}
        assert {"ELIGIBILITY_LOCKED", "ROUNDED_DOWN", "HOLIDAY_NOT_CHARGED", "WINDOW_PARTIAL"} <= codes
        assert {code for code in codes if not has_words(code)} == set()

    def test_every_note_with_a_law(self):
        assert set(authorities.NOTES) <= set(NOTES)

    @pytest.mark.parametrize("stem", ["MONTHS_7", "SERVICE_9M", "DAYS_90", "PROBATION", "FACT_PET_APPROVED"])
    @pytest.mark.parametrize("outcome", RESULTS)
    def test_whatever_numbers_and_names_a_row_invents(self, stem, outcome):
        assert has_words(f"{stem}_{outcome}") or (stem.startswith("FACT") and outcome == "LATER")

    def test_a_code_without_words_would_be_seen(self):
        assert not has_words("MOON_IS_FULL")
        with pytest.raises(KeyError):
            explained(Finding("MOON_IS_FULL", "OK", None, None, ""))

    def test_every_sentence_is_whole_and_can_be_filled(self):
        values = {name: "x" for name in ("n", "date", "dates", "known", "needed")}
        for sentence in [*TESTS.values(), *NOTES.values(), *NOT_APPLICABLE.values()]:
            told = str(sentence) % values
            assert told[0].isupper(), told
            assert told.endswith("."), told


class TestTests:
    @pytest.mark.parametrize(
        ("finding", "told"),
        [
            (Finding("MONTHS_12_OK", "OK", "2015-01-05", 12, ""), "You have worked here for 12 months or more."),
            (
                Finding("MONTHS_12_LATER", "LATER", "2022-02-01", 12, "", holds_from=dt.date(2023, 2, 1)),
                "You will have worked here for 12 months on Wednesday, February 1, 2023.",
            ),
            (
                Finding("HOURS_1250_FAIL", "FAIL", 60_030, 75_000, ""),
                "You worked 1000 hours 30 minutes in the 12 months before this leave."
                " This policy asks for more: 1250 hours.",
            ),
            (
                Finding("WORKSITE_50_UNKNOWN", "UNKNOWN", None, 50, ""),
                "We do not know yet whether your employer has 50 employees within 75 miles of your workplace.",
            ),
            (
                Finding("WINDOW_PARTIAL", "OK", "2023-02-01", "2024-01-31", ""),
                "This policy gives leave from Feb 1, 2023 to Jan 31, 2024, and only part of yours is within that time.",
            ),
            (
                Finding("FACT_PET_APPROVED_UNKNOWN", "UNKNOWN", None, True, ""),
                "Somebody else decides on a condition of this policy, and we do not have the answer yet.",
            ),
            (Finding("FACT_STD_ENROLLED_FAIL", "FAIL", False, True, ""), "You are not enrolled in this plan."),
        ],
    )
    def test_in_words(self, finding, told):
        assert explained(finding) == told

    def test_the_law_is_cited_where_it_is_known(self):
        assert cited("So it is.", "29 CFR 825.110(b)") == "So it is. Source: 29 CFR 825.110(b)."
        assert cited("So it is.", "") == "So it is."

    def test_notes_to_administrators_are_left_out(self):
        assert cited("So it is.", "contract (configure per unit); guide") == "So it is. Source: contract; guide."


class TestAmounts:
    @pytest.mark.parametrize(
        ("amount", "told"),
        [
            (Fraction(12), "12 weeks (450 hours)"),
            (Fraction(1), "1 week (37 hours 30 minutes)"),
            (Fraction(47, 150), "0.31 weeks (11 hours 45 minutes)"),
            (Fraction(0), "Nothing"),
        ],
    )
    def test_weeks_with_their_hours(self, amount, told):
        assert IN_WEEKS.words(amount) == told

    def test_hours_alone_and_weeks_alone(self):
        assert Measure(in_weeks=False, week=Fraction(2250)).words(Fraction(1440)) == "24 hours"
        assert Measure(in_weeks=True, week=Fraction(0)).words(Fraction(5, 2)) == "2.5 weeks"

    def test_as_the_rules_rounded_it(self):
        assert IN_WEEKS.shown(Quantity(Fraction(2), 4501)) == "2 weeks (75 hours 1 minute)"
        assert Measure(in_weeks=False, week=Fraction(0)).shown(Quantity(None, 80)) == "1 hour 20 minutes"
        assert [IN_WEEKS.shown(quantity) for quantity in (None, Quantity(Fraction(0), 0))] == ["Nothing"] * 2

    @pytest.mark.parametrize(("language", "told"), [("en", "2.5 weeks"), ("es", "2.5 semanas")])
    def test_parts_of_a_week_are_written_as_in_the_united_states(self, language, told):
        with translation.override(language):
            assert weeks(Fraction(5, 2)) == told

    @pytest.mark.parametrize(
        ("known", "told"),
        [
            (
                {},
                "You may use 12 weeks (450 hours) in the time from Jan 1 to Dec 31, 2023. You have not used any of it."
                " Source: Law 1.",
            ),
            (
                {"used": Fraction(2)},
                "You may use 12 weeks (450 hours) in the time from Jan 1 to Dec 31, 2023."
                " You have used 2 weeks (75 hours). Source: Law 1.",
            ),
            (
                {"period": None},
                "You may use 12 weeks (450 hours) in all. You have not used any of it. Source: Law 1.",
            ),
            (
                {"period": None, "used": Fraction(1)},
                "You may use 12 weeks (450 hours) in all. You have used 1 week (37 hours 30 minutes). Source: Law 1.",
            ),
            ({"amount": Fraction(0)}, "We know of no time that this policy gives you. Source: Law 1."),
        ],
    )
    def test_a_limit(self, known, told):
        assert limited(limit(**known), IN_WEEKS) == told


class TestWhatIsTold:
    def test_the_limit_that_leaves_least_governs_unless_another_was_used_up_first(self):
        one, other = limit(id="A", left=Fraction(3)), limit(id="B", left=Fraction(5))
        assert governing(result(limits=(other, one))) == one
        assert governing(result(limits=(other, one), notes=("LIMIT_BINDING:B",))) == other
        assert governing(result()) is None

    def test_a_limit_that_has_not_begun_is_not_told(self):
        ours, idle = limit(id="A", left=Fraction(3)), limit(id="B", period=None)
        assert telling(result(limits=(ours, idle))) == [ours]
        begun = limit(id="B", period=None, used=Fraction(1))
        assert telling(result(limits=(ours, begun))) == [ours, begun]

    def test_which_limit_was_used_up_is_told_where_there_are_several(self):
        one, other = limit(id="A"), limit(id="B", amount=Fraction(26))
        notes = ("LIMIT_BINDING:B", "ROUNDED_DOWN")
        assert telling_notes(result(limits=(other,), notes=notes)) == ["ROUNDED_DOWN"]
        both = result(limits=(one, other), notes=notes)
        assert telling_notes(both) == list(notes)
        assert noted("LIMIT_BINDING:B", both, IN_WEEKS) == "What is used up first: 26 weeks (975 hours)."

    def test_a_waiting_period_has_its_days(self):
        told = noted("WAITING_PERIOD_UNPAID", result(waiting_period=Span(JANUARY, dt.date(2023, 1, 7))), IN_WEEKS)
        assert told == "The first days, Jan 1 to Jan 7, 2023, are a waiting period: protected, but not paid."

    def test_how_a_leave_outlives_what_there_is(self):
        found = result(
            limits=(limit(),),
            approved=Quantity(Fraction(12), 27_000),
            exhausted=Quantity(Fraction(1, 5), 450),
            exhaustion_date=dt.date(2023, 3, 24),
            first_uncovered_date=dt.date(2023, 3, 27),
        )
        assert list(course(found, IN_WEEKS)) == [
            "Your week has 37 hours 30 minutes. A day counts as the part of that week’s time that you miss.",
            "This leave takes 12 weeks (450 hours).",
            "For 0.2 weeks (7 hours 30 minutes) of it nothing is left.",
            "Nothing is left after Friday, March 24, 2023.",
            "The first day not covered in full is Monday, March 27, 2023.",
        ]

    def test_where_there_is_nothing_nothing_runs_out(self):
        nothing = result(limits=(limit(amount=Fraction(0)),), exhaustion_date=JANUARY)
        assert list(course(nothing, IN_WEEKS)) == []
