"""The summary before a request is sent: every answer, what the supervisor will be told, whom to tell oneself."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from absences.models import ProceduralQuestion
from cases.models.case import Case
from registration.models import Employee
from tests.factories.people import log_in, make_agency, make_employee, make_user
from tests.factories.records import full_day, now_and_then, one_block, open_case, open_leave_case
from tests.integration.absences.leave_request import INTERMITTENT, NOT_KNOWN, LeaveRequest
from tests.integration.absences.reporting import Report, words

pytestmark = pytest.mark.django_db
MOST_QUERIES = 17
NOBODY = "You do not need to tell your supervisor. We do that for you."


@pytest.fixture
def leave(browser, employee, today):
    return LeaveRequest(browser, employee)


@pytest.fixture
def supervised(client, today):
    """Someone with a supervisor who can be told."""
    employee = make_employee(supervisor=make_employee(first_name="Sam", last_name="Boss"))
    log_in(client, make_user(employee))
    return employee


def parts_of(page):
    """{heading: what stands under it} of the answers."""
    found = re.findall(r'<section aria-labelledby="part-\d">(.*?)</section>', page.text, re.DOTALL)
    headings = [re.search(r"<h2[^>]*>(.*?)</h2>", part)[1] for part in found]
    return dict(zip(headings, found, strict=True))


class TestTheAnswers:
    def test_stand_under_the_journeys_parts(self, leave):
        leave.answer_all()
        parts = parts_of(leave.get("check"))
        assert list(parts) == ["Your leave", "Dates", "Work and pay", "How to reach you"]
        assert "Back surgery" in parts["Your leave"]
        assert "Mar 9 to Mar 27, 2026" in parts["Dates"]
        assert "413-555-0123" in parts["How to reach you"]

    def test_a_day_to_day_report_has_parts_of_its_own(self, report):
        report.answer_all("2026-03-06")
        assert list(parts_of(report.client.get(report.page("check")))) == ["Your absence", "Reason and shift"]

    def test_every_change_link_leads_to_its_page_and_names_what_it_changes(self, leave):
        leave.answer_all()
        page = leave.get("check").text
        links = re.findall(r'href="([^"]*/change/([a-z-]+)/)">Change<span class="usa-sr-only">\s*([^<]+)</span>', page)
        assert [slug for _url, slug, _name in links] == [
            *("type", "about", "schedule", "dates", "pay", "work-related", "contact-by", "phone", "phone", "phone"),
        ]
        assert len({name for _url, _slug, name in links}) == len(links)
        assert all(leave.client.get(url).status_code == 200 for url, _slug, _name in links)

    def test_no_two_rows_have_the_same_anchor(self, leave):
        leave.answer_all()
        anchors = re.findall(r'<div class="portal-summary__row"\s+id="([^"]+)"', leave.get("check").text)
        assert len(anchors) == len(set(anchors)) == 8

    def test_a_changed_answer_returns_to_its_row(self, leave):
        leave.answer_all()
        response = leave.change("phone", phone="413-555-0199", voicemail="no", best_time="any")
        assert response.url == f"{leave.page('check')}#phone"
        seen = words(leave.get("check"))
        assert "413-555-0199" in seen
        assert "Any of these times" in seen

    def test_days_are_a_list_of_everything_said_about_each(self, leave):
        answers = {**INTERMITTENT, "full-day": {"full_day": "no"}, "details": {"note": "Xqznote"}}
        leave.answer_all(answers, days=["3/12/2026", "3/10/2026"])
        days = re.findall(r"<li>.*?</li>", parts_of(leave.get("check"))["Dates"], re.DOTALL)
        assert ["March 10, 2026" in days[0], "March 12, 2026" in days[1]] == [True, True]
        assert all("8:00 AM to 10:00 AM (2 hours)" in day for day in days)
        assert all("Doctor visit: yes" in day and "Xqznote" in day for day in days)

    def test_what_was_left_blank_says_so(self, browser, employee, today):
        wording = {"question_en": "Who covers for you?", "question_es": "¿Quién le cubre?"}
        ProceduralQuestion.objects.create(journey="leave", kind="words", starts_on=today, required=False, **wording)
        leave = LeaveRequest(browser, employee)
        leave.answer_all({"more": {"questions_shown": ProceduralQuestion.objects.latest("pk").field_name}})
        assert "Who covers for you? Not provided" in words(leave.get("check"))

    def test_says_that_nothing_is_sent_yet(self, leave):
        leave.answer_all()
        seen = words(leave.get("check"))
        assert "Your request is not sent until you select Submit." in seen
        assert "Submit request" in seen
        assert not Case.objects.exists()

    def test_starting_over_asks_first(self, leave):
        leave.answer_all()
        assert f'href="{leave.page("start_over")}"' in leave.get("check").text
        assert "Delete this request?" in words(leave.get("start_over"))
        assert leave.client.post(leave.page("start_over")).url == reverse("absences:type")


class TestWhatTheSupervisorWillSee:
    def test_of_a_leave(self, client, supervised):
        leave = LeaveRequest(client, supervised)
        leave.answer_all()
        seen = words(leave.get("check"))
        assert "This goes to your supervisor, Sam Boss." in seen
        assert "Dates: Monday, March 9, 2026 to Friday, March 27, 2026 (expected)" in seen
        assert "Expected return: Monday, March 30, 2026" in seen
        assert "(given when you submit)" in seen
        assert "Back surgery" not in seen.split("What your supervisor will see")[1]

    def test_of_days_now_and_then(self, client, supervised):
        leave = LeaveRequest(client, supervised)
        leave.answer_all(INTERMITTENT, days=["3/12/2026", "3/10/2026"])
        told = words(leave.get("check")).split("What your supervisor will see")[1]
        assert told.index("Tuesday, March 10, 2026") < told.index("Thursday, March 12, 2026")

    def test_of_days_nobody_knows_yet(self, client, supervised):
        leave = LeaveRequest(client, supervised)
        leave.answer_all(NOT_KNOWN)
        assert "Time off now and then" in words(leave.get("check")).split("What your supervisor will see")[1]

    def test_of_a_day_to_day_absence(self, client, supervised):
        report = Report(client, supervised)
        report.answer_all("2026-03-06", overtime={"overtime": "mandatory"})
        told = words(client.get(report.page("check"))).split("What your supervisor will see")[1]
        assert "Friday, March 6, 2026, full day (8 hours)" in told
        assert "Mandatory OT" in told


class TestDays:
    def test_each_is_there_and_their_sum_after_them(self, leave):
        leave.answer_all(INTERMITTENT, days=["3/10/2026", "3/12/2026"])
        seen = words(leave.get("check"))
        tenth, twelfth, total = (seen.index(each) for each in ("March 10", "March 12", "2 days, 16 hours in all"))
        assert tenth < twelfth < total


class TestWhomToTell:
    @pytest.mark.parametrize(("live_for", "said"), [(70, "Until Friday, March 6, 2026, also tell"), (71, NOBODY)])
    def test_while_both_are_to_be_told(self, client, today, live_for, said):
        agency = make_agency(starts_on=today - dt.timedelta(days=live_for - 1))
        employee = make_employee(supervisor=make_employee(agency=agency))
        leave = LeaveRequest(log_in(client, make_user(employee)), employee)
        leave.answer_all()
        assert f"Who you must tell today {said}" in words(leave.get("check"))

    @pytest.mark.parametrize("unreachable", [{"supervisor": None}, {"work_email": "", "work_phone": ""}])
    def test_it_never_contradicts_that_nobody_can_be_told(self, client, supervised, unreachable):
        who = [supervised.pk] if "supervisor" in unreachable else [supervised.supervisor_id]
        Employee.objects.filter(pk__in=who).update(**unreachable)
        leave = LeaveRequest(client, supervised)
        leave.answer_all()
        seen = words(leave.get("check"))
        assert "Who you must tell today Tell your supervisor yourself." in seen
        assert NOBODY not in seen


class TestAnotherLeave:
    def test_that_covers_some_of_the_days_is_named(self, leave, employee):
        known = open_leave_case(employee, leave=one_block(dt.date(2026, 3, 27), dt.date(2026, 4, 3)))
        leave.answer_all()
        page = leave.get("check")
        assert f"case {known.number} already covers some of these days. You can still submit this request." in words(
            page
        )
        assert f'href="{reverse("cases:case", args=[known.number])}"' in page.text
        assert leave.submit().url == leave.page("done")

    def test_that_covers_none_of_them_is_not(self, leave, employee):
        open_leave_case(employee, leave=one_block(dt.date(2026, 3, 28), dt.date(2026, 4, 3)))
        leave.answer_all()
        assert "already covers" not in words(leave.get("check"))


class TestTwoTabs:
    def test_a_summary_older_than_the_answers_submits_nothing(self, leave):
        leave.answer_all()
        shown = leave.draft.version
        leave.change("about", reason="Something else", reasons=["Back surgery"])
        response = leave.submit(version=shown)
        assert response.status_code == 409
        assert "Your answers changed in another tab" in words(response)
        assert not Case.objects.exists()
        assert leave.submit().url == leave.page("done")

    def test_the_second_submit_is_the_same_case(self, leave):
        leave.answer_all()
        version = leave.draft.version
        assert {leave.submit(version=version).url, leave.submit(version=version).url} == {leave.page("done")}
        assert Case.objects.count() == 1


class TestTimeReportedMeanwhile:
    def test_reopens_the_day(self, leave, employee):
        leave.answer_all(INTERMITTENT)
        known = open_case(employee, absence=full_day(dt.date(2026, 3, 10)))
        response = leave.submit()
        assert "/days/" in response.url
        assert f"See case {known.number}" in words(leave.client.post(response.url, {"date": "3/10/2026"}))

    def test_is_found_by_the_database_too(self, leave, employee, monkeypatch):
        leave.answer_all(INTERMITTENT)
        known = open_leave_case(employee, leave=now_and_then(full_day(dt.date(2026, 3, 10))))
        monkeypatch.setattr("absences.loading.reported_days", lambda employee, since: [])
        response = leave.submit()
        assert response.status_code == 422
        assert f"You already reported this time. See case {known.number}, or call" in words(response)
        assert f'<a class="usa-link" href="{leave.page("change", step="days")}">You already' in response.text
        assert Case.objects.count() == 1
        assert leave.draft.answers


def with_days(leave, count):
    """The one day of the draft, `count` times over."""
    draft = leave.draft
    day = {key.rpartition("/")[2]: posted for key, posted in draft.answers.items() if key.startswith("days/")}
    for n in range(1, count):
        date = dt.date(2026, 3, 10) + dt.timedelta(days=n)
        for slug, posted in {**day, "date": {"date": [f"{date:%m/%d/%Y}"]}}.items():
            draft.answers[f"days/{n:08x}/{slug}"] = posted
    draft.save()


def test_costs_the_same_for_one_day_and_for_fifty(client, supervised):
    leave = LeaveRequest(client, supervised)
    leave.answer_all(INTERMITTENT)
    counts = []
    for count in (1, 50):
        with_days(leave, count)
        leave.get("check")  # shows the news of the day added
        with CaptureQueriesContext(connection) as queries:
            page = leave.get("check")
        assert page.text.count("Doctor visit: yes") == count
        counts.append(len(queries))
    assert counts[0] == counts[1] <= MOST_QUERIES


def test_another_persons_is_not_there(leave):
    leave.answer_all()
    stranger = log_in(Client(), make_user(make_employee()))
    assert stranger.get(leave.page("check")).status_code == 404
    assert stranger.post(leave.page("check"), {"_version": leave.draft.version}).status_code == 404
