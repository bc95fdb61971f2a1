"""Digits and telephone numbers."""

from __future__ import annotations

import pytest

from portal.lib.forms import DigitsField, PhoneField
from tests.unit.forms.asking import ask, outcome


@pytest.mark.parametrize(
    ("typed", "lengths", "result"),
    [
        ("02108", {5, 9}, "02108"),
        ("02108-1512", {5, 9}, "021081512"),
        ("０２１０８", {5, 9}, "02108"),
        ("459 139", {6}, "459139"),
        ("00012345", range(1, 11), "00012345"),
        ("2108", {5, 9}, "refused: format"),
        ("K1A 0B1", {5, 9}, "refused: format"),
        ("4S9l39", {6}, "refused: format"),
        ("٠٢١٠٨", {5, 9}, "refused: format"),
        ("0210\x00", {5, 9}, "refused: format"),
        ("-", {5, 9}, "refused: format"),
        ("99999999999999999999999999", range(1, 11), "refused: format"),
        ("9" * 10_000, range(1, 11), "refused: too_long"),
        (" ", {5, 9}, "refused: required"),
    ],
)
def test_digits(typed, lengths, result):
    assert outcome(ask(DigitsField(lengths=lengths), typed)) == result


@pytest.mark.parametrize(
    ("typed", "result"),
    [
        ("(617) 555-0132", "+16175550132"),
        ("1 617.555.0132", "+16175550132"),
        ("+1 617 555 0132", "+16175550132"),
        ("\u202a617-555-0132\u202c", "+16175550132"),  # as copied from a contact card
        ("555-0132", "refused: format"),
        ("617-555-O132", "refused: format"),
        ("call me", "refused: format"),
        ("+1 900 555 0123", "refused: refused"),
        ("800-555-0199", "refused: refused"),
        ("+252 61 5550123", "refused: refused"),
        ("", "refused: required"),
        ("6" * 10_000, "refused: too_long"),
    ],
)
def test_telephone_numbers(typed, result):
    assert outcome(ask(PhoneField(), typed)) == result


def test_a_stored_number_is_shown_as_people_write_it():
    assert 'value="617-555-0132"' in str(type(ask(PhoneField()))(initial={"answer": "+16175550132"}))
