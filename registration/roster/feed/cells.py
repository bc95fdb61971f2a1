"""One cell of a file: from text to the text PostgreSQL is given. Each reader raises CellFault.

Empty cells arrive as "" and a reader that allows them answers None or its default.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache, lru_cache

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from registration.roster.feed.faults import CellFault

Reader = Callable[[str], str | None]

FORMULA_STARTS = ("=", "+", "-", "@")
EARLIEST = dt.date(1900, 1, 1)
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
ZIP = re.compile(r"(\d{5})-?(\d{4})?")
PHONE_PUNCTUATION = re.compile(r"[\s().\-‐-―]")
NANP = re.compile(r"(?:\+?1)?([2-9]\d{2}[2-9]\d{6})")
YES = {"yes": "true", "y": "true", "true": "true", "1": "true", "no": "false", "n": "false", "false": "false"}
YES["0"] = "false"


def clean(cell: str) -> str:
    """Trimmed and in one Unicode form. Raises CellFault for what no cell may hold."""
    if cell.isascii() and cell.isprintable():
        return cell.strip()
    text = unicodedata.normalize("NFC", cell).strip()
    if "\n" in text or "\r" in text:
        raise CellFault("holds a line break. Put it on one line.")
    if "\ufffd" in text:
        raise CellFault("holds �, a letter that was lost in an earlier conversion. Export it again as UTF-8.")
    if any(unicodedata.category(character) == "Cc" for character in text):
        raise CellFault("holds a control character. Remove it.")
    return text


def text(longest: int, *, needed: bool = False) -> Callable[[str], str]:
    """Words, at most `longest` characters."""

    def read(cell: str) -> str:
        if not cell and needed:
            raise CellFault("is empty. Fill it in.")
        if len(cell) > longest:
            raise CellFault(f"has {len(cell):,} characters. Use {longest} or fewer.")
        if cell.startswith(FORMULA_STARTS):
            raise CellFault(f"begins with {cell[0]}, which spreadsheet programs run as a formula. Remove it.")
        return cell

    return read


def name(cell: str) -> str:
    """A first or last name: as the person writes it, accents, hyphens and apostrophes kept."""
    _name_text(cell)
    if not any(character.isalpha() for character in cell):
        raise CellFault("has no letter. Write the person's name.")
    return cell


_name_text = text(128, needed=True)


def employee_number(cell: str) -> str:
    """One to ten digits, zeros at the start kept."""
    if not cell:
        raise CellFault("is empty. Fill it in.")
    return _digits(cell)


def other_employee_number(cell: str) -> str | None:
    """Somebody else's number, or None."""
    return _digits(cell) if cell else None


def _digits(cell: str) -> str:
    if re.fullmatch(r"[\d.]+[eE]\+?\d+|\d+\.0*", cell):
        raise CellFault(f"{cell} was rewritten by a spreadsheet program. Format the column as text and export again.")
    if not (cell.isascii() and cell.isdecimal()):
        raise CellFault("has characters that are not digits. Use 1 to 10 digits.")
    if len(cell) > 10:
        raise CellFault(f"has {len(cell)} digits. Use 1 to 10 digits.")
    return cell


def zip_code(cell: str) -> str:
    """02108 or 02108-1512."""
    if found := ZIP.fullmatch(cell):
        return f"{found[1]}-{found[2]}" if found[2] else found[1]
    five, _, four = cell.partition("-")
    if five.isdecimal() and (len(five) in {3, 4} or (len(five) == 8 and not four)):
        raise CellFault(
            f"{cell} has lost the zeros at its start, as spreadsheet programs do. "
            "Format the column as text and export again."
        )
    raise CellFault("is not a ZIP Code. Write five digits, 02108, or nine, 02108-1512.")


@lru_cache(maxsize=65_536)  # the same days stand in many rows
def _day(cell: str) -> str:
    if not DATE.fullmatch(cell):
        raise CellFault(f"“{cell[:30]}” is not written as YYYY-MM-DD. Write 1979-05-04 for May 4, 1979.")
    try:
        day = dt.date.fromisoformat(cell)
    except ValueError as error:
        raise CellFault(f"{cell} is not a day of the calendar.") from error
    if day < EARLIEST:
        raise CellFault(f"{cell} is before {EARLIEST}. Check the year.")
    return cell


def needed_date(cell: str) -> str:
    if not cell:
        raise CellFault("is empty. Write a date as YYYY-MM-DD.")
    return _day(cell)


def date(cell: str) -> str | None:
    return _day(cell) if cell else None


def number(least: int, most: int, default: int | None = None) -> Reader:
    """A whole number from `least` to `most`; an empty cell is `default`."""

    def read(cell: str) -> str | None:
        if not cell:
            return None if default is None else str(default)
        if cell.isascii() and cell.isdecimal() and least <= int(cell[:10]) <= most and len(cell) <= 10:
            return str(int(cell))
        raise CellFault(f"must be a whole number from {least} to {most}, without commas or units.")

    return read


def yes_no(default: str | None) -> Reader:
    """`true` or `false` from yes or no; an empty cell is `default`, None for “not known”."""

    def read(cell: str) -> str | None:
        if not cell:
            return default
        if answer := YES.get(cell.lower()):
            return answer
        raise CellFault("must be yes or no.")

    return read


def one_of(choices: Mapping[str, object], default: str) -> Callable[[str], str]:
    """One of the words in `choices`; an empty cell is `default`."""

    def read(cell: str) -> str:
        if (word := cell.lower() or default) in choices:
            return word
        raise CellFault(f"“{cell[:30]}” is not one of: {', '.join(choices)}.")

    return read


def email(cell: str) -> str:
    """An address, or "" for none."""
    if cell:
        try:
            validate_email(cell)
        except ValidationError as error:
            raise CellFault("is not an email address. Write it like name@example.org.") from error
        if len(cell) > 254:
            raise CellFault(f"has {len(cell):,} characters. Use 254 or fewer.")
    return cell


def phone(cell: str) -> str:
    """A North American number in E.164, +16175550123, or "" for none. Punctuation is dropped."""
    if not cell:
        return ""
    found = NANP.fullmatch(PHONE_PUNCTUATION.sub("", cell))
    if not found or not _area_code_exists(found[1][:3]):
        raise CellFault("is not a phone number we can call. Write ten digits, 617-555-0123.")
    return "+1" + found[1]


@cache
def _area_code_exists(area_code: str) -> bool:
    """Asked per area code: the library takes 0.1 ms for a number, and a feed has 100,000."""
    return phonenumbers.is_valid_number(phonenumbers.parse(f"+1{area_code}5550123"))


def state(cell: str) -> str:
    if cell and not re.fullmatch("[A-Za-z]{2}", cell):
        raise CellFault("must be two letters, MA.")
    return cell.upper()
