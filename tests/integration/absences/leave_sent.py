"""A case, held against what its author answered, saw on the summary, and was promised that others are told."""

from __future__ import annotations

import dataclasses

from cases.facts import claim_events
from cases.models.case import Absence, Case
from cases.models.confidential import LeaveFacts, ReportedReason, Submission
from tests.integration.absences.leave_machine import MARK, Page
from tests.integration.absences.leave_memory import Remembered, folded, reasons_in


def compare(case: Case, mine: Remembered, page: Page) -> None:
    """The case with what was answered, what the summary showed, and what may be told."""
    assert mine.missing(own_questions=True) == []
    sent = Submission.objects.get(case=case).content
    rows = [answer for _question, answer in sent["rows"]]
    assert len(rows) == _rows_of(mine)
    if sent["language"] == page.language:
        assert " ".join(" ".join(rows).split()) == " ".join(answer for _name, answer in page.rows)
    assert LeaveFacts.objects.get(case=case).facts["category"] == mine.need
    reasons = [folded(reason.text) for reason in ReportedReason.objects.filter(case=case)]
    assert mine.need == "bonding" or reasons == reasons_in(mine.answers["about"])
    one_block = mine.value("schedule", "continuous") == "yes"
    assert case.pattern == ("continuous" if one_block else "intermittent")
    days = [key for key in mine.asked(own_questions=True) if key.endswith("/date")]
    assert Absence.objects.filter(case=case).count() == len(days)
    told = [str(dataclasses.asdict(event.notice)) for event in claim_events(100) if event.notice]
    assert told
    assert MARK not in f"{told} {sent['supervisor']}".casefold()


def _rows_of(mine: Remembered) -> int:
    """How many answers the record of this request has: a day has one, as has a page, but the phone's has three."""
    keys = mine.asked(own_questions=True)
    told = [key for key in keys if "/" not in key and key != "days"] + [key for key in keys if key.endswith("/date")]
    return len(told) + 2 - ("days-known" in keys and mine.value("days-known", "knows_days") == "yes")
