"""How long a session lasts, and who may open what."""

import re
import time

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from registration import access
from registration.models import Session, StaffRole
from tests.factories.accounts import make_account, sign_in
from tests.factories.people import make_employee, make_user
from tests.integration.registration.ceremony import url

pytestmark = pytest.mark.django_db
MINUTE, HOUR = 60, 3600


@pytest.fixture
def user():
    return make_account(make_employee())


@pytest.fixture
def staff():
    return make_account(username="desk", role=StaffRole.Role.SPECIALIST, is_staff=True)


def age(client, *, idle=0, old=0):
    """Set the session's clocks back."""
    session, now = client.session, int(time.time())
    session.update({"seen": now - idle, "began": now - max(idle, old)})
    session.save()


@pytest.mark.parametrize(
    ("idle", "old", "lasts"),
    [
        (30 * MINUTE - 5, 0, True),
        (30 * MINUTE, 0, False),
        (0, 12 * HOUR - 5, True),
        (0, 12 * HOUR, False),
    ],
)
def test_an_employees_session(client, user, idle, old, lasts):
    sign_in(client, user)
    age(client, idle=idle, old=old)
    assert (client.get(reverse("home:home")).status_code == 200) is lasts


@pytest.mark.parametrize(
    ("idle", "old", "lasts"),
    [
        (15 * MINUTE - 5, 0, True),
        (15 * MINUTE, 0, False),
        (0, 8 * HOUR - 5, True),
        (0, 8 * HOUR, False),
    ],
)
def test_staffs_session(client, staff, idle, old, lasts):
    sign_in(client, staff)
    age(client, idle=idle, old=old)
    assert (client.get("/admin/").status_code == 200) is lasts


def test_who_was_logged_out_learns_why_and_comes_back_to_the_same_page(client, user):
    sign_in(client, user)
    age(client, idle=HOUR)
    answer = client.get("/home/?x=1")
    assert answer.url == "/login/?next=/home/%3Fx%3D1"
    page = client.get(answer.url)
    assert "We logged you out to keep your information safe" in page.text
    assert "We logged you out" not in client.get(url("login")).text


@pytest.mark.parametrize(
    ("who", "aged", "says"),
    [
        ("user", {"idle": HOUR}, "You did not use this site for 30 minutes."),
        ("staff", {"idle": HOUR}, "You did not use this site for 15 minutes."),
        ("user", {"old": 12 * HOUR}, "You were logged in for a long time."),
    ],
)
def test_the_log_in_page_says_what_was_too_long(request, client, who, aged, says):
    sign_in(client, request.getfixturevalue(who))
    age(client, **aged)
    client.get(reverse("home:home"))
    assert says in client.get(url("login")).text


def test_an_ended_session_is_gone_from_the_database(client, user):
    sign_in(client, user)
    key = client.session.session_key
    age(client, idle=HOUR)
    client.get(reverse("home:home"))
    assert not Session.objects.filter(pk=key).exists()


def test_public_pages_stay_open_after_a_session_ended(client, user):
    sign_in(client, user)
    age(client, idle=HOUR)
    assert client.get("/").status_code == 200
    assert client.post(url("logout")).url == url("logged_out")


def test_a_session_is_written_at_most_once_a_minute(
    client, user, django_assert_num_queries, django_assert_max_num_queries
):
    sign_in(client, user)
    client.get(reverse("home:home"))
    seen = client.session["seen"]
    client.get(reverse("home:home"))
    assert client.session["seen"] == seen
    age(client, idle=2 * MINUTE)
    client.get(reverse("home:home"))
    assert client.session["seen"] >= seen


def test_a_signed_in_request_costs_three_queries(rf, client, user, django_assert_num_queries):
    sign_in(client, user)
    with django_assert_num_queries(3):  # session, user with employee and agency, phone
        answer = client.get(url("login"))
    assert answer.url == reverse("home:home")


def probe(request):
    return HttpResponse("in")


def ask(rf, client, view, user=None):
    """`view` as the middleware would call it."""
    request = client.get(url("logged_out")).wsgi_request
    return view(request)


class TestAccess:
    def test_strangers_are_asked_to_log_in(self, rf, client):
        for view in (access.employee_required(probe), access.staff_required()(probe)):
            assert ask(rf, client, view).url.startswith("/login/?next=")

    def test_the_password_alone_opens_nothing(self, rf, client, user, staff):
        client.force_login(user)
        assert ask(rf, client, access.employee_required(probe)).status_code == 302
        client.force_login(staff)
        assert ask(rf, client, access.staff_required()(probe)).status_code == 302
        assert client.get("/admin/").status_code == 302

    def test_an_employee_comes_with_the_agency(self, rf, client, user, django_assert_num_queries):
        sign_in(client, user)
        request = client.get(url("logged_out")).wsgi_request
        assert access.employee_required(probe)(request).status_code == 200
        with django_assert_num_queries(0):
            assert request.user.employee.agency.name

    def test_staff_are_no_employees_and_employees_no_staff(self, rf, client, user, staff):
        sign_in(client, staff)
        with pytest.raises(access.Http404):
            ask(rf, client, access.employee_required(probe))
        sign_in(client, user)
        with pytest.raises(access.Http404):
            ask(rf, client, access.staff_required()(probe))
        assert client.get("/admin/").status_code == 302
        assert client.get("/admin/", follow=True).status_code == 404

    def test_the_role_must_be_one_of_those_named(self, rf, client, staff):
        sign_in(client, staff)
        assert ask(rf, client, access.staff_required()(probe)).status_code == 200
        assert ask(rf, client, access.staff_required(StaffRole.Role.SPECIALIST)(probe)).status_code == 200
        with pytest.raises(access.Http404):
            ask(rf, client, access.staff_required(StaffRole.Role.INTAKE)(probe))

    def test_a_closed_account_is_out_at_once(self, client, user):
        sign_in(client, user)
        user.is_active = False
        user.save()
        assert client.get(reverse("home:home")).status_code == 302

    def test_a_phone_taken_away_ends_the_second_step(self, client, user):
        sign_in(client, user)
        user.phones.all().delete()
        assert client.get(reverse("home:home")).status_code == 302

    def test_the_administration_has_no_log_in_of_its_own(self, client, staff):
        assert client.get("/admin/login/?next=/admin/").url == "/login/?next=/admin/"
        sign_in(client, staff)
        answer = client.post("/admin/logout/")
        assert answer.url == url("logged_out")
        assert "Clear-Site-Data" in answer

    def test_a_user_without_is_staff_does_not_enter_the_administration(self, client):
        sign_in(client, make_user(role=StaffRole.Role.INTAKE))
        assert client.get("/admin/").status_code == 302


class TestMoreTime:
    def test_every_signed_in_page_says_how_long_the_session_lasts(self, client, user):
        sign_in(client, user)
        age(client, idle=10 * MINUTE)
        client.get("/home/")  # counts as activity
        page = client.get("/home/").text
        assert "We log you out after 30 minutes with no activity." in page
        assert 'data-seconds="1800"' in page or 'data-seconds="1799"' in page
        assert 'data-warn-seconds="300"' in page
        assert "session-limit" not in Client().get("/").text

    def test_activity_that_was_not_written_down_is_not_promised(self, client, user):
        sign_in(client, user)
        age(client, idle=40)
        left = int(re.search(r'data-seconds="(\d+)"', client.get("/home/").text)[1])
        assert 30 * MINUTE - 45 <= left <= 30 * MINUTE - 40

    def test_staff_have_less(self, client, staff):
        sign_in(client, staff)
        page = client.get(reverse("notifications:staff_list")).text
        assert "We log you out after 15 minutes with no activity." in page
        assert 'data-seconds="900"' in page or 'data-seconds="899"' in page

    def test_asking_for_more_time(self, client, user):
        sign_in(client, user)
        age(client, idle=29 * MINUTE + 30)
        answer = client.post(url("extend"))
        assert (answer.status_code, answer.content) == (204, b"")
        assert int(answer["Session-Seconds"]) in {30 * MINUTE, 30 * MINUTE - 1}
        assert client.session["seen"] >= int(time.time()) - 1

    def test_a_moment_after_other_activity_it_still_counts_from_now(self, client, user):
        sign_in(client, user)
        age(client, idle=50)
        assert int(client.post(url("extend"))["Session-Seconds"]) >= 30 * MINUTE - 1

    def test_the_longest_session_is_not_extended(self, client, user):
        sign_in(client, user)
        age(client, idle=10 * MINUTE, old=12 * HOUR - 2 * MINUTE)
        assert int(client.post(url("extend"))["Session-Seconds"]) <= 2 * MINUTE

    def test_an_ended_session_is_not_revived(self, client, user):
        sign_in(client, user)
        age(client, idle=30 * MINUTE)
        assert client.post(url("extend")).status_code == 401
        assert client.get("/home/").status_code == 302

    def test_nobody_and_the_password_alone_get_none(self, client, user):
        assert client.post(url("extend")).status_code == 401
        client.force_login(user)
        assert client.post(url("extend")).status_code == 401

    def test_only_our_own_pages_can_ask(self, user):
        strict = sign_in(Client(enforce_csrf_checks=True), user)
        assert strict.post(url("extend")).status_code == 403
        assert strict.get(url("extend")).status_code == 405
