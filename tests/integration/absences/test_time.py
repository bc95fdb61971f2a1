"""Time on an open case: which case takes it, the days on their list, and what one submission leaves behind."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from absences.models import Draft
from cases.models.case import Absence, Case, CaseEvent, Task, TimeReport
from cases.models.confidential import AbsenceNote, TimeSubmission
from cases.models.determination import Calculation
from tests.factories.people import make_employee
from tests.factories.records import full_day, now_and_then, one_block, open_case, open_leave_case
from tests.integration.absences.loop import part
from tests.integration.absences.reporting import words
from tests.integration.absences.time_on_case import TimeOnCase, open_now_and_then


@pytest.fixture
def employee(db):
    return make_employee(supervisor=make_employee())


@pytest.fixture
def case(employee, today):
    return open_now_and_then(employee)


@pytest.fixture
def time(browser, case):
    return TimeOnCase(browser, case)


class TestBeginning:
    def test_the_case_page_has_the_button(self, browser, case):
        page = browser.get(reverse("cases:case", args=[case.number]))
        assert "Submit New Absence Time" in words(page)
        assert f'action="/cases/{case.number}/time/"' in page.content.decode()

    def test_home_has_a_button_for_each_open_case(self, browser, employee, case):
        closed = open_now_and_then(employee)
        Case.objects.filter(pk=closed.pk).update(status="closed")
        open_leave_case(employee)
        body = words(browser.get(reverse("home:home")))
        assert body.count("Submit time on case") == 1
        assert f"Submit time on case {case.number}" in body

    def test_begun_twice_it_is_one_draft(self, time):
        again = time.begin()
        assert again.url == time.url("resume")
        assert Draft.objects.get().case == time.case

    def test_each_case_has_a_draft_of_its_own(self, browser, employee, time):
        other = TimeOnCase(browser, open_now_and_then(employee))
        assert other.id != time.id

    def test_the_first_page_asks_for_the_day_and_leads_back_to_the_case(self, browser, time):
        page = browser.get(browser.get(time.url("resume")).url)
        assert "What day have you or will you miss?" in words(page)
        assert f"Case #{time.case.number}" in words(page)
        assert "Back to claim details" in words(page)
        assert "Step 1 of 2" in words(page)
        assert "Submit new absence time" in words(page)

    def test_the_address_alone_begins_nothing(self, browser, case):
        response = browser.get(reverse("absences:time_new", kwargs={"number": case.number}))
        assert response.url == reverse("cases:case", args=[case.number])
        assert not Draft.objects.exists()


class TestACaseThatTakesNoTime:
    @pytest.mark.parametrize("status", ["closed", "cancelled", "denied"])
    def test_is_no_longer_open(self, browser, case, status):
        Case.objects.filter(pk=case.pk).update(status=status)
        response = browser.post(reverse("absences:time_new", kwargs={"number": case.number}))
        assert response.status_code == 409
        assert f"Case {case.number} is no longer open. Call " in words(response)
        assert not Draft.objects.exists()

    def test_is_a_leave_in_one_block(self, browser, employee, today):
        case = open_leave_case(employee, leave=one_block())
        response = browser.post(reverse("absences:time_new", kwargs={"number": case.number}))
        assert response.status_code == 409
        assert f"You cannot report time on case {case.number} here." in words(response)

    def test_is_a_day_to_day_absence(self, browser, employee, today):
        case = open_case(employee)
        assert browser.post(reverse("absences:time_new", kwargs={"number": case.number})).status_code == 409

    def test_is_somebody_elses(self, browser, today):
        case = open_now_and_then(make_employee())
        assert browser.post(reverse("absences:time_new", kwargs={"number": case.number})).status_code == 404

    def test_closed_meanwhile_keeps_the_draft(self, time):
        time.add("3/10/2026")
        Case.objects.filter(pk=time.case.pk).update(status="closed")
        for response in (time.submit(), time.get("check"), time.get("step", step="days"), time.add("3/11/2026")):
            assert response.status_code == 409
            assert "is no longer open" in words(response)
        assert time.draft.answers
        assert not TimeReport.objects.exists()

    def test_closed_meanwhile_it_can_still_be_deleted(self, time):
        Case.objects.filter(pk=time.case.pk).update(status="closed")
        assert time.post(time.url("delete")).status_code == 303
        assert not Draft.objects.exists()


class TestTheList:
    def test_shows_every_day_and_the_total(self, time):
        assert time.add("3/10/2026").url == time.url("step", step="days")
        time.add("3/12/2026", part("10:00 PM", "6:00 AM"))
        body = words(time.get("check"))
        assert "Tuesday, March 10, 2026" in body
        assert "10:00 PM to 6:00 AM Friday (8 hours)" in body
        assert "2 days, 16 hours in all" in body
        assert "Submit Absence" in body
        assert "Add another day" in body

    def test_after_the_last_answer_says_what_was_added(self, browser, time):
        hub = browser.get(time.add("3/10/2026").url)
        assert hub.url == time.url("check")
        assert "We added Tuesday, March 10, 2026." in words(browser.get(hub.url))

    def test_shows_what_the_supervisor_will_be_told(self, time):
        time.add("3/10/2026")
        body = words(time.get("check"))
        assert f"reported this time on case {time.case.number}" in body
        assert "Who you must tell today" in body

    def test_an_unfinished_day_keeps_it_from_being_submitted(self, time):
        time.add("3/10/2026")
        time.post(time.url("item", step="days", item="abcdef01", item_step="date"), date="3/11/2026")
        page = time.get("check")
        assert "You have not finished this day." in words(page)
        assert time.submit().url.endswith("/days/abcdef01/full-day/")
        assert not TimeReport.objects.exists()

    def test_without_a_day_there_is_nothing_to_submit(self, time):
        assert "/days/" in time.submit().url
        assert not TimeReport.objects.exists()

    def test_changed_in_another_tab_it_is_looked_at_again(self, time):
        time.add("3/10/2026")
        old = time.draft.version
        time.add("3/11/2026")
        response = time.submit(version=old)
        assert response.status_code == 409
        assert "March 11" in words(response)

    def test_the_last_day_removed_leads_back_to_the_case(self, time):
        time.add("3/10/2026")
        (item,) = {key.split("/")[1] for key in time.draft.answers}
        response = time.post(time.url("remove", step="days", item=item))
        assert response.url == reverse("cases:case", args=[time.case.number])

    def test_31_days_ago_is_for_a_call_and_30_are_not(self, time):
        early = time.add("2/3/2026")
        assert early.url == time.url("call", why="late-leave")
        assert time.get("call", why="late-leave").status_code == 200
        assert time.draft.answers  # kept

    @pytest.mark.parametrize(("date", "status"), [("2/4/2026", 303), ("5/5/2026", 303), ("5/6/2026", 422)])
    def test_the_window(self, time, date, status):
        assert time.add(date).status_code == status

    def test_time_reported_on_the_case_before_is_refused(self, browser, employee, time):
        time.submitted("3/10/2026")
        again = TimeOnCase(browser, time.case)
        response = again.add("3/10/2026")
        assert response.status_code == 422
        assert f"See case {time.case.number}" in words(response)


class TestSubmitting:
    def test_writes_the_days_down_on_the_case(self, time):
        report = time.submitted("3/10/2026", "3/3/2026")
        assert [absence.date for absence in report.absences.all()] == [dt.date(2026, 3, 3), dt.date(2026, 3, 10)]
        time.case.refresh_from_db()
        assert (time.case.first_day, time.case.last_day) == (dt.date(2026, 3, 3), dt.date(2026, 3, 10))
        assert (time.draft.answers, time.draft.submitted_case) == ({}, time.case)

    def test_seals_the_visit_the_note_and_the_answers(self, time):
        time.add("3/10/2026", note="Back pain")
        time.submit()
        assert AbsenceNote.objects.get().content == {"visit": True, "note": "Back pain"}
        content = TimeSubmission.objects.get(report=time.report).content
        assert content["journey"] == "absence_time"
        assert "Back pain" in content["rows"][0][1]
        assert time.case.number in content["supervisor"]["subject"] + content["supervisor"]["email"]

    def test_leaves_one_fact_to_tell(self, time):
        time.submitted("3/10/2026", "3/11/2026")
        (told,) = CaseEvent.objects.filter(dispatched_at=None, report__isnull=False)
        assert told.kind == CaseEvent.Kind.TIME_ADDED
        assert CaseEvent.objects.filter(absence__report=time.report).exclude(dispatched_at=None).count() == 2

    def test_works_the_leave_out_anew(self, time):
        before = Calculation.objects.filter(case=time.case).count()
        time.submitted("3/10/2026")
        assert Calculation.objects.filter(case=time.case).count() == before + 1
        assert not Task.objects.filter(kind=Task.Kind.DETERMINATION_FAILED).exists()

    def test_twice_is_one_report(self, time):
        time.submitted("3/10/2026")
        assert time.submit(version=0).url == time.url("done")
        assert TimeReport.objects.count() == 1
        assert Absence.objects.filter(case=time.case).count() == 1

    def test_more_time_can_follow_on_the_same_case(self, browser, time):
        first = time.submitted("3/10/2026")
        second = TimeOnCase(browser, time.case).submitted("3/11/2026")
        assert first.case == second.case
        assert first.pk != second.pk

    def test_overtaken_by_another_report_names_its_case(self, time, employee):
        time.add("3/10/2026")
        version = time.draft.version
        other = open_leave_case(employee, leave=now_and_then(full_day(dt.date(2026, 3, 10))))
        response = time.submit(version=version)
        assert response.status_code in {303, 422}
        assert not TimeReport.objects.exists()
        assert other.absences.count() == 1
