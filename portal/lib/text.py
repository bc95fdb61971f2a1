"""Typed text made fit to keep: composed (NFC), trimmed, without what nobody can see. Raises nothing but Unprintable.

What is harmless and invisible is dropped: soft hyphens, zero-width spaces, word joiners, direction marks, byte order
marks (they come along when text is pasted). Joiners stay inside a text, because Persian words and family emoji are
written with them. What reorders the text or cannot be shown is refused.
"""

from __future__ import annotations

import re
import unicodedata

JOINERS = "\u200c\u200d"
REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
SPACES = re.compile(r"[^\S\n]+")
LINE_BREAKS = re.compile(r"\r\n|[\r\u2028\u2029]")


class Unprintable(ValueError):
    """The text holds a NUL, another control character, half a surrogate pair or a direction override."""


def refuse_unprintable(text: str, allowed: str = "") -> None:
    """Raises Unprintable."""
    for char in text:
        if char in REORDERING or (unicodedata.category(char) in {"Cc", "Cs"} and char not in allowed):
            raise Unprintable


def without_invisible(text: str, keep: str = "") -> str:
    """`text` without format characters (Unicode Cf), those in `keep` excepted."""
    return "".join(char for char in text if char in keep or unicodedata.category(char) != "Cf")


def one_line(text: str) -> str:
    """An answer of one line: NFC, trimmed, white space made single. Raises Unprintable, for a line break too."""
    refuse_unprintable(text, allowed="\t")
    visible = without_invisible(unicodedata.normalize("NFC", text), keep=JOINERS)
    return " ".join(visible.split()).strip(JOINERS + " ")


def lines(text: str) -> str:
    r"""An answer of several lines: NFC, trimmed, line breaks as \n, white space in a line kept. Raises Unprintable."""
    refuse_unprintable(text, allowed="\t\n\r")
    visible = without_invisible(unicodedata.normalize("NFC", text), keep=JOINERS)
    return LINE_BREAKS.sub("\n", visible).strip().strip(JOINERS).strip()


def folded(text: str) -> str:
    """What a parser reads: full-width digits and no-break spaces made plain (NFKC), nothing invisible, lower case."""
    return " ".join(without_invisible(unicodedata.normalize("NFKC", text)).split()).lower()
