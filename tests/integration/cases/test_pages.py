import datetime as dt
import html
import re

import pytest
from django.urls import reverse

from cases.models.case import Case
from cases.services.open_case import ReportedAbsence
from portal.audit.models import AccessEvent
from registration.models import StaffRole
from tests.factories.people import log_in, make_employee, make_user
from tests.factories.records import account_of, open_case, part_day
from tests.integration.cases.test_history_queries import many_cases

HISTORY = reverse("cases:history")
PENDING_SENTENCE = (
    "Unplanned absences (Employee Sick and Family Sick) will always appear as pending because authority to approve "
    "unplanned absences remains with the employee’s department, not Workpartners."
)
pytestmark = pytest.mark.django_db


def page_of(case):
    return reverse("cases:case", args=[case.number])


def words(response):
    """What a reader sees of <main>, tags removed and white space as one."""
    main = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)
    text = re.sub(r"<[^>]+>", " ", re.sub(r"</?a\b[^>]*>", "", main[0]))
    return " ".join(html.unescape(text).split())


class TestHistory:
    def test_the_report_stands_there_as_pending_with_the_persons_own_reason(self, client, person):
        case = open_case(person, reason="Migräne", facts={"category": "family_sick"})
        response = client.get(HISTORY)
        seen = words(response)
        assert response.status_code == 200
        for part in (
            "Absence Status and History",
            "Claims History",
            f"Open case {case.number}",
            "Day-to-day",
            "Thursday, January 12, 2023",
            "Migräne",
            "Pending",
            "Reported online",
            "View More",
            f"View more about case {case.number}",
            "Family Sick",
            "Thursday, January 12, 2023, full day (8 hours)",
            PENDING_SENTENCE,
        ):
            assert part in seen, part
        assert f'href="{page_of(case)}"' in response.content.decode()
        assert not AccessEvent.objects.exists()

    def test_title_and_address_name_no_condition(self, client, person):
        open_case(person, reason="Quokkafieber")
        body = client.get(HISTORY).content.decode()
        assert "Quokkafieber" in body
        assert "Quokkafieber" not in re.search(r"<head>.*</head>", body, re.DOTALL)[0]
        assert not re.search(r'(href|action|src)="[^"]*Quokkafieber', body)

    def test_reported_by_phone_with_hours_and_overtime(self, client, person):
        hours = part_day("22:00", "06:00", 480)
        open_case(person, channel="phone", absence=ReportedAbsence(**{**vars(hours), "overtime": "mandatory"}))
        seen = words(client.get(HISTORY))
        assert "Reported by phone" in seen
        when = "Thursday, January 12, 2023, 10:00 PM to 6:00 AM on Friday, January 13, 2023 (8 hours)"
        assert when in seen
        assert "Mandatory OT" in seen

    def test_a_cancelled_report_remains(self, client, person):
        case = open_case(person)
        Case.objects.filter(pk=case.pk).update(status="cancelled")
        case.absences.update(status="cancelled")
        seen = words(client.get(HISTORY))
        assert case.number in seen
        assert "Cancelled" in seen

    def test_nobody_elses_case_is_listed(self, client, person):
        other = open_case()
        assert other.number not in words(client.get(HISTORY))

    def test_empty(self, client, person):
        response = client.get(HISTORY)
        assert "You have no cases yet." in words(response)
        assert "Show results" not in words(response)
        assert reverse("absences:before") in response.content.decode()

    def test_a_reason_is_text_not_markup(self, client, person):
        open_case(person, reason="<script>alert(1)</script>")
        assert b"<script>alert(1)" not in client.get(HISTORY).content

    def test_in_spanish(self, client, person):
        open_case(person)
        client.cookies["__Host-language"] = "es"
        assert '<html lang="es">' in client.get(HISTORY).content.decode()


class TestFilters:
    def test_each_filters_and_is_remembered(self, client, person):
        many_cases(person, 1, kind="leave", first_day=dt.date(2021, 5, 3), last_day=dt.date(2021, 5, 7))
        day = open_case(person)
        for query in ({"kind": "day_to_day"}, {"status": "pending", "year": "2023"}, {"year": "2023"}):
            seen = client.get(HISTORY, query)
            assert re.findall(r"Open case (\d+)", words(seen)) == [day.number], query
            for value in query.values():
                assert re.search(rf'<option value="{value}"\s+selected', seen.content.decode()), query
            assert "Clear filters" in words(seen)

    def test_labels_belong_to_their_selects(self, client, person):
        open_case(person)
        body = client.get(HISTORY).content.decode()
        for name, label in [("kind", "Type"), ("status", "Status"), ("year", "Year")]:
            field_id = re.search(rf'<select[^>]*name="{name}"[^>]*id="([^"]+)"', body)[1]
            assert re.search(rf'<label[^>]*for="{field_id}"[^>]*>\s*{label}', body), name

    def test_nothing_found(self, client, person):
        open_case(person)
        seen = words(client.get(HISTORY, {"status": "denied"}))
        assert "No cases match." in seen
        assert "Clear filters" in seen

    @pytest.mark.parametrize(
        "query",
        [
            {"kind": "other"},
            {"status": "'"},
            {"year": "1066"},
            {"year": "x"},
            {"before": "1"},
            {"before": "\x00"},
            {"before": "9876543210"},
            {"before": ""},
            {"kind": "\x00"},
        ],
    )
    def test_an_address_nobody_was_given_is_unknown(self, client, person, query):
        open_case(person)
        assert client.get(HISTORY, query).status_code == 404


class TestPaging:
    def test_older_pages_keep_the_filter_and_lose_nothing(self, client, person):
        many_cases(person, 3, kind="leave")
        days = {case.number for case in many_cases(person, 25)}
        address, found, pages = f"{HISTORY}?kind=day_to_day", [], 0
        while address:
            body = client.get(address).content.decode()
            found += re.findall(r"Open case (\d+)", " ".join(body.split()))
            older = re.search(r'href="([^"]+)" rel="next"', body)
            address, pages = html.unescape(older[1]) if older else "", pages + 1
        assert (pages, len(found), set(found)) == (3, 25, days)

    def test_anothers_number_as_a_starting_point_is_unknown(self, client, person):
        open_case(person)
        assert client.get(HISTORY, {"before": open_case().number}).status_code == 404

    def test_a_later_page_leads_back_to_the_newest(self, client, person):
        cases = many_cases(person, 12)
        seen = client.get(HISTORY, {"before": cases[2].number, "kind": "day_to_day"})
        assert f'href="{HISTORY}?kind=day_to_day"' in seen.content.decode()


class TestCasePage:
    def test_says_what_when_and_what_next(self, client, person):
        case = open_case(person, reason="Migräne", absence=part_day("08:00", "11:30", 210))
        response = client.get(page_of(case))
        seen = words(response)
        for part in (
            f"Case {case.number}",
            "Back to your cases",
            "Pending",
            "Day-to-day",
            "Employee Sick",
            "Migräne",
            "Submitted Thursday, January 12, 2023 at 8:30 AM Eastern Time",
            "What happens next",
            "We are telling your supervisor now.",
            PENDING_SENTENCE,
            "Absence time",
            "8:00 AM to 11:30 AM",
            "3 hours 30 minutes",
            "Change something",
            "You cannot edit or delete submitted time here. Call 1-833-640-2800.",
        ):
            assert part in seen, part
        assert f"<title>Case {case.number} –" in " ".join(response.content.decode().split())

    def test_a_cancelled_one_promises_nothing(self, client, person):
        case = open_case(person)
        Case.objects.filter(pk=case.pk).update(status="cancelled")
        seen = words(client.get(page_of(case)))
        assert "You or your agency cancelled it." in seen
        assert "What happens next" not in seen
        assert PENDING_SENTENCE not in seen

    def test_no_decision_can_be_made_here(self, client, person):
        case = open_case(person)
        body = client.get(page_of(case)).content.decode().lower()
        assert "approve</button" not in body
        assert "deny</button" not in body

    def test_anothers_number_is_unknown_to_everyone(self, client):
        supervisor = make_employee()
        case = open_case(make_employee(supervisor=supervisor))
        for user in [
            make_user(make_employee()),
            make_user(supervisor),
            *(make_user(role=role, role_agency=case.employee.agency) for role in StaffRole.Role.values),
            make_user(is_staff=True, is_superuser=True),
        ]:
            assert log_in(client, user).get(page_of(case)).status_code == 404, user
        assert log_in(client, account_of(case.employee)).get(page_of(case)).status_code == 200
        assert not AccessEvent.objects.exists()

    @pytest.mark.parametrize("number", ["1", "0123456789", "12345678901", "abcdefghij", "%00", "١٢٣٤٥٦٧٨٩٠"])
    def test_what_is_no_number_is_unknown(self, client, person, number):
        assert client.get(f"{HISTORY}{number}/").status_code == 404


class TestWhoMayEnter:
    @pytest.mark.parametrize("second_step", [False, True])
    def test_without_both_steps_the_way_leads_to_the_login(self, client, second_step):
        case = open_case()
        if second_step:
            client.force_login(account_of(case.employee))  # the password alone
        for address in (HISTORY, page_of(case)):
            response = client.get(address)
            assert response.status_code == 302
            assert response.url.startswith(f"{reverse('registration:login')}?next=")

    def test_only_reading(self, client, person):
        case = open_case(person)
        for address in (HISTORY, page_of(case)):
            for method in (client.post, client.put, client.delete, client.patch):
                assert method(address).status_code == 405

    def test_nothing_is_kept_by_a_cache(self, client, person):
        case = open_case(person)
        for address in (HISTORY, page_of(case)):
            assert client.get(address).headers["Cache-Control"] == "no-store"


class TestQueries:
    def count(self, client, address, queries):
        client.get(address)  # the process's own caches
        with queries as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    def test_history_asks_the_same_for_one_case_and_for_three_hundred(self, client, django_assert_max_num_queries):
        counts = []
        for more in (0, 299):
            employee = make_employee()
            log_in(client, make_user(employee))
            open_case(employee)
            many_cases(employee, more)
            counts.append(self.count(client, HISTORY, django_assert_max_num_queries(15)))
        assert counts[0] == counts[1]

    def test_a_case_page_asks_the_same_however_many_cases(self, client, django_assert_max_num_queries):
        counts = []
        for more in (0, 299):
            employee = make_employee()
            log_in(client, make_user(employee))
            case = open_case(employee)
            many_cases(employee, more)
            counts.append(self.count(client, page_of(case), django_assert_max_num_queries(15)))
        assert counts[0] == counts[1]
