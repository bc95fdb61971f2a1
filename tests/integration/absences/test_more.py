"""Answers to questions in the employer's own words, while the questions come, change and go."""

import datetime as dt

import pytest

from absences.models import ProceduralQuestion
from cases.models.confidential import LeaveFacts, Submission
from tests.integration.absences.leave_request import LeaveRequest
from tests.integration.absences.reporting import words

pytestmark = pytest.mark.django_db


def ask(kind="yes_no", journey="leave", **fields):
    wording = {"question_en": "Can you wear a mask?", "question_es": "¿Puede usar mascarilla?"}
    if kind == "choice":
        wording |= {"options_en": ["Office", "Road"], "options_es": ["Oficina", "Carretera"]}
    row = {"journey": journey, "kind": kind, "starts_on": dt.date(2026, 3, 1)}
    return ProceduralQuestion.objects.create(**{**row, **wording, **fields})


def end(question):
    question.ends_on = dt.date(2026, 3, 5)
    question.save()


@pytest.fixture
def leave(browser, employee, today):
    return LeaveRequest(browser, employee)


def more_of(case):
    return LeaveFacts.objects.get(case=case).facts["more"]


def test_the_answer_reaches_the_case_as_it_was_worded(leave):
    question = ask("choice")
    case = leave.submitted({"more": {question.field_name: "Road"}})
    assert more_of(case) == [["Can you wear a mask?", "Road"]]
    assert ["Can you wear a mask?", "Road"] in Submission.objects.get(case=case).content["rows"]


def test_the_summary_is_worded_in_the_readers_language(leave):
    question = ask("choice")
    leave.answer_all({"more": {question.field_name: "Road"}})
    assert "Can you wear a mask? Road Change" in words(leave.get("check"))
    leave.client.post(leave.page("check"), {"_lang": "es"})
    assert "¿Puede usar mascarilla? Carretera" in words(leave.get("check"))


def test_a_question_added_meanwhile_is_asked_before_the_request_is_sent(leave):
    leave.answer_all()
    question = ask()
    assert leave.submit().url == leave.page("step", step="more")
    response = leave.post(leave.page("step", step="more"), {question.field_name: "no"})
    assert response.status_code == 303
    assert more_of(leave.submitted()) == [["Can you wear a mask?", "No"]]


def test_an_answer_to_a_question_that_ended_is_dropped(leave):
    question, other = ask(), ask(question_en="Where?", kind="words")
    leave.answer_all({"more": {question.field_name: "yes", other.field_name: "Here"}})
    end(question)
    assert "mask" not in words(leave.get("check"))
    assert more_of(leave.submitted()) == [["Where?", "Here"]]


def test_the_last_question_takes_its_page_along(leave):
    question = ask()
    leave.answer_all({"more": {question.field_name: "yes"}})
    question.delete()
    assert leave.get("step", step="more").status_code == 303
    late = leave.post(leave.page("step", step="more"), {question.field_name: "no"})
    assert (late.status_code, late.url) == (303, leave.page("check"))
    assert more_of(leave.submitted()) == []


def test_an_option_that_moved_is_still_the_one_chosen_and_one_that_went_is_asked_again(leave):
    question = ask("choice")
    leave.answer_all({"more": {question.field_name: "Road"}})
    question.options_en, question.options_es = ["Home", "Road", "Office"], ["Casa", "Carretera", "Oficina"]
    question.save()
    assert "Can you wear a mask? Road" in words(leave.get("check"))
    question.options_en[1] = "Rail"
    question.save()
    assert leave.get("check").url == leave.page("step", step="more")


def test_what_was_typed_stays_beside_the_error(leave):
    mask, where = ask(), ask("words", question_en="Where?", required=False)
    leave.answer_all({"more": {mask.field_name: "yes", where.field_name: ""}})
    response = leave.change("more", **{where.field_name: "Near <b>Ana</b>"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Answer “Can you wear a mask?”" in page
    assert "Near &lt;b&gt;Ana&lt;/b&gt;</textarea>" in page


def test_a_day_to_day_report_asks_after_the_shift(report):
    question = ask(journey="day_to_day")
    report.answer_all("2026-03-06")
    assert report.client.get(report.page("check")).url == report.url("more")
    assert "Step 2 of 3" in words(report.get("more"))
    assert report.post("more", **{question.field_name: "yes"}).url == report.page("check")
    assert "Can you wear a mask? Yes" in words(report.client.get(report.page("check")))
    assert report.submit().url == report.page("done")
