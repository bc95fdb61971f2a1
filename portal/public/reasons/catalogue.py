"""reasons.csv, read and proved."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).with_name("reasons.csv")
LANGUAGES = ("en", "es")


class WrongList(ValueError):
    """reasons.csv cannot be used; the message names the line and what is wrong with it."""


@dataclass(frozen=True)
class Reason:
    names: dict[str, str]  # by language, as shown and as submitted
    also: dict[str, tuple[str, ...]]  # by language: other words that find it


def read(lines: Iterable[str]) -> list[Reason]:
    """Every reason, in the file's order, which breaks ties when several match. Raises WrongList."""
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    reasons = [_reason(row) for row in rows]
    for language in LANGUAGES:
        counted = Counter(reason.names[language].casefold() for reason in reasons)
        if twice := [name for name, times in counted.items() if times > 1]:
            raise WrongList(f"Twice in {language}: {', '.join(twice)}")
    return reasons


def _reason(row: dict[str, str]) -> Reason:
    if None in row or None in row.values() or not all(row[language].strip() for language in LANGUAGES):
        raise WrongList(f"Four columns are needed, and a name in each language: {list(row.values())}")
    return Reason(
        names={language: row[language].strip() for language in LANGUAGES},
        also={language: _words(row[f"{language}_also"]) for language in LANGUAGES},
    )


def _words(cell: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in cell.split(";") if word.strip())


def for_browsers(reasons: Iterable[Reason], language: str) -> str:
    """JSON: [[name, also, …], …], what static/js/reasons.search.js takes."""
    rows = [[reason.names[language], *reason.also[language]] for reason in reasons]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
