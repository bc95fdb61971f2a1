"""The employer's guide word for word: what its screens say stands on our pages, but for the exceptions listed here.

labels.csv: what a page must say. exceptions.csv: what the guide says and our page does not, each with its reason.
Both name the guide's requirement, and the page by its key in tests/pages/recipes.
"""

from __future__ import annotations

import csv
import html
import re
from collections import defaultdict
from pathlib import Path

import pytest

from portal.office.models import ContactRecord
from tests.pages.recipes import RECIPES, Recipe
from tests.pages.test_every_page import visit
from tests.pages.world import make_world

HERE = Path(__file__).parent
WHERE_ASKED = {f"R{number}" for number in range(87, 123)} - {"R100", "R102"}  # those two are rules without a text
MAIN = re.compile(r"<main.*?</main>", re.DOTALL)
NOT_SHOWN = re.compile(r"<(script|style|template|svg)\b.*?</\1>", re.DOTALL)
INLINE = re.compile(r"</?(?:a|strong|b|em)\b[^>]*>")
SHORT = 16  # letters; what is shorter must be all of a label, a choice or a button
QUOTES = str.maketrans("‘’“”", "''\"\"")


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def by_page(name: str) -> dict[str, list[dict[str, str]]]:
    found = defaultdict(list)
    for row in rows(name):
        found[row["page"]].append(row)
    return found


LABELS, EXCEPTIONS = by_page("labels"), by_page("exceptions")


def alike(text: str) -> str:
    """Without what is only typography: capitals, curly quotes, the guide's arrow on its buttons."""
    return " ".join(text.translate(QUOTES).casefold().split()).removesuffix(" >")


def expected(text: str) -> str:
    """The guide's names and numbers as this installation has them."""
    contact = ContactRecord.objects.get(pk=1)
    for guide, ours in (
        ("WorkPartners", contact.admin_name),
        ("Workpartners", contact.admin_name),
        ("833-640-2800", contact.phone),
        ("The Commonwealth", contact.employer),
    ):
        text = text.replace(guide, ours)
    return alike(text)


def pieces(page: str) -> list[str]:
    """The texts of the main part, one for each element."""
    main = MAIN.search(page)
    assert main
    shown = INLINE.sub("", NOT_SHOWN.sub(" ", main[0]))
    texts = (html.unescape(piece) for piece in re.split(r"<[^>]*>", shown))
    return [alike(piece) for piece in texts if piece.strip()]


def says(page: list[str], text: str) -> bool:
    wanted = expected(text)
    if len(wanted) < SHORT:
        return wanted.removesuffix(":") in page
    return re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", " ".join(page)) is not None


@pytest.mark.parametrize("page", sorted({*LABELS, *EXCEPTIONS}))
def test_every_row_has_a_page(page):
    assert isinstance(RECIPES.get(page), Recipe), "no such page in tests/pages/recipes"


def test_every_requirement_has_rows_and_every_exception_a_reason():
    labels, exceptions = rows("labels"), rows("exceptions")
    assert {row["requirement"] for row in (*labels, *exceptions)} == WHERE_ASKED
    assert [row for row in exceptions if not row["reason"]] == []
    required = {(row["page"], row["text"]) for row in labels}
    assert [row for row in exceptions if (row["page"], row["text"]) in required] == []


@pytest.mark.django_db
@pytest.mark.parametrize("page", sorted(LABELS))
def test_the_page_says_it(page):
    shown = pieces(visit(page, make_world()).content.decode())
    assert [row["text"] for row in LABELS[page] if not says(shown, row["text"])] == []


@pytest.mark.django_db
@pytest.mark.parametrize("page", sorted(EXCEPTIONS))
def test_an_exception_is_one(page):
    shown = pieces(visit(page, make_world()).content.decode())
    assert [row["text"] for row in EXCEPTIONS[page] if says(shown, row["text"])] == []
