"""Where a log-in leads that came in between: to a page that can be shown, with the clocks of who is there."""

import time

import pytest
from django.test import Client
from django.urls import reverse

from registration.models import StaffRole, User
from tests.factories.accounts import PASSWORD, make_account, newest_code, sign_in
from tests.factories.people import make_employee
from tests.integration.registration.ceremony import url

pytestmark = pytest.mark.django_db
FIND = reverse("registration:staff_find")


@pytest.fixture
def user():
    return make_account(make_employee(), username="mgarcia")


@pytest.mark.parametrize(
    ("name", "shown"),
    [("end_other_sessions", "sessions"), ("forget_browsers", "browsers"), ("keep_old_phone", "profile")],
)
def test_a_button_pressed_too_late_leads_to_its_page(client, user, name, shown):
    sign_in(client, user)
    session = client.session
    session["seen"] = int(time.time()) - 3600
    session.save()
    answer = client.post(url(name))
    assert (answer.status_code, answer.url) == (303, f"{url('login')}?next={url(shown)}")


def test_a_button_on_a_persons_page_leads_to_that_page(user):
    address = reverse("registration:staff_clear", args=[user.employee.pk])
    back = reverse("registration:staff_person", args=[user.employee.pk])
    assert Client().post(address).url == f"{url('login')}?next={back}"


def test_a_role_given_during_a_session_asks_to_log_in_again(client, user):
    """The session began with an employee's clocks, which are longer."""
    sign_in(client, user)
    assert client.get(FIND).status_code == 404
    StaffRole.objects.create(user=user, role=StaffRole.Role.INTAKE)
    assert client.get(FIND).url == f"{url('login')}?next={FIND}"
    client.post(url("login"), {"username": "mgarcia", "password": PASSWORD, "next": FIND})
    assert client.post(url("login_code"), {"code": newest_code()}).url == FIND
    assert client.get(FIND).status_code == 200
    assert client.session["staff"]


def test_so_does_being_made_staff(client, user):
    sign_in(client, user)
    User.objects.filter(pk=user.pk).update(is_staff=True, is_superuser=True)
    answer = client.get(reverse("admin:index"), follow=True)
    assert answer.redirect_chain[-1][0] == f"{url('login')}?next={reverse('admin:index')}"
    assert "_auth_user_id" not in client.session
