"""What a letter about a paper of a case may say: that one came or is wanted, and by when. Never which."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from cases.models.case import CaseEvent

Kind = CaseEvent.Kind
KINDS = (Kind.DOCUMENT_RECEIVED, Kind.DOCUMENT_ASKED, Kind.DOCUMENT_AGAIN, Kind.DOCUMENT_DUE_SOON)


@dataclass(frozen=True)
class PaperLetter:
    """What the employee reads about a paper. `kind` is a value of KINDS."""

    case_number: str
    kind: str
    on: dt.date  # when it happened
    due_on: dt.date | None  # when it must come; of one that came, when it is reviewed; None: no date was set
    email: str | None  # as of a CancelLetter


def is_about_paper(event: CaseEvent) -> bool:
    return event.kind in KINDS


def paper_letter(kept: dict[str, Any]) -> PaperLetter:
    """Back from `dataclasses.asdict` that was through JSON."""
    due_on = kept["due_on"] and dt.date.fromisoformat(kept["due_on"])
    return PaperLetter(**{**kept, "on": dt.date.fromisoformat(kept["on"]), "due_on": due_on})
