"""Somebody with neither phone nor password: staff remove both, and the link leads to new ones."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from registration import claims
from registration.models import AccountEvent, User
from tests.factories.accounts import PASSWORD, another, make_account, newest_code, newest_event
from tests.factories.people import make_employee
from tests.integration.registration.staff.desk import at_desk, checked, url

pytestmark = pytest.mark.django_db
NEW_PHONE = {"country": "US", "phone": "617-555-0199", "send": "sms"}
NEW_PASSWORD = "Rk4#vbnTzqpW!2Lx"
TWICE = {"password": NEW_PASSWORD, "password2": NEW_PASSWORD}


@pytest.fixture
def person():
    employee = make_employee()
    user = make_account(employee, email="own@example.org")
    claims.open_claim(user=user, employee=employee, now=timezone.now())
    AccountEvent.objects.all().delete()
    return employee


@pytest.fixture
def old_phone(person):
    return person.user.phones.get().number


@pytest.fixture
def link(person, old_phone):
    desk = checked(at_desk(), person)
    assert desk.post(url("act", person.pk, "start-over")).url == url("person", person.pk)
    return newest_event(kind="setup_link").payload["path"]


def account(person) -> User:
    return User.objects.get(employee=person)


def recipients(kind) -> set[str]:
    return {event.recipient for event in AccountEvent.objects.filter(kind=kind)}


def up_to_code(client, link) -> str:
    assert client.post(link).url == f"{link}phone/"
    assert client.post(f"{link}phone/", NEW_PHONE).url == f"{link}code/"
    return newest_code()


def test_the_old_password_lets_nobody_in(link, person):
    assert not account(person).check_password(PASSWORD)
    assert not account(person).phones.exists()
    answer = Client().post(reverse("registration:login"), {"username": person.user.username, "password": PASSWORD})
    assert answer.status_code == 422


def test_the_link_goes_to_the_employers_address_and_the_news_everywhere(link, person, old_phone):
    assert recipients("setup_link") == {person.work_email}
    assert newest_event(kind="setup_link").payload["new_password"]
    assert recipients("second_step_reset") == {person.work_email, person.work_phone, "own@example.org", old_phone}
    news = newest_event(kind="second_step_reset").payload
    assert news["password"]
    assert Client().get(news["freeze_path"]).status_code == 200


def test_a_code_to_the_new_phone_then_a_new_password_let_in_once(client, link, person):
    code = up_to_code(client, link)
    assert client.post(f"{link}code/", {"code": code}).url == f"{link}password/"
    assert client.get(reverse("home:home")).status_code == 302  # not yet
    assert not account(person).phones.exists()
    assert client.post(f"{link}password/", TWICE).url == reverse("home:home")
    assert client.get(reverse("home:home")).status_code == 200
    assert account(person).check_password(NEW_PASSWORD)
    assert account(person).phones.get().number == "+16175550199"
    assert Client().get(link).status_code == 410
    for kind in ("phone_changed", "password_changed"):
        assert recipients(kind) >= {person.work_email, "own@example.org", "+16175550199"}


def test_opening_the_link_begins_nothing(client, link):
    assert client.get(link).status_code == 200
    assert client.get(f"{link}phone/").url == link


def test_without_the_right_code_there_is_no_password_page(client, link, person):
    code = up_to_code(client, link)
    client.post(f"{link}code/", {"code": another(code)})
    assert client.get(f"{link}password/").url == f"{link}code/"
    assert client.post(f"{link}password/", TWICE).url == f"{link}code/"
    assert not account(person).has_usable_password()


def test_another_phone_asked_for_afterwards_is_not_proved_by_the_first_ones_code(client, link, person):
    code = up_to_code(client, link)
    client.post(f"{link}code/", {"code": code})
    client.post(f"{link}phone/", {**NEW_PHONE, "phone": "617-555-0188"})
    assert client.post(f"{link}password/", TWICE).url == f"{link}code/"
    assert not account(person).phones.exists()


def test_a_password_against_the_rules_is_refused(client, link):
    code = up_to_code(client, link)
    client.post(f"{link}code/", {"code": code})
    assert client.post(f"{link}password/", {"password": "short", "password2": "short"}).status_code == 422


def test_a_link_that_only_removes_the_second_step_never_asks_a_new_password(client, person):
    desk = checked(at_desk(), person)
    desk.post(url("act", person.pk, "second-step"))
    link = newest_event(kind="setup_link").payload["path"]
    assert client.post(link).status_code == 422  # username and password are asked
    client.post(link, {"username": person.user.username, "password": PASSWORD})
    client.post(f"{link}phone/", NEW_PHONE)
    assert client.post(f"{link}password/", TWICE).url == f"{link}code/"
    assert account(person).check_password(PASSWORD)


def test_a_second_step_removed_again_leads_to_a_new_password_still(client, link, person):
    checked(at_desk(), person).post(url("act", person.pk, "second-step"))
    newer = newest_event(kind="setup_link")
    assert newer.payload["new_password"]
    up_to_code(client, newer.payload["path"])
