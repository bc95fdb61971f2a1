"""What a leave is asked for never leaves: planted words are looked for in all that the running portal writes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.factories.hostile_files import pdf
from tests.stack import leave_walk as asked
from tests.stack import sinks, walk
from tests.stack.leave_walk import Day, LeaveWalk
from tests.stack.portal_stack import Portal
from tests.stack.test_leave_walk import on

pytestmark = [pytest.mark.stack, pytest.mark.browser, pytest.mark.xdist_group("stack"), pytest.mark.timeout(600)]
QUESTION = "Which ward do you work on?"
PLANTED = {
    "a reason": "Qzqleavereason",
    "a reason kept in the box": "Qzqleavebox",
    "first name": "Qzqleavefirst",
    "last name": "Qzqleavelast",
    "relationship": "Qzqleaverelation",
    "note": "Qzqleavenote",
    "street": "Qzqleavestreet",
    "floor": "Qzqleavefloor",
    "own answer": "Qzqleaveanswer",
}
PAPER = {"a file’s name": "Qzqleavefile"}
TYPE = "Proof of Birth"
ASK = """
    INSERT INTO absences_proceduralquestion
        (agency_id, journey, kind, starts_on, position, required, question_en, question_es, hint_en, hint_es,
         options_en, options_es)
    SELECT id, 'leave', 'words', '2022-01-01', 0, true, %(question)s, %(question)s, '', '', '{}', '{}'
    FROM registration_agency WHERE name = %(agency)s
"""


@pytest.fixture
def asking(portal: Portal) -> Iterator[dict[str, Any]]:
    """Somebody whose agency asks a question of its own; the only one of the walkers in that agency."""
    person = next(person for person in portal.people()["registered"] if person["username"] == "mark.demo")
    with sinks.database(portal) as connection:
        connection.execute(ASK, {"question": QUESTION, "agency": person["agency"]})
        yield person
        connection.execute("DELETE FROM absences_proceduralquestion WHERE question_en = %s", [QUESTION])


def ask_for_leave(walked: LeaveWalk) -> str:
    """With a planted word in every box; the way is broken off once, and gone on with."""
    driver = walked.driver
    walked.begin(asked.FAMILY)
    walked.reasons(PLANTED["a reason"], PLANTED["a reason kept in the box"])
    names = PLANTED["first name"], PLANTED["last name"]
    walked.family_member(*names, "Other", PLANTED["relationship"])
    walked.now_and_then(Day(on(9), visit=True, note=PLANTED["note"]))
    walked.no_more_days()
    walked.pay("I am not sure yet")
    walked.caused_by_work("No")
    driver.reads("A few more questions")
    driver.fill(QUESTION, PLANTED["own answer"])
    driver.press("Save and finish later")
    driver.follow("Continue")
    driver.press("Next")
    walked.by_mail(PLANTED["street"], PLANTED["floor"], "Lowell", "MA", "01852")
    walked.phone(voicemail="No", hour=8)
    walked.check(*PLANTED.values(), "Doctor visit: yes")
    return walked.submit()


def send_paper(driver, number: str) -> None:
    """A paper, until it was found clean: its owner, who wants letters by mail, is told on the page alone."""
    driver.visit(f"/cases/{number}/documents/add/")
    driver.choose(TYPE)
    driver.press("Continue")
    name = f"{PAPER['a file’s name']}.pdf"
    driver.page.set_input_files("input[type=file]", {"name": name, "mimeType": "application/pdf", "buffer": pdf()})
    driver.press("Upload Document")
    driver.shows(name)
    expect(driver.page.locator(".portal-status--paper-received")).to_be_visible(timeout=60_000)


def test_what_a_leave_is_for_reaches_its_owner_and_nobody_else(portal, signed_in, asking):
    driver, person = signed_in("mark.demo")
    number = ask_for_leave(LeaveWalk(driver, probes=False))
    for words in PLANTED.values():
        expect(driver.page.locator(".portal-submitted")).to_contain_text(words)
    driver.visit(f"/cases/{number}/")
    driver.shows(PLANTED["a reason"])
    send_paper(driver, number)
    told = walk.supervisors_were_told(portal, person, number)

    written = sinks.everything_written(portal)
    assert sorted(_held_in(written)) == []
    assert [message["id"] for message in told if _planted(json.dumps(message).encode())] == []
    assert [message["id"] for message in portal.messages() if TYPE in json.dumps(message)] == []
    assert [url for url in driver.urls if _planted(url.encode())] == []
    assert [title for title in driver.titles if _planted(title.encode())] == []

    places = {place for place, data in written.items() if number.encode() in data}
    assert {"table cases_case", "messages.jsonl"} <= places  # the search finds what is there to be found
    driver.close()


def _held_in(written: dict[str, bytes]) -> Iterator[str]:
    return (f"{what} in {place}" for place, data in written.items() for what in _planted(data))


def _planted(data: bytes) -> list[str]:
    """Which of the planted words are there, in any case."""
    data = data.lower()
    return [what for what, word in (PLANTED | PAPER).items() if word.lower().encode() in data]
