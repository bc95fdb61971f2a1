"""What a person may expect of one request for leave: kept from what was sent and answered, never from the product."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.integration.absences.leave_machine import Page, is_ours

Posted = dict[str, list[str]]
LONGEST, MOST = 2_000, 20  # of what is kept without being checked
OPEN, SENT, DELETED = "open", "sent", "deleted"


def own_fields(page: Page, posted: dict[str, Any]) -> Posted:
    """What was sent under the names of the question’s own form."""
    values = {name: given if isinstance(given, list) else [given] for name, given in posted.items()}
    return {name: given for name, given in values.items() if name in page.names and not is_ours(name)}


@dataclass
class Remembered:
    """One request: the answers that were taken, the words that were kept unchecked."""

    answers: dict[str, Posted] = field(default_factory=dict)
    words: dict[str, Posted] = field(default_factory=dict)
    state: str = OPEN
    cases: int = 0

    def take(self, key: str, posted: Posted) -> None:
        hub, slash, _rest = key.partition("/")
        if slash:
            self.answers.pop(hub, None)
        self.answers[key] = posted
        self.words.pop(key, None)

    def note(self, key: str, posted: Posted) -> None:
        """The newest words count, unless they say nothing, or nothing else than the answer."""
        typed = {name: [value[:LONGEST] for value in values[:MOST]] for name, values in posted.items()}
        self.words.pop(key, None)
        if any(any(values) for values in typed.values()) and typed != self.answers.get(key):
            self.words[key] = typed

    def forget_item(self, item: str) -> None:
        for kept in (self.answers, self.words):
            for key in [key for key in kept if f"/{item}/" in key]:
                del kept[key]
        self.answers.pop("days", None)

    def holds(self, item: str) -> bool:
        return any(f"/{item}/" in key for key in (*self.answers, *self.words))

    def expected_at(self, key: str) -> Posted | None:
        """What stands on the page of a question; None where nothing was ever given."""
        found = self.words.get(key, self.answers.get(key))
        if found is None or key != "about":
            return found
        return found if self.need in found.get("asked_about", [self.need]) else None

    def value(self, key: str, name: str) -> str:
        return (self.answers.get(key, {}).get(name) or [""])[-1]

    @property
    def need(self) -> str:
        return self.value("type", "need")

    @property
    def items(self) -> list[str]:
        """The days begun, in the order in which they were."""
        return list(dict.fromkeys(key.split("/")[1] for key in (*self.answers, *self.words) if key.startswith("days/")))

    def asked(self, *, own_questions: bool) -> list[str]:
        """Every question that these answers lead to."""
        need = self.need
        keys = ["type"] + ["about"] * (need != "bonding")
        keys += {"family_health": ["person"], "pregnancy": ["arrival"], "bonding": ["child"]}.get(need, [])
        keys.append("schedule")
        if self.value("schedule", "continuous") == "yes":
            keys.append("dates")
        else:
            keys.append("days-known")
            if self.value("days-known", "knows_days") == "yes":
                keys += [key for item in self.items for key in self._of_day(item)] + ["days"]
        keys += ["pay"] + ["work-related"] * (need != "bonding") + ["more"] * own_questions
        return [*keys, "contact-by", "phone"]

    def _of_day(self, item: str) -> list[str]:
        whole = self.value(f"days/{item}/full-day", "full_day") == "yes"
        slugs = ["date", "full-day", "hours" if whole else "times", "visit", "details"]
        return [f"days/{item}/{slug}" for slug in slugs]

    def missing(self, *, own_questions: bool) -> list[str]:
        """Questions of this request that have no answer, or one that is not settled."""
        asked = self.asked(own_questions=own_questions)
        return [key for key in asked if key not in self.answers or key in self.words or self.expected_at(key) is None]


def differences(key: str, expected: Posted, page: Page) -> dict[str, Any]:
    """{name: (expected, shown)} of a question’s page, where what was given does not stand in it."""
    if key == "days":  # whether there are more is asked anew every time
        return {}
    if key == "about":
        given, shown = reasons_in(expected), reasons_in(page.typed)
        return {} if given == shown else {"reasons": (given, shown)}
    names = [name for name in expected if name in page.names and not name.endswith(("_fmt", "_shown"))]
    pairs = {name: (_last(expected[name]), _last(page.fields.get(name, [""]))) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def reasons_in(posted: Posted) -> list[str]:
    """The list, then what is in the box; the same thing said twice counts once."""
    found: dict[str, str] = {}
    for reason in [*posted.get("reasons", ()), *posted.get("reason", [""])[-1:]]:
        if folded(reason):
            found.setdefault(folded(reason), reason)
    return list(found)


def folded(text: str) -> str:
    shown = "".join(letter for letter in text if unicodedata.category(letter) not in {"Cc", "Cf"} or letter.isspace())
    return "".join(unicodedata.normalize("NFC", shown).casefold().replace("’", "'").split())


def _last(values: Iterable[str]) -> str:
    """Browsers send line ends as two characters, and show them as one."""
    return (list(values) or [""])[-1].replace("\r\n", "\n").replace("\r", "\n")
