"""What messages about papers know: nothing but the case, that one came or is wanted, and by when."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from cases.facts import PaperLetter, paper_letter
from notifications.models import Notice
from portal.lib.wording import long_date

Kind = Notice.Kind


@dataclass(frozen=True)
class PaperNews:
    """To the person whose leave it is. The template is named like the kind."""

    letter: PaperLetter

    @property
    def template(self) -> str:
        return self.letter.kind

    def kept(self) -> dict[str, Any]:
        return dataclasses.asdict(self)

    @classmethod
    def back(cls, kept: dict[str, Any]) -> PaperNews:
        return cls(paper_letter(kept["letter"]))

    def words(self, *, shorter_by: int = 0) -> dict[str, Any]:
        due_on = self.letter.due_on
        return {
            "case_number": self.letter.case_number,
            "date": long_date(self.letter.on),
            "due_on": long_date(due_on) if due_on else "",
        }


PAPER_CONTENTS: dict[str, type[PaperNews]] = dict.fromkeys(
    (Kind.DOCUMENT_RECEIVED, Kind.DOCUMENT_ASKED, Kind.DOCUMENT_AGAIN, Kind.DOCUMENT_DUE_SOON), PaperNews
)
