import datetime as dt
import html
import re

import pytest
from django.urls import reverse

from absences.models import Draft, Journey
from cases.models.case import Case
from portal.home.dashboard import dashboard, open_drafts
from portal.lib import clock
from registration.models import Service, StaffRole
from tests.factories.people import log_in, make_agency, make_employee, make_user
from tests.factories.records import NOW, TODAY, now_and_then, open_case, open_leave_case
from tests.integration.cases.test_history_queries import many_cases

HOME = reverse("home:home")
BOTH = (Service.LEAVE, Service.DAY_TO_DAY)
pytestmark = pytest.mark.django_db


def words(response):
    main = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main[0])).split())


def links(response):
    return re.findall(r'<a[^>]*href="([^"]+)"', response.content.decode())


def make_draft(employee, user, **fields):
    now = clock.now()
    times = {"created_at": now, "updated_at": now, "expires_at": now + dt.timedelta(days=30)}
    known = {"employee": employee, "journey": Journey.DAY_TO_DAY, "opened_by": user, **times}
    return Draft.objects.create(**{**known, **fields})


@pytest.fixture
def person(client):
    employee = make_employee(first_name="Zoë")
    log_in(client, make_user(employee))
    return employee


class TestPage:
    def test_welcomes_and_offers_the_two_ways(self, client, person):
        response = client.get(HOME)
        seen = words(response)
        assert response.status_code == 200
        for part in (
            "Welcome, Zoë",
            "What you need to do",
            "You have nothing to do right now.",
            "Request an absence from work",
            "View absence status and history",
            "You have no cases yet. When you ask for leave or report an absence, you will see it here.",
        ):
            assert part in seen, part
        assert {reverse("absences:before"), reverse("cases:history")} <= set(links(response))

    def test_the_three_latest_cases_without_reasons(self, client, person):
        cases = many_cases(person, 4)
        open_case(person, reason="Quokkafieber")
        seen = client.get(HOME)
        shown = re.findall(r"Open case (\d+)", words(seen))
        assert len(shown) == 3
        assert shown[1:] == [cases[3].number, cases[2].number]
        assert "Pending" in words(seen)
        assert "Quokkafieber" not in seen.content.decode()

    def test_anothers_cases_and_drafts_are_not_there(self, client, person):
        case = open_case()
        other = make_draft(case.employee, make_user())
        seen = client.get(HOME).content.decode()
        assert case.number not in seen
        assert str(other.pk) not in seen

    def test_a_draft_can_be_finished_or_deleted(self, client, person):
        draft = make_draft(person, person.user)
        response = client.get(HOME)
        assert re.search(r"Finish the request you started on \w+day, \w+ \d+, \d{4}", words(response))
        assert reverse("absences:delete", args=["day_to_day", draft.pk]) in links(response)
        assert any(str(draft.pk) in link and "delete" not in link for link in links(response))

    def test_time_on_a_case_that_has_ended_can_only_be_deleted(self, client, person):
        case = open_leave_case(person, leave=now_and_then())
        draft = make_draft(person, person.user, journey=Journey.ABSENCE_TIME, case=case)
        resume, delete = (
            reverse(f"absences:{name}", kwargs={"journey": draft.journey, "draft": draft.pk})
            for name in ("resume", "delete")
        )
        assert {resume, delete} <= set(links(client.get(HOME)))
        case.status = Case.Status.CLOSED
        case.save()
        response = client.get(HOME)
        assert f"Case {case.number} is no longer open. Call 1-833-640-2800." in words(response).replace(" .", ".")
        assert resume not in links(response)
        assert delete in links(response)
        assert client.get(delete).status_code == 200

    def test_two_drafts_can_be_told_apart(self, client, person):
        drafts = [make_draft(person, person.user, journey=journey) for journey in (Journey.DAY_TO_DAY, Journey.LEAVE)]
        response = client.get(HOME)
        told = dict(re.findall(r'id="(draft-\d)">(.*?)</p>', response.content.decode(), re.DOTALL))
        for draft, kind in zip(drafts, ("Day-to-day absence", "Leave request"), strict=True):
            address = re.escape(reverse("absences:resume", kwargs={"journey": draft.journey, "draft": draft.pk}))
            described_by = re.search(rf'href="{address}" aria-describedby="([^"]+)"', response.content.decode())[1]
            assert told[described_by].endswith(f"<br>{kind}")

    def test_a_leave_is_shown_with_its_schedule_and_without_its_reasons(self, client, person):
        open_leave_case(person, reasons=["Quokkafieber"])
        seen = words(client.get(HOME))
        assert "Type Leave Schedule One block of time Dates Jan 12 to Jan 25, 2023 Status Pending" in seen
        for word in ("Quokkafieber", "Employee Health Condition"):
            assert word not in seen

    def test_only_live_agencies_offer_the_short_way(self, client):
        for services, offered in [(BOTH, True), ((Service.LEAVE,), False), ((), False)]:
            person = make_employee(agency=make_agency(services=services))
            log_in(client, make_user(person))
            assert ("Report a day-to-day absence" in words(client.get(HOME))) is offered, services

    def test_the_dual_notice_runs_and_ends(self, client):
        today = clock.today()
        for day_of_service, shown in [(1, True), (70, True), (71, False)]:
            starts = today - dt.timedelta(days=day_of_service - 1)
            person = make_employee(agency=make_agency(services=(Service.DAY_TO_DAY,), starts_on=starts))
            log_in(client, make_user(person))
            seen = words(client.get(HOME))
            assert ("DUAL NOTIFICATION PERIOD:" in seen) is shown, day_of_service
            assert ("also tell your supervisor about each day-to-day absence" in seen) is shown
            assert ("employees will need to call Workpartners and also contact their supervisor" in seen) is shown
            assert "when you ask for leave." not in seen


class TestDashboard:
    def board(self, person, today=TODAY):
        return dashboard(person.user, person, now=NOW, today=today)

    def test_services_count_from_their_first_to_their_last_day(self):
        starts, ends = dt.date(2023, 1, 2), dt.date(2023, 1, 20)
        person = make_employee(agency=make_agency(services=BOTH, starts_on=starts, ends_on=ends))
        make_user(person)
        before, after = starts - dt.timedelta(days=1), ends + dt.timedelta(days=1)
        assert [self.board(person, day).reports_days for day in (before, starts, ends, after)] == [0, 1, 1, 0]

    def test_the_supervisor_is_to_be_told_for_ten_weeks_of_each_service(self):
        starts = dt.date(2023, 1, 2)
        person = make_employee(agency=make_agency(services=BOTH, starts_on=starts))
        make_user(person)
        both = ["Until Sunday, March 12, 2023, also tell your supervisor when you will be out."]
        assert self.board(person, dt.date(2023, 3, 12)).tell_supervisor_until == both
        assert self.board(person, dt.date(2023, 3, 13)).tell_supervisor_until == []
        person.agency.services.filter(service=Service.LEAVE).update(starts_on=starts - dt.timedelta(days=1))
        assert self.board(person).tell_supervisor_until == [
            "Until Sunday, March 12, 2023, also tell your supervisor about each day-to-day absence.",
            "Until Saturday, March 11, 2023, also tell your supervisor when you ask for leave.",
        ]
        assert self.board(person, dt.date(2023, 3, 12)).tell_supervisor_until == [
            "Until Sunday, March 12, 2023, also tell your supervisor about each day-to-day absence."
        ]

    def test_drafts_of_the_phone_sent_ones_and_old_ones_are_not_to_do(self):
        person = make_employee()
        user = make_user(person)
        later = {"expires_at": NOW + dt.timedelta(seconds=1)}
        mine = make_draft(person, user, **later)
        make_draft(person, user, channel="phone", **later)
        make_draft(person, user, submitted_case=open_case(person), **later)
        make_draft(person, user, journey=Journey.LEAVE, expires_at=NOW)
        assert open_drafts(person, now=NOW) == [mine]


class TestWhoMayEnter:
    def test_a_stranger_is_asked_to_log_in(self, client):
        response = client.get(HOME)
        assert (response.status_code, response.url) == (302, f"{reverse('registration:login')}?next={HOME}")

    def test_the_password_alone_is_not_enough(self, client):
        client.force_login(make_user(make_employee()))
        assert client.get(HOME).url.startswith(reverse("registration:login"))

    def test_staff_go_where_their_work_is(self, client):
        for user, place in [
            (make_user(role=StaffRole.Role.INTAKE), reverse("notifications:staff_list")),
            (make_user(is_staff=True), reverse("admin:index")),
        ]:
            response = log_in(client, user).get(HOME)
            assert (response.status_code, response.url) == (302, place)

    def test_an_account_without_any_work_here_finds_nothing(self, client):
        assert log_in(client, make_user()).get(HOME).status_code == 404

    def test_only_reading(self, client, person):
        for method in (client.post, client.put, client.delete):
            assert method(HOME).status_code == 405


def test_asks_the_same_for_one_case_and_for_three_hundred(client, django_assert_max_num_queries):
    counts = []
    for more in (0, 299):
        employee = make_employee(agency=make_agency(services=BOTH, starts_on=clock.today()))
        log_in(client, make_user(employee))
        make_draft(employee, employee.user)
        open_case(employee)
        many_cases(employee, more)
        client.get(HOME)
        with django_assert_max_num_queries(12) as captured:
            assert client.get(HOME).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]
