"""Times of day, with AM or PM, or on the clock of 24 hours."""

from __future__ import annotations

import datetime as dt

import pytest

from portal.lib.forms import TimeField
from tests.unit.forms.asking import ask, outcome


@pytest.mark.parametrize(
    ("typed", "result"),
    [
        ("8:00 AM", dt.time(8)),
        ("8am", dt.time(8)),
        ("8 a", dt.time(8)),
        ("08:00 AM", dt.time(8)),
        ("800 am", dt.time(8)),
        ("8.30 am", dt.time(8, 30)),
        ("8:00 p.m.", dt.time(20)),
        ("8:00 p. m.", dt.time(20)),
        ("8:00\u00a0PM", dt.time(20)),
        ("1330", dt.time(13, 30)),
        ("13:30", dt.time(13, 30)),
        ("13:30 PM", dt.time(13, 30)),
        ("0030", dt.time(0, 30)),
        ("0000", dt.time(0)),
        ("0800", dt.time(8)),
        ("0800 PM", dt.time(20)),
        ("800", "refused: meridiem"),
        ("08:00", "refused: meridiem"),
        ("12:00 AM", dt.time(0)),
        ("12 pm", dt.time(12)),
        ("12:59 am", dt.time(0, 59)),
        ("noon", dt.time(12)),
        ("medianoche", dt.time(0)),
        ("8:00", "refused: meridiem"),
        ("8", "refused: meridiem"),
        ("1200", "refused: meridiem"),
        ("15", "refused: meridiem"),
        ("25:00", "refused: unreal"),
        ("24:00", "refused: unreal"),
        ("8:60 AM", "refused: unreal"),
        ("8:5 AM", "refused: unreal"),
        ("13:30 AM", "refused: unreal"),
        ("0:30 PM", "refused: unreal"),
        ("morning", "refused: unreal"),
        ("8:00 AM\x00", "refused: unreal"),
        ("8" * 10_000, "refused: unreal"),
        ("", "refused: required"),
        (" \u200b", "refused: required"),
    ],
)
def test_typed_times(typed, result):
    assert outcome(ask(TimeField(), typed)) == result


@pytest.mark.parametrize(
    ("typed", "result"),
    [
        ("08:00", dt.time(8)),
        ("00:00", dt.time(0)),
        ("12:30", dt.time(12, 30)),
        ("22:15:00", dt.time(22, 15)),
        ("8:00 PM", dt.time(20)),
        ("25:00", "refused: unreal"),
        ("8:00", "refused: meridiem"),
        ("", "refused: required"),
    ],
)
def test_times_from_the_telephones_own_wheel(typed, result):
    assert outcome(ask(TimeField(), typed, fmt="24")) == result


def test_a_wheels_time_comes_back_as_it_would_be_typed():
    assert 'value="10:15 PM"' in str(ask(TimeField(), "22:15", fmt="24"))


def test_a_draft_keeps_the_companion():
    assert ask(TimeField()).html_names() == ["answer", "answer_fmt"]


def test_a_stored_time_is_shown_as_it_would_be_typed():
    assert 'value="12:05 AM"' in str(type(ask(TimeField()))(initial={"answer": dt.time(0, 5)}))
