"""A staff member's new phone waits a day: whoever is told of it on the old one has time to act."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from registration import changes, claims
from registration.factors import authenticator
from registration.factors.methods import methods_of
from registration.models import AuthenticatorDevice, PhoneDevice, StaffRole
from tests.factories.accounts import PASSWORD, make_account, sign_in
from tests.factories.factors import SECRET, app_code, make_app
from tests.factories.people import make_employee
from tests.integration.registration.ceremony import url
from tests.integration.registration.profile.changing import NEW_NUMBER, PHONE, code_for, prove, told
from tests.integration.registration.recovery.walks import NEW, reset

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(settings):
    settings.LIMITS = {scope: (1000, window) for scope, (_hits, window) in settings.LIMITS.items()}
    return make_account(username="desk", role=StaffRole.Role.SPECIALIST, email="desk@example.org")


@pytest.fixture
def changed(client, staff):
    """The browser in which the new phone was set up."""
    prove(sign_in(client, staff)).post(url("change_phone"), PHONE)
    assert client.post(url("new_phone_code"), {"code": code_for(NEW_NUMBER)}).url == url("profile")
    return client


def pass_hours(hours):
    for device in PhoneDevice.objects.exclude(held_until=None):
        device.held_until -= dt.timedelta(hours=hours)
        device.save()


def log_in(username="desk", password=PASSWORD):
    """As far as the password."""
    client = Client()
    client.post(url("login"), {"username": username, "password": password}, follow=True)
    return client


def numbers(user):
    """Every phone of theirs, waiting ones too."""
    return {phone.number for phone in user.phones.all()}


def test_the_old_one_takes_the_codes_until_then(staff, changed):
    old = methods_of(staff).phone.number
    assert old != NEW_NUMBER
    pass_hours(23)
    client = log_in()
    client.post(url("login_code"), {"code": code_for(old)})
    assert client.get(url("profile")).status_code == 200


def test_both_are_told_at_once(staff, changed):
    assert {methods_of(staff).phone.number, NEW_NUMBER, "desk@example.org"} == told("phone_changed")


def test_after_it_the_new_one_does_once_the_old_one_has_passed_again(staff, changed):
    old = methods_of(staff).phone.number
    pass_hours(25)
    client = log_in()
    assert methods_of(staff).phone.number == old  # a password alone promotes nothing
    client.post(url("login_code"), {"code": code_for(old)})
    assert client.get(url("profile")).status_code == 200
    assert "Keep the old number" not in client.get(url("profile")).text
    assert numbers(staff) == {NEW_NUMBER}
    assert changed.get(url("profile")).status_code == 302  # opened before
    another = log_in()
    another.post(url("login_code"), {"code": code_for(NEW_NUMBER)})
    assert another.get(url("profile")).status_code == 200


def test_or_another_method_has(staff, changed):
    make_app(staff)
    pass_hours(25)
    client = log_in()
    client.post(url("login_app"), {"code": app_code()})
    assert client.get(url("profile")).status_code == 200
    assert numbers(staff) == {NEW_NUMBER}


def test_a_reset_password_gives_it_up(staff, changed):
    old = methods_of(staff).phone.number
    reset(Client(), "desk")
    assert numbers(staff) == {old}
    pass_hours(25)
    client = log_in(password=NEW)
    client.post(url("login_code"), {"code": code_for(old)})
    assert numbers(staff) == {old}


def test_a_password_changed_by_who_is_there_does_not(staff, changed):
    changes.change_password(staff, password=NEW, keep=changed.session.session_key)
    assert NEW_NUMBER in numbers(staff)


def test_freezing_gives_it_up(staff, changed):
    claims.freeze(staff, now=timezone.now())
    claims.unfreeze(staff)
    assert NEW_NUMBER not in numbers(staff)


def test_the_profile_says_so_and_the_old_one_can_be_kept(staff, changed):
    page = changed.get(url("profile")).text
    assert "Your new number ending in 32 takes your codes after" in page
    assert changed.get(url("keep_old_phone")).status_code == 405
    page = changed.post(url("keep_old_phone"), follow=True).text
    assert "We saved your changes." in page
    assert "Your new number" not in page
    pass_hours(25)
    log_in()
    assert NEW_NUMBER not in [phone.number for phone in staff.phones.all()]


def test_a_second_change_replaces_the_held_one(staff, changed):
    prove(changed).post(url("change_phone"), {**PHONE, "phone": "617-555-0199"})
    changed.post(url("new_phone_code"), {"code": code_for("+16175550199")})
    assert [phone.number for phone in staff.phones.filter(confirmed=False)] == ["+16175550199"]


def test_nobody_elses_is_given_up(staff, changed):
    other = sign_in(Client(), make_account(make_employee()))
    other.post(url("keep_old_phone"))
    assert PhoneDevice.objects.filter(user=staff, confirmed=False).exists()


def test_who_has_no_method_need_not_wait(client, staff):
    sign_in(client, staff)
    staff.phones.all().update(confirmed=False)
    device = changes.change_phone(staff, number=NEW_NUMBER, prefers="sms", keep=None)
    assert device.confirmed


def test_who_has_an_app_and_no_phone_waits(client, staff):
    make_app(staff)
    staff.phones.all().delete()
    device = changes.change_phone(staff, number=NEW_NUMBER, prefers="sms", keep=None)
    assert not device.confirmed


class TestTheWayAround:
    """What the new phone waits for cannot be taken away first."""

    def remove(self, client, device):
        address = reverse("registration:remove_method", args=[str(device.pk)])
        return prove(client).post(address, follow=True).text

    def test_the_phone_stays_while_all_the_rest_is_new(self, client, staff):
        make_app(staff)
        page = self.remove(sign_in(client, staff), staff.phones.get())
        assert "Another way to log in must be on your account for 24 hours" in page
        assert staff.phones.exists()

    def test_beside_something_older_it_can_go(self, client, staff):
        make_app(staff)
        AuthenticatorDevice.objects.update(created_at=timezone.now() - dt.timedelta(hours=25))
        assert "We removed it" in self.remove(sign_in(client, staff), staff.phones.get())

    def test_an_employees_can_go_at_once(self, client, staff):
        employee = make_account(make_employee())
        make_app(employee)
        assert "We removed it" in self.remove(sign_in(client, employee), employee.phones.get())

    def test_nor_replaced_when_it_is_an_app(self, client, staff):
        make_app(staff)
        prove(sign_in(client, staff))
        secret = authenticator.secret_in_setup(client.get(url("new_app")).wsgi_request)
        answer = client.post(url("new_app"), {"code": app_code(secret)})
        assert (answer.status_code, "remove or replace this one" in answer.text) == (422, True)
        assert AuthenticatorDevice.objects.get().secret == SECRET


def test_the_page_says_how_long(client, staff):
    assert "keeps taking your codes for 24 hours" in prove(sign_in(client, staff)).get(url("change_phone")).text
    employee = prove(sign_in(Client(), make_account(make_employee())))
    assert "keeps taking your codes" not in employee.get(url("change_phone")).text
