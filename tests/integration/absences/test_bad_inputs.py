"""What people and programs type that they should not: the answer is a sentence beside the field, never a crash."""

import json
import pathlib

import pytest

from cases.models.case import Case
from tests.integration.absences.reporting import words

ENTRIES = json.loads((pathlib.Path(__file__).parent / "bad_inputs.json").read_text())
BEFORE = {
    "date": ["who"],
    "hours": ["who", "date", "full-day"],
    "times": ["who", "date", "full-day"],
    "about": ["who", "date", "full-day", "hours"],
}
REMAINING = {"date": ["full-day", "hours", "about"], "hours": ["about"], "times": ["about"], "about": []}
pytestmark = pytest.mark.django_db


def told(entry):
    return {name: "x" * 10_000 if value == "<10000 x>" else value for name, value in entry["value"].items()}


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry["id"] for entry in ENTRIES])
def test_entry(report, civil, entry):
    if "at" in entry:
        civil(*entry["at"])
    step, posted = entry["step"], told(entry)
    full_day = {"full_day": "no" if step == "times" else "yes"}
    report.answer(*BEFORE[step], date={"day": entry.get("day", "2026-03-06")}, full_day=full_day)
    response = report.post(step, **posted)
    if entry["expect"] == "accept":
        assert response.status_code == 303
        assert response.url != report.call("late")
        report.answer(*REMAINING[step], "overtime")
        assert entry.get("shown", "") in words(report.client.get(report.page("check")))
    elif entry["expect"] == "call":
        assert response.url == report.call("late")
        assert "1-833-640-2800" in words(report.client.get(response.url))
    else:
        assert response.status_code == 422
        page = response.content.decode()
        assert "There is a problem" in page
        assert 'aria-invalid="true"' in page
        assert step not in report.draft.answers
    assert not Case.objects.exists()


def test_markup_is_shown_as_typed_and_never_as_markup(report):
    report.answer("who", "date", "full-day", "hours", date={"day": "2026-03-06"})
    report.post("about", reason="<b>flu</b>")
    assert b"<b>flu</b>" not in report.get("about").content
    assert b"&lt;b&gt;flu&lt;/b&gt;" in report.get("about").content


def test_typed_values_are_kept_beside_the_error(report):
    report.answer("who")
    assert 'value="4/31/2026"' in report.post("date", day="other", date="4/31/2026").content.decode()
