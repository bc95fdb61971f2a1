"""A staff member's new phone waits a day: whoever is told of it on the old one has time to act."""

import datetime as dt

import pytest
from django.test import Client

from registration import changes
from registration.factors.methods import methods_of
from registration.models import PhoneDevice, StaffRole
from tests.factories.accounts import PASSWORD, make_account, sign_in
from tests.factories.people import make_employee
from tests.integration.registration.ceremony import url
from tests.integration.registration.profile.changing import NEW_NUMBER, PHONE, code_for, prove, told

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


def log_in(username="desk"):
    client = Client()
    client.post(url("login"), {"username": username, "password": PASSWORD}, follow=True)
    return client


def test_the_old_one_takes_the_codes_until_then(staff, changed):
    old = methods_of(staff).phone.number
    assert old != NEW_NUMBER
    pass_hours(23)
    client = log_in()
    client.post(url("login_code"), {"code": code_for(old)})
    assert client.get(url("profile")).status_code == 200


def test_both_are_told_at_once(staff, changed):
    assert {methods_of(staff).phone.number, NEW_NUMBER, "desk@example.org"} == told("phone_changed")


def test_after_it_the_new_one_does(staff, changed):
    pass_hours(25)
    client = log_in()
    assert [phone.number for phone in staff.phones.all()] == [NEW_NUMBER]
    assert changed.get(url("profile")).status_code == 302  # opened with the old phone
    client.post(url("login_code"), {"code": code_for(NEW_NUMBER)})
    page = client.get(url("profile")).text
    assert "Keep the old number" not in page


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


def test_who_has_no_phone_need_not_wait(client, staff):
    sign_in(client, staff)
    staff.phones.all().update(confirmed=False)
    device = changes.change_phone(staff, number=NEW_NUMBER, prefers="sms", keep=None)
    assert device.confirmed


def test_the_page_says_how_long(client, staff):
    assert "keeps taking your codes for 24 hours" in prove(sign_in(client, staff)).get(url("change_phone")).text
    employee = prove(sign_in(Client(), make_account(make_employee())))
    assert "keeps taking your codes" not in employee.get(url("change_phone")).text
