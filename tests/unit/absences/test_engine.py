"""The engine alone, on a journey made for it, then the real one on anything a browser may send."""

import datetime as dt
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from absences.journeys.engine import Journey, Row, Step, StepForm
from absences.journeys.unplanned import DayToDay
from portal.lib.forms import TextField, YesNoField
from tests.unit.absences.circumstances import as_posted, make_setting

SETTING = make_setting()


class ForkForm(StepForm):
    left = YesNoField(label="Left?", heading=True)


class Fork(Step):
    slug, part, form_class = "fork", 1, ForkForm


class LeftForm(StepForm):
    bank = TextField(label="Which bank?", heading=True)


class Left(Step):
    slug, part, form_class = "left", 1, LeftForm

    @classmethod
    def applies(cls, facts, setting):
        return facts["left"]

    @classmethod
    def rows(cls, cleaned):
        yield Row("Bank", cleaned["bank"])


class RightForm(StepForm):
    hill = TextField(label="Which hill?", heading=True)


class Right(Step):
    slug, part, form_class = "right", 1, RightForm

    @classmethod
    def applies(cls, facts, setting):
        return not facts["left"]

    @classmethod
    def way_out(cls, cleaned, setting):
        return "cliff" if cleaned["hill"] == "cliff" else ""


class EndForm(StepForm):
    word = TextField(label="The word?", heading=True)


class End(Step):
    slug, part, form_class = "end", 2, EndForm


class Trip(Journey):
    steps = (Fork, Left, Right, End)
    parts = ("Way", "End")


LEFT, RIGHT = {"left": ["yes"]}, {"left": ["no"]}
BANK, HILL, CLIFF, WORD = {"bank": ["Seine"]}, {"hill": ["Beacon"]}, {"hill": ["cliff"]}, {"word": ["done"]}


def walked(**answers):
    return Trip.walk(answers, setting=SETTING)


def slugs(walk):
    return [page.step.slug for page in walk.pages]


@pytest.mark.parametrize(
    ("answers", "pages", "first_open"),
    [
        ({}, ["fork"], "fork"),
        ({"end": WORD}, ["fork"], "fork"),  # nobody skips ahead
        ({"fork": LEFT}, ["fork", "left"], "left"),
        ({"fork": RIGHT}, ["fork", "right"], "right"),
        ({"fork": {"left": ["perhaps"]}, "left": BANK, "end": WORD}, ["fork"], "fork"),  # not valid: not answered
        ({"fork": LEFT, "right": HILL}, ["fork", "left"], "left"),  # the other branch does not count
        ({"fork": LEFT, "left": BANK}, ["fork", "left", "end"], "end"),
        ({"fork": LEFT, "left": BANK, "end": WORD}, ["fork", "left", "end"], None),
        ({"fork": RIGHT, "right": HILL, "end": WORD}, ["fork", "right", "end"], None),
        ({"fork": RIGHT, "right": CLIFF, "end": WORD}, ["fork", "right"], "right"),  # a way out is not onward
    ],
)
def test_a_walk_ends_at_the_first_open_page(answers, pages, first_open):
    walk = walked(**answers)
    assert slugs(walk) == pages
    assert (walk.first_open.step.slug if walk.first_open else None) == first_open


def test_forward_goes_to_the_next_page_and_a_change_to_the_first_open_one():
    walk = walked(fork=LEFT, left=BANK, end=WORD)
    assert walk.after("fork", returning=False).step is Left
    assert walk.after("fork", returning=True) is None
    assert walk.after("end", returning=False) is None
    assert walked(fork=RIGHT, left=BANK, end=WORD).after("fork", returning=True).step is Right


def test_back_goes_the_way_one_came():
    walk = walked(fork=RIGHT, right=HILL)
    assert walk.before("end").step is Right
    assert walk.before("fork") is None


def test_facts_of_a_branch_that_was_left_are_gone_and_come_back():
    both = {"left": BANK, "right": HILL, "end": WORD}
    assert "hill" not in walked(fork=LEFT, **both).facts
    assert "bank" not in walked(fork=RIGHT, **both).facts
    assert walked(fork=LEFT, **both).facts["bank"] == "Seine"
    assert walked(fork=RIGHT, **both).hidden == {Left}


def test_a_page_knows_only_what_came_before_it():
    walk = walked(fork=LEFT, left=BANK, end=WORD)
    assert [set(page.facts) for page in walk.pages] == [set(), {"left"}, {"left", "bank"}]


def test_the_summary_has_answered_pages_only():
    assert [row for _page, row in walked(fork=LEFT, left=BANK).rows()] == [Row("Bank", "Seine")]


def test_a_step_takes_its_question_from_the_heading_of_its_form():
    assert End.question == "The word?"


POSTED_TRIPS = st.fixed_dictionaries(
    {},
    optional={
        "fork": st.sampled_from([LEFT, RIGHT, {"left": ["x"]}]),
        "left": st.sampled_from([BANK, {"bank": [""]}]),
        "right": st.sampled_from([HILL, CLIFF]),
        "end": st.just(WORD),
    },
)


@given(answers=POSTED_TRIPS, order=st.randoms())
def test_the_order_of_answering_does_not_matter(answers, order):
    shuffled = list(answers.items())
    order.shuffle(shuffled)
    first, second = Trip.walk(answers, setting=SETTING), Trip.walk(dict(shuffled), setting=SETTING)
    assert (slugs(first), first.facts) == (slugs(second), second.facts)


@given(answers=POSTED_TRIPS)
def test_branches_never_mix(answers):
    walk = Trip.walk(answers, setting=SETTING)
    assert not {"bank", "hill"} <= set(walk.facts)
    assert all(not page.open for page in walk.pages[:-1])
    assert walk.pages


# --- The day-to-day journey ------------------------------------------------------------------------------------------

GOOD = {
    "type": as_posted({"need": "day_to_day"}),
    "who": as_posted({"who": "myself"}),
    "date": as_posted({"day": "2026-03-06"}),
    "full-day": as_posted({"full_day": "yes"}),
    "hours": as_posted({"length": "own_day"}),
    "times": as_posted({"start": "8:00 AM", "end": "10:00 AM"}),
    "about": as_posted({"reason": "Sick"}),
    "overtime": as_posted({"overtime": "none"}),
    "more": {},
}


def test_the_contents_of_a_day_to_day_report():
    assert [step.slug for step in DayToDay.steps] == list(GOOD)


def test_field_names_are_unique_within_the_journey():
    names = list(itertools.chain.from_iterable(step.form_class.base_fields for step in DayToDay.steps))
    assert len(names) == len(set(names))


def test_the_overtime_question_is_the_employers_to_ask():
    asked = DayToDay.walk(GOOD, setting=SETTING)
    not_asked = DayToDay.walk(GOOD, setting=make_setting(questions=frozenset()))
    assert asked.facts["overtime"] == "none"
    assert "overtime" not in not_asked.facts
    assert not_asked.first_open is None


TYPED = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    st.sampled_from(
        [
            "yes",
            "no",
            "other",
            "own_day",
            "2026-03-06",
            "3/7/2026",
            "8:00 AM",
            "22:00",
            "7.5",
            "-1",
            "1e9",
            "24",
            "\x00",
            "٣",
            "²",
            "2026-13-45",
            "0001-01-01",
            "9999-12-31",
        ]
    ),
)
NAMES = [
    "need",
    "who",
    "relationship",
    "day",
    "date",
    "full_day",
    "length",
    "hours",
    "minutes",
    "start",
    "end",
    "start_fmt",
    "sure",
    "reason",
    "usual",
    "overtime",
    "_version",
]
ANYTHING = st.dictionaries(st.sampled_from(NAMES), st.lists(TYPED, min_size=1, max_size=2), max_size=5)


@settings(max_examples=300)
@given(
    answers=st.dictionaries(st.sampled_from(list(GOOD)), ANYTHING, max_size=8),
    keep=st.sets(st.sampled_from(list(GOOD))),
)
def test_nothing_a_browser_sends_makes_a_walk_fail(answers, keep):
    mixed = {**answers, **{slug: GOOD[slug] for slug in keep}}
    walk = DayToDay.walk(mixed, setting=SETTING)
    walk.rows()
    for page in walk.pages:
        page.form.error_links()
        str(page.form["day"]) if "day" in page.form.fields else None
    if walk.first_open is None:
        facts = walk.facts
        assert 1 <= facts["missed"] <= 1440
        assert dt.date(2026, 3, 5) <= facts["date"] <= dt.date(2026, 5, 5)
        assert facts["full_day"] != ("start" in facts)
