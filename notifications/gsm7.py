"""The alphabet of text messages (GSM 03.38). One character outside it would cut a segment from 160 to 70."""

from __future__ import annotations

import unicodedata

SEGMENT = 160
LETTERS = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
SPELT = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "·": "-", "ł": "l", "Ł": "L"}
)


def plain(text: str) -> str:
    """The same words in the alphabet: accents it lacks fall, what is left unknown becomes a question mark."""
    return "".join(_letter(letter) for letter in unicodedata.normalize("NFC", text.translate(SPELT)))


def _letter(letter: str) -> str:
    if letter in LETTERS:
        return letter
    base = unicodedata.normalize("NFKD", letter)[0]
    return base if base in LETTERS else "?"
