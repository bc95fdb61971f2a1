"""What a new password must be, and which ones everybody tries first.

`settings.PASSWORD_POLICY`: "guide" is R73 (8 characters or more, an uppercase letter, a number, a special character),
"nist" asks for length alone. Both refuse what is easy to guess. Django's own check compares whole passwords with a
list none of whose entries fits the guide's rule, so `Welcome1!` passes it. Here the password is read as guessers build
it: capitals and look-alike characters folded away, a known word found inside, and what is left beside it weighed.
Nothing is trimmed or cut; NFKC is applied before counting and hashing, so that two keyboards' ways of writing one
character are the same password. A space counts as a special character.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.office.models import ContactRecord

if TYPE_CHECKING:
    from registration.models import User
    from registration.roster.models import Employee

GUIDE, NIST = "guide", "nist"
SHORTEST = 8
NIST_LENGTHS = range(15, 129)
LITTLE = 3  # characters that add nothing beside a known word, nor does one letter among digits and signs
SHORTEST_WORD, SHORTEST_NAME = 3, 4
ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890")
RUN = 4  # neighbours on a keyboard or in the alphabet, from this many on
LEET = [
    str.maketrans("@4831!|0$57", "aabeiiiosst"),
    str.maketrans("@4831!|0$57", "aabelllosst"),
]

# Keyed by (has an uppercase letter, has a number, has a special character): one whole sentence each.
MISSING: dict[tuple[bool, bool, bool], Promise] = {
    (False, True, True): _("Password must include an uppercase letter"),
    (True, False, True): _("Password must include a number"),
    (True, True, False): _("Password must include a special character"),
    (False, False, True): _("Password must include an uppercase letter and a number"),
    (False, True, False): _("Password must include an uppercase letter and a special character"),
    (True, False, False): _("Password must include a number and a special character"),
    (False, False, False): _("Password must include an uppercase letter, a number and a special character"),
}


def normalised(password: str) -> str:
    """The characters that are counted and hashed."""
    return unicodedata.normalize("NFKC", password)


def about(employee: Employee | None, *own: str) -> list[str]:
    """Words that a guesser who knows the person tries: names, employee number, `own` (a username), this service."""
    office = ContactRecord.objects.get(pk=1)
    person = [employee.first_name, employee.last_name, employee.employee_number] if employee else []
    return [*person, *own, office.admin_name, office.portal_name]


def about_account(user: User) -> list[str]:
    """The same of an account that stands."""
    return about(user.employee, user.username, user.display_name, user.email)


@dataclass(frozen=True)
class Rule:
    """One line of what a password must have. `pattern`: for scripts, what a password that meets it matches ("u")."""

    text: str
    pattern: str


def rules() -> list[Rule]:
    """What "Your password must have:" lists."""
    if settings.PASSWORD_POLICY == NIST:
        lengths = f"{NIST_LENGTHS[0]},{NIST_LENGTHS[-1]}"
        return [Rule(gettext("15 to 128 characters"), rf"^[^]{{{lengths}}}$")]
    longest = settings.PASSWORD_MAX_LENGTH
    return [
        Rule(gettext("8 to %(max)s characters") % {"max": longest}, rf"^[^]{{{SHORTEST},{longest}}}$"),
        Rule(gettext("An uppercase letter"), r"\p{Lu}"),
        Rule(gettext("A number"), r"\p{Nd}"),
        Rule(gettext("A special character, like ! or #"), r"[^\p{L}\p{N}]"),
    ]


def problem(password: str, *, about: Iterable[str] = ()) -> str:
    """What is wrong with a new password, as one sentence, or "". `about`: the person's names, username, number."""
    password = normalised(password)
    unfit = _beside_the_nist_rule if settings.PASSWORD_POLICY == NIST else _beside_the_guides_rule
    if found := unfit(password):
        return found
    if too_easy(password, about=about):
        return gettext("That password is too easy to guess. Choose a different one")
    return ""


def _beside_the_nist_rule(password: str) -> str:
    return "" if len(password) in NIST_LENGTHS else gettext("Password must be 15 to 128 characters")


def _beside_the_guides_rule(password: str) -> str:
    longest = settings.PASSWORD_MAX_LENGTH
    if not SHORTEST <= len(password) <= longest:
        return gettext("Password must be 8 to %(max)s characters") % {"max": longest}
    has = (
        any(char.isupper() for char in password),
        any(char.isdecimal() for char in password),
        any(not char.isalnum() for char in password),
    )
    return str(MISSING.get(has, ""))


def too_easy(password: str, *, about: Iterable[str] = ()) -> bool:
    """Whether little more than a known word, the person's own data or a run of keys is in it."""
    typed = password.casefold()
    read = {typed, *(typed.translate(table) for table in LEET)}
    own = _own_words(about)
    if any(word in text for word in own for text in read):
        return True
    return any(_adds_little(text, typed) or _only_runs(text) or _says_again(text) for text in read)


def _own_words(about: Iterable[str]) -> set[str]:
    parts = {part.casefold() for text in about for part in (text, *text.replace("-", " ").replace("@", " ").split())}
    return {part.lstrip("0") for part in parts if len(part.lstrip("0")) >= SHORTEST_NAME}


def _adds_little(text: str, typed: str) -> bool:
    """Whether a known word leaves few characters of `typed`, or none but digits and signs, beside it."""
    for start, end in _spans(len(text)):
        part = text[start:end]
        if part in known_words() or _is_run(part):
            rest = typed[:start] + typed[end:]
            letters = sum(char.isalpha() for char in rest)
            if letters == 0 or (end - start > RUN and (letters == 1 or len(rest) <= LITTLE)):
                return True
    return False


def _spans(length: int) -> Iterator[tuple[int, int]]:
    """Every stretch long enough for a word, the longest first."""
    for size in range(length, SHORTEST_WORD - 1, -1):
        for start in range(length - size + 1):
            yield start, start + size


def _is_run(part: str) -> bool:
    if len(part) < RUN:
        return False
    if len(set(part)) == 1:
        return True
    return any(part in row or part in row[::-1] for row in ROWS)


def _only_runs(text: str) -> bool:
    """Whether it is one run after the other, but for a few signs: `qwertyuiop1234567890`."""
    at = others = 0
    while at < len(text) and others <= LITTLE:
        ends = (end for end in range(len(text), at, -1) if _is_run(text[at:end]))
        end = next(ends, at)
        others += end == at
        at = max(end, at + 1)
    return others <= LITTLE


def _says_again(text: str) -> bool:
    """Whether it is one stretch again and again, which is too short or too easy by itself: `passwordpassword1`."""
    for size in range(1, (len(text) + 1) // 2 + 1):
        end = size
        while end < len(text) and text[end] == text[end - size]:
            end += 1
        is_all = end >= 2 * size - 1 and len(text) - end <= LITTLE  # the last time without what joins them
        if is_all and (size < SHORTEST or _adds_little(text[:size], text[:size])):
            return True
    return False


@functools.cache
def known_words() -> frozenset[str]:
    """Django's list of common passwords, and ours: close to 20,000, lower case."""
    common = CommonPasswordValidator().passwords
    ours = Path(__file__).with_name("common_words.txt").read_text(encoding="utf-8").splitlines()
    words = common | {line for line in ours if not line.startswith("#")}
    return frozenset(word for word in words if len(word) >= SHORTEST_WORD)


class PolicyRule:
    """The same rule for Django's own forms and commands (AUTH_PASSWORD_VALIDATORS)."""

    def validate(self, password: str, user: Any = None) -> None:
        own = about_account(user) if user is not None else []
        if found := problem(password, about=own):
            raise ValidationError(found)

    def get_help_text(self) -> str:
        if settings.PASSWORD_POLICY == NIST:
            return gettext("Your password must have 15 to 128 characters.")
        return gettext(
            "Your password must have 8 to %(max)s characters, an uppercase letter, a number and a special character."
        ) % {"max": settings.PASSWORD_MAX_LENGTH}
