"""What staff and employees see of notices."""

import pytest
from django.template import Context, Template
from django.test import Client
from django.utils import timezone

from notifications.models import Notice
from notifications.staff.views import PAGE
from registration.models import Employee, PhoneDevice, StaffRole
from tests.factories.notices import code, to_supervisor
from tests.factories.people import make_agency, make_employee, make_user
from tests.factories.records import open_case

pytestmark = pytest.mark.django_db
LIST = "/staff/notices/"
YOURSELF = "Tell your supervisor yourself."


def signed_in(user):
    client = Client()
    device = PhoneDevice.objects.create(user=user, name="phone", confirmed=True, number="+14135550123")
    client.force_login(user)
    session = client.session
    session["otp_device_id"] = device.persistent_id
    session.save()
    return client


@pytest.fixture
def staff():
    return signed_in(make_user(role=StaffRole.Role.SPECIALIST))


def shown(client, query=""):
    answer = client.get(LIST + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_staff_see_every_message_and_no_address(staff):
    case = open_case()
    to_supervisor("email", "maria@example.org", case=case, state=Notice.State.DEAD, error_code="550")
    code(recipient="+14135550123", state=Notice.State.DELIVERED, final_at=timezone.now())
    page = shown(staff)
    assert case.number in page
    assert "m•••@example.org" in page
    assert "•••-•••-0123" in page
    assert "maria@example.org" not in page
    assert "4135550123" not in page
    assert "459139" not in page
    assert "550" in page


def test_an_address_that_was_forgotten_is_not_nobody(staff):
    to_supervisor("email", None, state=Notice.State.SENT, error_code="unconfirmed")
    page = shown(staff)
    assert "Email" in page
    assert "Nobody to tell" not in page
    assert "unconfirmed" in page


def test_the_list_is_filtered_by_state(staff):
    to_supervisor("email", "waits@example.org")
    to_supervisor("email", "failed@example.org", state=Notice.State.DEAD)
    page = shown(staff, "?state=dead")
    assert "f•••@example.org" in page
    assert "w•••@example.org" not in page
    assert staff.get(LIST + "?state=nonsense").status_code in (200, 404)


def test_pages_follow_each_other(staff):
    for n in range(PAGE + 1):
        to_supervisor("email", f"{chr(97 + n % 26)}@example{n}.org")
    first = shown(staff)
    assert first.count("<tr>") == PAGE + 1
    older = first.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0]
    assert staff.get(older.replace("&amp;", "&")).content.decode().count("<tr>") == 2
    assert staff.get(LIST + "?before=nonsense").status_code == 404


def test_a_liaison_sees_the_own_agency_only():
    mine, other = make_agency(), make_agency()
    liaison = signed_in(make_user(role=StaffRole.Role.LIAISON, role_agency=mine))
    for agency, name in ((mine, "mine"), (other, "other")):
        employee = make_employee(agency=agency)
        to_supervisor("email", f"{name}@example.org", case=open_case(employee))
        to_supervisor("email", f"{name}@example.net", recipient_employee=employee)
    page = shown(liaison)
    assert page.count("m•••@") == 2
    assert "o•••@" not in page
    foreign = Notice.objects.filter(recipient_employee__agency=other).first()
    assert liaison.get(LIST + f"?before={foreign.pk}").status_code == 404


def test_the_list_asks_the_same_for_one_notice_and_for_many(staff, django_assert_max_num_queries):
    for count in (1, 40):
        for _ in range(count):
            to_supervisor(case=open_case())
        with django_assert_max_num_queries(11):
            shown(staff)


def test_employees_and_strangers_do_not_see_it(client):
    assert signed_in(make_user(make_employee())).get(LIST).status_code == 404
    assert client.get(LIST).status_code == 302
    assert client.post(LIST).status_code == 405


class TestWhatTheEmployeeReads:
    def words(self, case, duty=""):
        template = Template("{% load notices %}{% supervisor_notice case duty %}")
        html = template.render(Context({"case": case, "duty": duty}))
        return " ".join(html.split())

    def rows(self, case, *states, kind="supervisor_absence"):
        for state in states:
            accepted = timezone.now() if state in Notice.REACHED else None
            to_supervisor(case=case, kind=kind, state=state, accepted_at=accepted)

    def test_before_anything_was_sent(self, django_assert_num_queries):
        case = open_case(make_employee(supervisor=make_employee()))
        with django_assert_num_queries(2):
            assert "We are telling your supervisor now." in self.words(case)

    @pytest.mark.parametrize("boss", [{"status": Employee.Status.LEFT}, {"work_email": "", "work_phone": ""}])
    def test_before_anything_was_sent_to_the_next_level_alone(self, boss):
        case = open_case(make_employee(supervisor=make_employee(supervisor=make_employee(), **boss)))
        seen = self.words(case)
        assert "We are telling the next-level supervisor now." in seen
        assert YOURSELF in seen
        assert "telling your supervisor" not in seen

    def test_before_nothing_is_sent_to_anybody(self):
        assert "We could not reach your supervisor. Call them now." in self.words(open_case())

    @pytest.mark.parametrize("states", [["sent"], ["pending", "delivered"], ["dead", "sent"]])
    def test_one_channel_is_enough(self, states):
        case = open_case()
        self.rows(case, *states)
        assert "We told your supervisor at" in self.words(case)

    def test_while_one_channel_is_left(self):
        case = open_case()
        self.rows(case, "dead", "pending")
        assert "We are telling your supervisor now." in self.words(case)

    def test_when_none_is_left(self):
        case = open_case()
        self.rows(case, "dead", "undelivered")
        assert "We could not reach your supervisor. Call them now." in self.words(case)

    def test_when_only_the_next_level_was_reached(self):
        case = open_case()
        self.rows(case, "dead")
        self.rows(case, "sent", kind="next_level_absence")
        assert "We told the next-level supervisor at" in self.words(case)
        assert YOURSELF in self.words(case)

    def test_while_only_the_next_level_is_left(self):
        case = open_case()
        self.rows(case, "dead")
        self.rows(case, "pending", kind="next_level_absence")
        seen = self.words(case)
        assert "We are telling the next-level supervisor now." in seen
        assert YOURSELF in seen
        assert "telling your supervisor" not in seen

    def test_the_duty_of_who_was_reached_is_not_that_of_who_was_not(self):
        case = open_case()
        duty = "You do not need to tell your supervisor. We do that for you."
        self.rows(case, "pending")
        assert duty in self.words(case, duty)
        Notice.objects.update(state="dead")
        self.rows(case, "sent", kind="next_level_absence")
        assert duty not in self.words(case, duty)

    def test_other_peoples_notices_do_not_count(self):
        case = open_case(make_employee(supervisor=make_employee()))
        self.rows(case, "sent", kind="employee_received")
        assert "We are telling your supervisor now." in self.words(case)
