"""Dates and birthdates, month first, however they are written."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.lib.forms import BirthdateField, DateField
from tests.unit.forms.asking import ask, outcome

JAN_19 = dt.date(2023, 1, 19)
TODAY = dt.date(2026, 3, 6)


@pytest.mark.parametrize(
    "typed",
    [
        "1/19/2023",
        "01/19/2023",
        "01-19-23",
        "1.19.2023",
        "01192023",
        "Jan 19 2023",
        "January 19, 2023",
        "january 19th 2023",
        "19 Jan 2023",
        "19 de enero de 2023",
        "enero 19, 2023",
        "2023-01-19",
        "2023 January 19",
        " 1 / 19 / 2023 ",
        "1/19/2023\u200b",
        "１/１９/２０２３",
    ],
)
def test_one_day_written_many_ways(typed):
    assert outcome(ask(DateField(), typed)) == JAN_19


@pytest.mark.parametrize(
    ("month", "number"),
    [
        ("Feb", 2), ("marzo", 3), ("abr", 4), ("MAYO", 5), ("Jun", 6), ("julio", 7), ("ago", 8), ("Sept", 9),
        ("set", 9), ("octubre", 10), ("nov", 11), ("dic", 12), ("Dec", 12),
    ],
)  # fmt: skip
def test_months_by_name_in_both_languages(month, number):
    assert outcome(ask(DateField(), f"{month} 2, 2024")) == dt.date(2024, number, 2)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "required"),
        (" \u200b ", "required"),
        ("1/19", "incomplete"),
        ("January 2023", "incomplete"),
        ("2023", "incomplete"),
        ("2/30/2026", "unreal"),
        ("04/31/2026", "unreal"),
        ("2/29/2023", "unreal"),
        ("13/01/2023", "unreal"),
        ("19/1/2023", "unreal"),
        ("1/19/0001", "unreal"),
        ("1/19/9999", "unreal"),
        ("1/19/202", "unreal"),
        ("1/19/2023/4", "unreal"),
        ("1/19/2023 10:00", "unreal"),
        ("yesterday", "unreal"),
        ("-1/19/2023x", "unreal"),
        ("Jan Jan 2023", "unreal"),
        ("1/19/2023\x00", "unreal"),
        ("1" * 10_000, "unreal"),
    ],
)
def test_what_is_no_date(typed, code):
    assert outcome(ask(DateField(), typed)) == f"refused: {code}"


def test_leap_day():
    assert outcome(ask(DateField(), "2/29/2028")) == dt.date(2028, 2, 29)


def test_a_stored_date_is_shown_as_it_would_be_typed():
    form = type(ask(DateField()))(initial={"answer": JAN_19})
    assert 'value="1/19/2023"' in str(form)


def test_the_calendar_knows_its_bounds():
    html = str(ask(DateField(earliest=JAN_19, latest=TODAY), ""))
    assert 'data-earliest="2023-01-19"' in html
    assert 'data-latest="2026-03-06"' in html


def born(month, day, year):
    return ask(BirthdateField(), today=TODAY, month=month, day=day, year=year)


@pytest.mark.parametrize(
    ("parts", "result"),
    [
        (("2", "29", "1984"), dt.date(1984, 2, 29)),
        (("03", " 7 ", "1990"), dt.date(1990, 3, 7)),
        (("３", "７", "１９９０"), dt.date(1990, 3, 7)),
        (("3", "6", "2012"), dt.date(2012, 3, 6)),
        (("3", "7", "2012"), "refused: check_year"),
        (("3", "7", "1915"), dt.date(1915, 3, 7)),
        (("3", "6", "1915"), "refused: check_year"),
        (("", "", ""), "refused: required"),
        (("", "7", "1990"), "refused: month"),
        (("3", "", "1990"), "refused: day"),
        (("3", "7", ""), "refused: year"),
        (("02", "30", "1980"), "refused: unreal"),
        (("13", "01", "1980"), "refused: unreal"),
        (("3", "7", "2026"), "refused: future"),
        (("3", "6", "2026"), "refused: future"),
        (("01", "01", "0001"), "refused: check_year"),
        (("01", "02", "80"), "refused: check_year"),
        (("1", "2", "19800"), "refused: unreal"),
        (("1", "-2", "1980"), "refused: unreal"),
        (("1", "2\x00", "1980"), "refused: unreal"),
        (("1", "2", "1" * 10_000), "refused: unreal"),
    ],
)
def test_birthdates(parts, result):
    assert outcome(born(*parts)) == result


def test_a_birthdate_without_parts_is_missing():
    assert outcome(ask(BirthdateField(), "2/29/1984", today=TODAY)) == "refused: required"


@pytest.mark.parametrize(
    ("parts", "target"),
    [(("", "", ""), "#id_answer_0"), (("3", "", "1990"), "#id_answer_1"), (("3", "7", "80"), "#id_answer_2")],
)
def test_the_summary_leads_to_the_part_at_fault(parts, target):
    form = born(*parts)
    assert [link.href for link in form.error_links()] == [target]
    assert f'id="{target[1:]}"' in str(form)


def test_a_birthdate_cannot_be_judged_without_a_day():
    with pytest.raises(ImproperlyConfigured):
        ask(BirthdateField(), month="3", day="7", year="1990").is_valid()
