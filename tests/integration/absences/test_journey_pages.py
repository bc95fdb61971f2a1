"""A day-to-day report from the first question to the case."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from absences import drafts
from absences.models import Draft
from cases.models.case import Absence, Case, CaseEvent
from cases.models.confidential import LeaveFacts, ReportedReason, Submission
from portal.lib import clock
from tests.factories.people import log_in, make_employee, make_user
from tests.factories.records import full_day, open_case, part_day
from tests.integration.absences.reporting import ANSWERS, Report, words

TODAY = "2026-03-06"
pytestmark = pytest.mark.django_db


class TestTheShortestReport:
    def test_seven_pages_become_one_pending_case(self, report):
        report.answer_all(TODAY)
        response = report.submit()
        assert (response.status_code, response.url) == (303, report.page("done"))
        case = Case.objects.get(employee=report.employee)
        absence = case.absences.get()
        assert case.status == Case.Status.PENDING
        assert (absence.date, absence.minutes, absence.full_day, absence.overtime) == (
            dt.date(2026, 3, 6),
            480,
            True,
            Absence.Overtime.NONE,
        )
        assert CaseEvent.objects.filter(case=case, kind="absence_reported", dispatched_at=None).count() == 1

    def test_the_reason_goes_to_the_confidential_tables_and_leaves_the_draft(self, report):
        report.answer_all(TODAY, about={"reason": "  Back   pain "}, who={"who": "other", "relationship": "My aunt"})
        report.submit()
        case = Case.objects.get(employee=report.employee)
        assert ReportedReason.objects.get(case=case).text == "Back pain"
        assert LeaveFacts.objects.get(case=case).facts == {
            "category": "family_sick",
            "who": "other",
            "relationship": "My aunt",
        }
        rows = dict(Submission.objects.get(case=case).content["rows"])
        assert rows["Who is this absence for?"] == "Other: My aunt"
        assert rows["What is the date of the absence being reported?"] == "Friday, March 6, 2026"
        assert (report.draft.answers, report.draft.unchecked) == ({}, {})

    def test_each_page_asks_its_own_question(self, report):
        asked = {
            "who": "Who is this absence for?",
            "date": "What is the date of the absence being reported?",
            "full-day": "Was a full day of work missed or will be missed for this absence?",
            "hours": "How much time was missed or will be missed for this absence?",
            "about": "Reason for absence",
            "overtime": "Is your absence for an overtime shift?",
        }
        for step, question in asked.items():
            response = report.get(step)
            assert response.status_code == 200
            assert question in words(response)
            report.answer(step, date={"day": TODAY})

    def test_part_of_a_day_asks_for_the_times(self, report):
        report.answer("who", "date", date={"day": TODAY})
        assert report.answer("full-day", full_day={"full_day": "no"}).url == report.url("times")
        assert "What is the start and end time of your absence?" in words(report.get("times"))
        report.answer("times", "about", "overtime")
        assert "8:00 AM to 10:00 AM (2 hours)" in words(report.client.get(report.page("check")))
        report.submit()
        absence = Absence.objects.get(employee=report.employee)
        assert (absence.minutes, absence.start_time, absence.end_time) == (120, dt.time(8), dt.time(10))

    def test_titles_and_addresses_name_no_condition(self, report):
        report.answer_all(TODAY)
        title = report.get("about").content.decode().split("<title>")[1].split("</title>")[0]
        assert title.startswith("Step 2 of 3, Reason and shift")


class TestOrder:
    def test_nobody_skips_ahead(self, report):
        assert report.get("overtime").url == report.url("who")
        assert report.post("overtime", overtime="none").url == report.url("who")
        assert report.client.get(report.page("check")).url == report.url("who")

    def test_flow_01_the_confirmation_first(self, report):
        response = report.submit()
        assert (response.status_code, response.url) == (303, report.url("who"))
        assert not Case.objects.exists()

    def test_a_changed_answer_returns_to_the_summary(self, report):
        report.answer_all(TODAY)
        response = report.post("who", "change", who="child")
        assert response.url == f"{report.page('check')}#who"
        assert "My Child" in words(report.client.get(report.page("check")))

    def test_a_changed_branch_asks_what_is_new_first_and_says_what_went(self, report):
        report.answer_all(TODAY)
        response = report.post("full-day", "change", full_day="no")
        assert response.url == report.url("times", "change")
        page = words(report.get("times", "change"))
        assert (
            "You changed “Was a full day of work missed or will be missed for this absence?,” so we removed"
            " “How much time was missed or will be missed for this absence?.”" in page
        )
        assert report.post("times", "change", **ANSWERS["times"]).url == f"{report.page('check')}#times"

    def test_coming_back_to_a_branch_finds_its_answers(self, report):
        report.answer_all(TODAY, hours={"length": "other", "hours": "5", "minutes": ""})
        report.post("full-day", "change", full_day="no")
        report.post("full-day", "change", full_day="yes")
        assert "5 hours" in words(report.client.get(report.page("check")))

    def test_back_leads_one_page_back(self, report):
        report.answer("who", "date", date={"day": TODAY})
        assert f'href="{report.url("date")}"' in report.get("full-day").content.decode()

    def test_a_date_that_was_allowed_opens_again_when_it_no_longer_is(self, report, civil):
        report.answer_all(TODAY)
        civil(2026, 3, 8)
        assert report.client.get(report.page("check")).url == report.call("late")
        assert report.submit().url == report.call("late")
        assert report.post("date", day="other", date="3/6/2026").url == report.call("late")

    def test_todays_tile_means_the_same_day_tomorrow(self, report, civil):
        report.answer_all(TODAY)
        civil(2026, 3, 7)
        assert "Friday, March 6, 2026" in words(report.client.get(report.page("check")))
        assert 'value="2026-03-06" checked' in " ".join(report.get("date").content.decode().split()) or (
            "Yesterday, Friday, March 6, 2026" in words(report.get("date"))
        )


class TestDrafts:
    def test_flow_04_another_persons_draft_is_not_there(self, report):
        report.answer_all(TODAY)
        other = make_employee()
        stranger = log_in(Client(), make_user(other))
        pages = [report.page(name) for name in ("resume", "check", "done", "calendar", "delete", "start_over")]
        for url in [*pages, report.url("who"), report.url("who", "change")]:
            assert stranger.get(url).status_code == 404, url
        for url in [report.page("check"), report.page("delete"), report.page("start_over"), report.url("who")]:
            assert stranger.post(url, {"who": "child", "_version": report.draft.version}).status_code == 404, url
        assert report.draft.answers["who"] == {"who": ["myself"]}

    def test_staffs_draft_for_a_caller_is_not_the_employees_to_see(self, report):
        Draft.objects.filter(pk=report.id).update(channel=Case.Channel.PHONE)
        assert report.get("who").status_code == 404

    def test_save_and_finish_later_keeps_what_was_typed_unchecked(self, report):
        report.answer("who")
        response = report.post("date", day="other", date="4/31", _save_later="1")
        assert response.url == reverse("home:home")
        said = words(report.client.get(response.url))
        assert "We saved your request. You have until Sunday, April 5, 2026 to finish it." in said
        page = report.client.get(report.page("resume"), follow=True)
        assert page.request["PATH_INFO"] == report.url("date")
        assert 'value="4/31"' in page.content.decode()
        assert "must" not in words(page)

    def test_unchecked_words_over_an_answer_must_be_checked_before_submitting(self, report):
        report.answer_all(TODAY)
        report.post("about", "change", reason="Something else", _save_later="1")
        assert report.submit().url == report.url("about")
        assert 'value="Something else"' in report.get("about").content.decode()
        report.post("about", "change", reason="Something else")
        report.submit()
        assert ReportedReason.objects.get().text == "Something else"

    def test_save_and_finish_later_from_the_summary(self, report):
        report.answer_all(TODAY)
        response = report.client.post(report.page("check"), {"_version": report.draft.version, "_save_later": "1"})
        assert response.url == reverse("home:home")
        assert not Case.objects.exists()
        assert report.client.get(report.page("resume")).url == report.page("check")

    def test_the_language_button_on_the_summary_submits_nothing(self, report):
        report.answer_all(TODAY)
        response = report.client.post(report.page("check"), {"_version": report.draft.version, "_lang": "es"})
        assert (response.status_code, response.url) == (303, report.page("check"))
        assert not Case.objects.exists()

    def test_the_language_button_keeps_what_was_typed(self, report):
        response = report.post("who", who="other", relationship="Mi tía", _lang="es")
        assert (response.status_code, response.url) == (303, report.url("who"))
        assert 'value="Mi tía"' in report.get("who").content.decode()

    def test_one_draft_at_a_time(self, report):
        assert report.client.post(reverse("absences:new")).url == reverse("absences:in_progress", args=["day_to_day"])
        response = report.client.post(reverse("absences:type"), {"need": "day_to_day"})
        assert response.url == reverse("absences:in_progress", args=["day_to_day"])
        page = report.client.get(response.url)
        assert "Continue the request you started on Friday, March 6, 2026" in words(page)
        go_on = report.client.post(response.url, {"choice": "continue"})
        assert go_on.url == report.page("resume")
        assert report.client.post(response.url, {}).status_code == 422
        start_over = report.client.post(response.url, {"choice": "restart"})
        assert start_over.url == report.page("start_over")

    def test_starting_over_asks_first(self, report):
        report.answer("who")
        assert "Delete this request?" in words(report.client.get(report.page("start_over")))
        assert Draft.objects.filter(pk=report.id).exists()
        report.client.post(report.page("start_over"))
        fresh = Draft.objects.get(employee=report.employee)
        assert fresh.pk != report.id
        assert list(fresh.answers) == ["type"]

    def test_deleting_asks_first(self, report):
        assert "You cannot get them back" in words(report.client.get(report.page("delete")))
        assert report.client.post(report.page("delete")).url == reverse("home:home")
        assert not Draft.objects.exists()

    def test_an_overdue_draft_says_so(self, report, civil):
        civil(2026, 4, 6)
        page = report.get("who")
        assert page.status_code == 410
        assert "because it was not finished by Sunday, April 5, 2026" in words(page)
        report.client.post(reverse("absences:new"))
        assert Draft.objects.get(employee=report.employee).pk != report.id

    def test_overdue_drafts_are_purged_and_sent_ones_kept(self, report, civil):
        report.answer_all(TODAY)
        report.submit()
        overdue = Report(report.client, report.employee)
        civil(2026, 4, 6)
        colleague = make_employee()
        fresh = Report(log_in(Client(), make_user(colleague)), colleague)
        assert drafts.purge(now=clock.now()) == 1
        assert set(Draft.objects.values_list("pk", flat=True)) == {report.id, fresh.id} - {overdue.id}

    def test_no_draft_in_progress_leads_to_the_question(self, browser, today):
        assert browser.get(reverse("absences:in_progress", args=["day_to_day"])).url == reverse("absences:type")


class TestTwoTabs:
    def test_flow_03_a_stale_answer_overwrites_nothing_and_asks(self, report):
        made_from = report.draft.version
        report.post("who", version=made_from, who="child")
        response = report.post("who", version=made_from, who="spouse")
        assert response.status_code == 409
        assert report.draft.answers["who"] == {"who": ["child"]}
        seen = words(response)
        assert "My Child" in seen
        assert "My Spouse" in seen

    def test_the_person_may_choose_either(self, report):
        report.post("who", version=0, who="child")
        conflict = report.post("who", version=0, who="spouse").content.decode()
        assert '<input type="hidden" name="who" value="spouse">' in conflict
        assert report.page("resume") in conflict
        report.post("who", who="spouse")
        assert report.draft.answers["who"] == {"who": ["spouse"]}

    def test_two_taps_on_next_are_one_answer(self, report):
        made_from = report.draft.version
        first = report.post("who", version=made_from, who="child")
        second = report.post("who", version=made_from, who="child")
        assert first.url == second.url == report.url("date")

    def test_a_refused_answer_stays_stale(self, report):
        report.post("who", version=0, who="child")
        refused = report.post("who", version=0)
        assert refused.status_code == 422
        assert '<input type="hidden" name="_version" value="0">' in refused.content.decode()

    def test_a_summary_older_than_the_answers_does_not_submit(self, report):
        report.answer_all(TODAY)
        shown = report.draft.version
        report.post("who", "change", who="child")
        response = report.submit(version=shown)
        assert response.status_code == 409
        assert "Your answers changed in another tab" in words(response)
        assert not Case.objects.exists()

    @pytest.mark.parametrize("version", ["", "x", "-1", "9" * 40, "\x00"])
    def test_a_version_nobody_made_is_stale(self, report, version):
        report.answer("who")
        assert report.post("who", version=version, who="child").status_code == 409


class TestSubmitting:
    def test_the_second_submit_shows_the_same_confirmation(self, report):
        report.answer_all(TODAY)
        version = report.draft.version
        assert report.submit(version=version).url == report.page("done")
        second = report.submit(version=version)
        assert (second.status_code, second.url) == (303, report.page("done"))
        assert Case.objects.count() == 1

    def test_going_back_afterwards_names_the_case(self, report):
        report.answer_all(TODAY)
        report.submit()
        number = Case.objects.get().number
        for url in (report.url("who"), report.url("date", "change"), report.page("check"), report.page("delete")):
            assert f"Your case number is {number}" in words(report.client.get(url))

    def test_time_reported_meanwhile_is_found_by_the_database(self, report, monkeypatch):
        report.answer_all(TODAY)
        known = open_case(report.employee, absence=full_day(dt.date(2026, 3, 6)))
        monkeypatch.setattr("absences.loading.reported_days", lambda employee, since: [])
        response = report.submit()
        assert response.status_code == 422
        assert f"See case {known.number}, or call" in words(response)
        assert report.draft.answers
        assert Case.objects.count() == 1

    def test_time_reported_meanwhile_reopens_the_question(self, report):
        report.answer_all(TODAY)
        open_case(report.employee, absence=part_day("08:00", "09:00", 60, date=dt.date(2026, 3, 6)))
        assert report.submit().url == report.url("full-day")
        assert "You already reported Friday, March 6, 2026" in words(report.get("full-day"))

    def test_the_confirmation(self, report):
        report.answer_all(TODAY)
        report.submit()
        case = Case.objects.get()
        page = report.client.get(report.page("done"))
        seen = words(page)
        assert "Your absence has been reported" in seen
        assert f"The request has been received. Your case number is {case.number}" in seen
        assert "Friday, March 6, 2026, full day (8 hours)" in seen
        assert "Day-to-day absences stay “Pending.”" in seen
        assert "Submit another absence" in seen
        assert "Sick" not in seen.split("What you submitted")[0]  # folded away: the screen may be shared
        assert "Submitted Friday, March 6, 2026 at 12:0" in seen
        assert "data-print hidden" in page.text  # a script shows the button: without one it could not print

    def test_another_absence_starts_a_new_draft(self, report):
        report.answer_all(TODAY)
        report.submit()
        second = Report(report.client, report.employee)
        assert second.id != report.id
        second.answer_all("2026-03-07")
        second.submit()
        assert Case.objects.count() == 2

    def test_done_before_submitting_leads_back(self, report):
        assert report.client.get(report.page("done")).url == report.page("resume")

    def test_the_calendar_entry_says_only_that_the_person_is_out(self, report):
        report.answer_all(TODAY, about={"reason": "Xqzreason"})
        report.submit()
        response = report.client.get(report.page("calendar"))
        assert response["Content-Type"].startswith("text/calendar")
        text = response.content.decode()
        assert "SUMMARY:Out of work\r\n" in text
        assert "CLASS:PRIVATE\r\n" in text
        assert "DTSTART;VALUE=DATE:20260306\r\n" in text
        assert "DTEND;VALUE=DATE:20260307\r\n" in text
        assert "Xqz" not in text

    def test_a_night_shift_in_the_calendar(self, report):
        report.answer("who", "date", date={"day": "2026-03-07"})
        report.answer("full-day", full_day={"full_day": "no"})
        report.answer("times", "about", "overtime", times={"start": "10 PM", "end": "6 AM"})
        report.submit()
        text = report.client.get(report.page("calendar")).content.decode()
        assert "DTSTART;TZID=America/New_York:20260307T220000" in text
        assert "DTEND;TZID=America/New_York:20260308T060000" in text
        assert "BEGIN:VTIMEZONE" in text


class TestMethods:
    @pytest.mark.parametrize("name", ["resume", "done", "calendar"])
    def test_pages_that_only_show(self, report, name):
        assert report.client.post(report.page(name)).status_code == 405

    @pytest.mark.parametrize("name", ["check", "delete", "start_over"])
    def test_pages_with_a_form(self, report, name):
        assert report.client.put(report.page(name)).status_code == 405

    def test_new_is_only_posted(self, browser, today):
        assert browser.get(reverse("absences:new")).status_code == 405

    def test_step(self, report):
        assert report.client.delete(report.url("who")).status_code == 405

    def test_nobody_unknown(self, report):
        response = Client().get(report.url("who"))
        assert response.status_code == 302
        assert reverse("registration:login") in response.url
