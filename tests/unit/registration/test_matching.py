"""Five facts against roster rows: what people write differently matches, what could be somebody else does not."""

import datetime as dt
from dataclasses import dataclass, replace

import pytest

from registration.matching import Facts, find_match, name_key, number_key

BORN = dt.date(1984, 2, 29)
TYPED = Facts("Maria", "Garcia", "02108", BORN, "12345")


@dataclass(frozen=True)
class Row:
    first_name: str = "Maria"
    last_name: str = "Garcia"
    home_zip: str = "02108"
    birthdate: dt.date = BORN
    employee_number: str = "00012345"


SAME_NAME = [
    ("  Maria   Elena ", "Maria Elena"),
    ("O’Brien", "O'Brien"),
    ("OBRIEN", "O'Brien"),
    ("O Brien", "O`Brien"),
    ("Núñez", "NUNEZ"),
    ("Nun\u0303ez", "Nuñez"),
    ("Ma\u200bria", "Maria"),
    ("Maria\u00a0", "Maria"),
    ("Smith‑Jones", "Smith-Jones"),
    ("smith jones", "SMITH-JONES"),
    ("St. John", "St John"),
    ("Søren", "SOREN"),
    ("Łukasz", "Lukasz"),
    ("Weiß", "WEISS"),
    ("Ｍａｒｉａ", "Maria"),
    ("李小龙", "李小龙"),
    ("김", "\u1100\u1175\u11b7"),  # composed and decomposed
]
OTHER_NAME = [
    ("Mаria", "Maria"),  # a Cyrillic а
    ("\u202eairaM", "Maria"),
    ("Mar\u202eia", "Maria"),
    ("Maria", "Mario"),
    ("Mari", "Maria"),
    ("李小龙", "李小龍"),
    ("\u200b", "\u200d"),
]


@pytest.mark.parametrize(("typed", "on_file"), SAME_NAME)
def test_one_name_written_two_ways_matches(typed, on_file):
    row = Row(first_name=on_file)
    assert find_match(replace(TYPED, first_name=typed), [row]) is row


@pytest.mark.parametrize(("typed", "on_file"), OTHER_NAME)
def test_another_name_does_not(typed, on_file):
    assert find_match(replace(TYPED, first_name=typed), [Row(first_name=on_file)]) is None
    assert find_match(replace(TYPED, last_name=typed), [Row(last_name=on_file)]) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"first_name": "Marta"},
        {"last_name": "Garza"},
        {"zip": "02109"},
        {"birthdate": dt.date(1984, 3, 1)},
        {"employee_number": "12346"},
    ],
)
def test_four_facts_are_not_enough(wrong):
    assert find_match(TYPED, [Row()]) is not None
    assert find_match(replace(TYPED, **wrong), [Row()]) is None


@pytest.mark.parametrize(
    ("typed", "on_file"), [("021081512", "02108"), ("02108", "02108-1512"), ("021081512", "02108-9999")]
)
def test_the_last_four_of_a_zip_do_not_decide(typed, on_file):
    assert find_match(replace(TYPED, zip=typed), [Row(home_zip=on_file)]) is not None


@pytest.mark.parametrize("typed", ["12345", "00012345", "0000012345"])
def test_leading_zeros_of_the_number_do_not_decide(typed):
    assert find_match(replace(TYPED, employee_number=typed), [Row()]) is not None


def test_twins_are_told_apart_by_first_name_and_number():
    maria, marta = Row(), Row(first_name="Marta", employee_number="00012346")
    assert find_match(TYPED, [marta, maria]) is maria
    assert find_match(replace(TYPED, first_name="Marta", employee_number="12346"), [marta, maria]) is marta
    assert find_match(replace(TYPED, first_name="Marta"), [marta, maria]) is None


def test_numbers_that_differ_in_zeros_alone_need_the_number_as_it_is():
    short, long = Row(employee_number="12345"), Row(employee_number="00012345")
    assert find_match(TYPED, [long, short]) is short
    assert find_match(replace(TYPED, employee_number="012345"), [long, short]) is None


def test_number_of_zeros_is_a_number():
    assert number_key("000") == "0"


def test_a_name_of_nothing_visible_is_empty():
    assert name_key(" \u200b\u2060-’ ") == ""
