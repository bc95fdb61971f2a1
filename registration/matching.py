"""Do five facts name exactly one person on the roster? Pure; the caller brings the candidates.

What people and HR systems write differently is folded away: case, accents, spaces, hyphens, apostrophes, full stops,
zero-width characters, compatibility forms, leading zeros, ZIP+4. What could turn one name into another is not:
letters of another alphabet and direction overrides never match.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar


@dataclass(frozen=True)
class Facts:
    """What a person typed. `zip` has 5 or 9 digits, `employee_number` only digits."""

    first_name: str
    last_name: str
    zip: str
    birthdate: dt.date
    employee_number: str


class Candidate(Protocol):
    first_name: str
    last_name: str
    home_zip: str
    birthdate: dt.date
    employee_number: str


C = TypeVar("C", bound=Candidate)

ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
APOSTROPHES = "'’‘ʼʻ`´′＇"
PUNCTUATION = frozenset(ZERO_WIDTH + APOSTROPHES + ".,")
ACCENTS = range(0x0300, 0x0370)  # combining marks of the Latin, Greek and Cyrillic scripts
# Letters that Unicode does not take apart and HR systems write in ASCII.
ASCII_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t"}
)


def name_key(name: str) -> str:
    """The form in which names are compared. Empty when nothing of the name can be seen."""
    apart = unicodedata.normalize("NFKD", name.translate(dict.fromkeys(map(ord, APOSTROPHES))))
    kept = (char for char in apart if not _is_decoration(char))
    return unicodedata.normalize("NFKC", "".join(kept)).casefold().translate(ASCII_LETTERS)


def _is_decoration(char: str) -> bool:
    return ord(char) in ACCENTS or char in PUNCTUATION or unicodedata.category(char) in {"Zs", "Pd"} or char == "\t"


def zip5(code: str) -> str:
    """The five digits that decide; the last four of a ZIP+4 change with every move within a town."""
    return code[:5]


def number_key(number: str) -> str:
    """An employee number as people give it, with or without its leading zeros."""
    return number.strip().lstrip("0") or "0"


def find_match(facts: Facts, candidates: Iterable[C]) -> C | None:
    """The one candidate all five facts name, else None. Every candidate is compared in full, match or not."""
    matches = [candidate for candidate in candidates if _all_five(facts, candidate)]
    if len(matches) > 1:  # two numbers that differ only in leading zeros
        matches = [one for one in matches if one.employee_number == facts.employee_number]
    return matches[0] if len(matches) == 1 else None


def _all_five(facts: Facts, one: Candidate) -> bool:
    first, last = name_key(facts.first_name), name_key(facts.last_name)
    told = [
        first != "" and first == name_key(one.first_name),
        last != "" and last == name_key(one.last_name),
        facts.birthdate == one.birthdate,
        zip5(facts.zip) == zip5(one.home_zip),
        number_key(facts.employee_number) == number_key(one.employee_number),
    ]
    return all(told)
