import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.models.case import Absence, Case, Task
from portal.audit.models import AccessEvent
from tests.factories.people import log_in, make_employee, make_user
from tests.factories.records import (
    CONTACT,
    TODAY,
    full_day,
    now_and_then,
    one_block,
    open_case,
    open_leave_case,
    part_day,
)
from tests.integration.cases.test_pages import HISTORY, page_of, words

CALL = "A case specialist will call 413-555-0123 by Tuesday, January 17, 2023 (2 business days), around 10:00 AM."
NOTICE = "We will send your notice of rights by Friday, January 20, 2023 (5 business days)."
REPORT_TIME = "Submit New Absence Time"
pytestmark = pytest.mark.django_db


def set_status(case, status):
    Case.objects.filter(pk=case.pk).update(status=status)


class TestCasePage:
    def test_one_block_says_what_when_and_what_next(self, client, person):
        case = open_leave_case(person, reasons=["Rückenleiden", "Pain"], leave=one_block())
        seen = words(client.get(page_of(case)))
        for part in (
            "Pending We are reviewing it.",
            "Type Leave",
            "Schedule One block of time",
            "Category Employee Health Condition",
            "Dates Jan 12 to Jan 25, 2023",
            "Reason Rückenleiden Pain",
            "What happens next We are telling your supervisor now.",
            CALL,
            NOTICE,
            "You cannot edit or delete submitted time here.",
        ):
            assert part in seen, part
        for part in ("Absence time", "Unplanned absences", REPORT_TIME):
            assert part not in seen, part
        assert not AccessEvent.objects.exists()

    def test_time_now_and_then_lists_its_days_and_says_how_to_report_more(self, client, person):
        days = [full_day(), part_day("08:00", "11:30", 210, TODAY + dt.timedelta(days=1))]
        seen = words(client.get(page_of(open_leave_case(person, leave=now_and_then(*days)))))
        for part in (
            "Schedule Time off now and then",
            "Dates Jan 12 to Jan 13, 2023",
            "Absence time",
            "Thursday, January 12, 2023 Full day 8 hours Reported",
            "Friday, January 13, 2023 8:00 AM to 11:30 AM 3 hours 30 minutes Reported",
            REPORT_TIME,
        ):
            assert part in seen, part
        assert "Overtime shift" not in seen

    def test_few_days_stand_open_and_many_behind_their_sum(self, client, person):
        few, many = (
            open_leave_case(person, leave=now_and_then(*(full_day(TODAY + dt.timedelta(days=n)) for n in days)))
            for days in (range(10), range(10, 21))
        )
        many.absences.filter(date=TODAY + dt.timedelta(days=20)).update(status=Absence.Status.CANCELLED)
        for case, hidden in ((few, False), (many, True)):
            response = client.get(page_of(case))
            assert "10 days, 80 hours in all" in words(response)
            assert ("Show every day" in words(response)) is hidden
        assert "Tuesday, January 31, 2023 Full day 8 hours Reported" in words(response)

    def test_one_day_has_no_sum_and_nothing_reported_has_none(self, client, person):
        case = open_leave_case(person, leave=now_and_then(full_day()))
        assert " in all" not in words(client.get(page_of(case)))
        case = open_leave_case(person, leave=now_and_then(*(full_day(TODAY + dt.timedelta(days=n)) for n in (1, 2))))
        case.absences.update(status=Absence.Status.CANCELLED)
        assert " in all" not in words(client.get(page_of(case)))

    def test_days_not_known_yet(self, client, person):
        seen = words(client.get(page_of(open_leave_case(person, leave=now_and_then()))))
        assert "Dates Days not known yet" in seen
        assert "Absence time" not in seen
        assert REPORT_TIME in seen

    def test_what_was_said_of_a_day_is_not_on_the_page(self, client, person):
        case = open_leave_case(person, leave=now_and_then(full_day(visit=True, note="Quokkafieber")))
        assert "Quokkafieber" not in client.get(page_of(case)).content.decode()

    @pytest.mark.parametrize(
        ("status", "takes_time"),
        [("info_needed", True), ("approved", True), ("denied", False), ("cancelled", False), ("closed", False)],
    )
    def test_promises_end_with_the_review_and_time_with_the_case(self, client, person, status, takes_time):
        case = open_leave_case(person, leave=now_and_then(full_day()))
        set_status(case, status)
        seen = words(client.get(page_of(case)))
        assert "What happens next" not in seen
        assert (REPORT_TIME in seen) is takes_time

    @pytest.mark.parametrize(("done", "left"), [("call_employee", NOTICE), ("notice_due", CALL)])
    def test_what_was_done_is_no_longer_promised(self, client, person, done, left):
        case = open_leave_case(person)
        Task.objects.filter(case=case, kind=done).update(closed_at=timezone.now())
        seen = words(client.get(page_of(case)))
        assert [promise in seen for promise in (CALL, NOTICE)] == [promise == left for promise in (CALL, NOTICE)]

    def test_any_time_of_day_names_none(self, client, person):
        wish = {**vars(CONTACT), "best_time": "any"}
        case = open_leave_case(person, contact=type(CONTACT)(**wish))
        seen = words(client.get(page_of(case)))
        assert "call 413-555-0123 by Tuesday, January 17, 2023 (2 business days)." in seen
        assert "around" not in seen

    @pytest.mark.parametrize(
        ("category", "label"),
        [
            ("family_health", "Family Member Health Condition"),
            ("pregnancy", "Pregnancy"),
            ("bonding", "Bonding with a child"),
        ],
    )
    def test_the_category_is_named_in_words(self, client, person, category, label):
        case = open_leave_case(person, facts={"category": category})
        assert f"Category {label}" in words(client.get(page_of(case)))

    def test_what_was_submitted_can_be_read_again_where_it_was_submitted_here(self, client, person):
        online, phone = open_leave_case(person), open_leave_case(person, channel="phone")
        for case, linked in ((online, True), (phone, False), (open_case(person), True)):
            body = client.get(page_of(case)).content.decode()
            address = reverse("absences:done", kwargs={"journey": case.kind, "draft": case.submission_key})
            assert (f'href="{address}">What you submitted</a>' in body) is linked

    def test_anothers_leave_is_unknown(self, client, person):
        assert client.get(page_of(open_leave_case())).status_code == 404


class TestHistory:
    def test_a_leave_stands_there_with_its_schedule_and_days(self, client, person):
        case = open_leave_case(person, reasons=["Rückenleiden"], leave=now_and_then(full_day()))
        seen = words(client.get(HISTORY))
        for part in (
            f"Open case {case.number}",
            "Type Leave Schedule Time off now and then Dates Thursday, January 12, 2023 Reason Rückenleiden",
            "Employee Health Condition Policies",
            "Thursday, January 12, 2023, full day (8 hours)",
        ):
            assert part in seen, part
        assert "Unplanned absences" not in seen

    def test_many_days_are_their_sum(self, client, person):
        days = [full_day(TODAY + dt.timedelta(days=n)) for n in range(11)]
        open_leave_case(person, leave=now_and_then(*days))
        seen = words(client.get(HISTORY))
        assert "11 days, 88 hours in all" in seen
        assert "full day (8 hours)" not in seen

    def test_one_block_has_no_empty_list_of_days(self, client, person):
        open_leave_case(person)
        body = client.get(HISTORY).content.decode()
        assert "One block of time" in body
        assert '<ul class="usa-list">' not in body

    def test_a_day_to_day_absence_has_no_schedule(self, client, person):
        open_case(person)
        assert "Schedule" not in words(client.get(HISTORY))

    def test_title_and_addresses_name_no_condition(self, client, person):
        case = open_leave_case(person, reasons=["Quokkafieber"])
        for address in (HISTORY, page_of(case)):
            body = client.get(address).content.decode()
            assert body.count("Quokkafieber") == 1
            assert "Quokkafieber" not in body[: body.index("</head>")]


class TestQueries:
    def test_pages_ask_the_same_for_one_day_and_for_sixty(self, client, django_assert_max_num_queries):
        counts = {HISTORY: [], "case": [], reverse("home:home"): []}
        for days in (1, 60):
            employee = make_employee()
            log_in(client, make_user(employee))
            dates = [TODAY + dt.timedelta(days=n) for n in range(days)]
            case = open_leave_case(employee, leave=now_and_then(*map(full_day, dates)))
            for page, asked in counts.items():
                address = page_of(case) if page == "case" else page
                client.get(address)  # the process's own caches
                with django_assert_max_num_queries(22) as queries:
                    assert client.get(address).status_code == 200
                asked.append(len(queries))
        assert {page: one for page, (one, _sixty) in counts.items()} == {
            page: sixty for page, (_one, sixty) in counts.items()
        }
