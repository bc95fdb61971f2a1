"""Whom the person must tell: one sentence for the kind of request, the day and the agency's first ten weeks."""

import datetime as dt

import pytest

from absences.duty import whom_to_tell

LAST = dt.date(2026, 3, 6)
NOBODY = "You do not need to tell your supervisor. We do that for you."
YOURSELF = "Tell your supervisor yourself."
BOTH = "Until Friday, March 6, 2026, also tell your supervisor yourself when you "


@pytest.mark.parametrize(
    ("journey", "until", "days_later", "reached", "said"),
    [
        ("leave", LAST, -69, True, BOTH + "ask for leave."),
        ("leave", LAST, 0, True, BOTH + "ask for leave."),
        ("leave", LAST, 1, True, NOBODY),
        ("day_to_day", LAST, 0, True, BOTH + "will be out."),
        ("day_to_day", LAST, 1, True, NOBODY),
        ("leave", None, 0, True, NOBODY),
        ("day_to_day", None, 0, True, NOBODY),
        ("leave", None, 0, False, YOURSELF),
        ("day_to_day", LAST, 0, False, YOURSELF),
        ("leave", LAST, 1, False, YOURSELF),
    ],
)
def test_one_sentence(journey, until, days_later, reached, said):
    today = LAST + dt.timedelta(days=days_later)
    assert whom_to_tell(journey, until=until, today=today, reached=reached) == said
