"""Forgot User ID?: who gets the username, where, and how often."""

import pytest
from django.test import Client
from django.utils.html import strip_tags

from portal.limits.models import Counter
from registration.models import AccountEvent, Employee
from tests.factories.accounts import PASSWORD, make_account, sign_in
from tests.factories.people import make_employee
from tests.integration.registration.ceremony import facts_of, tell_facts, url
from tests.integration.registration.recovery.walks import ask_username

pytestmark = pytest.mark.django_db
DONE = (
    "If we have an account for you, we sent your username to your phone or email on file. "
    "If nothing comes in 10 minutes, call 1-833-640-2800."
)


@pytest.fixture
def user():
    return make_account(make_employee(), username="mgarcia", language="es", email="maria@example.com")


def told():
    return AccountEvent.objects.filter(kind="username", dispatched_at=None)


def test_the_username_goes_to_every_address_on_file(client, user):
    answer = ask_username(client, user.employee)
    assert (answer.status_code, answer.url) == (303, url("forgot_id_sent"))
    assert {(event.channel, event.recipient) for event in told()} == {
        ("email", user.employee.work_email),
        ("email", "maria@example.com"),
        ("sms", user.phones.get().number),
    }
    assert [(event.payload, event.language, event.employee_id) for event in told()] == [
        ({"username": "mgarcia"}, "es", user.employee_id)
    ] * 3


def test_the_answer_is_one_for_everybody(client, user):
    ask_username(client, user.employee)
    hit = client.get(url("forgot_id_sent"))
    ask_username(client, user.employee, last_name="Nobody")
    for page in (hit, client.get(url("forgot_id_sent")), Client().get(url("forgot_id_sent"))):
        assert DONE in " ".join(strip_tags(page.text).split())
        assert "mgarcia" not in page.text


@pytest.mark.parametrize("wrong", ["first_name", "last_name", "zip", "birthdate_year", "employee_number"])
def test_all_five_facts_must_fit(client, user, wrong):
    other = {"zip": "99999", "birthdate_year": "1950", "employee_number": "987654"}.get(wrong, "Zz")
    assert ask_username(client, user.employee, **{wrong: other}).status_code == 303
    assert not told().exists()
    assert ask_username(client, user.employee).status_code == 303
    assert told().exists()


def test_names_are_folded_as_in_registering(client):
    user = make_account(make_employee(first_name="José", last_name="O’Brien-Núñez"))
    ask_username(client, user.employee, first_name="JOSE", last_name="obrien nunez")
    assert told().exists()


def test_who_has_left_is_told_as_well(client, user):
    Employee.objects.filter(pk=user.employee_id).update(status=Employee.Status.LEFT)
    ask_username(client, user.employee)
    assert told().exists()


def test_once_a_day_and_silently(client, user, settings):
    settings.LIMITS = {**settings.LIMITS, "recovery_person": (10, 60)}
    assert [ask_username(client, user.employee).status_code for _ in range(3)] == [303] * 3
    assert told().count() == 3  # the addresses of the first
    Counter.objects.filter(scope="recovery_told").delete()
    ask_username(client, user.employee)
    assert told().count() == 6


def test_an_account_without_any_address_is_answered_like_all(client):
    user = make_account(make_employee(work_email=""))
    user.phones.all().delete()
    assert ask_username(client, user.employee).url == url("forgot_id_sent")
    assert not told().exists()


def test_a_mistyped_fact_is_said_at_its_field(client, user):
    answer = ask_username(client, user.employee, zip="1", employee_number="12a")
    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "zip": ["ZIP code must be 5 or 9 digits"],
        "employee_number": ["Employee number must be 10 digits or fewer, with no letters"],
    }
    assert not Counter.objects.exists()


def test_every_question_is_missed_by_name(client):
    errors = client.post(url("forgot_id"), {}).context["form"].error_links()
    assert [error.text for error in errors] == [
        "Enter your first name",
        "Enter your last name",
        "Enter your home ZIP code",
        "Enter your birthdate",
        "Enter your employee number",
    ]


def test_it_can_be_read_in_spanish_with_what_was_typed(client, user):
    answer = client.post(url("forgot_id"), {**facts_of(user.employee), "_lang": "es"})
    assert answer.status_code == 200
    assert 'lang="es"' in answer.text
    assert f'value="{user.employee.home_zip}"' in answer.text
    assert not told().exists()


def test_who_is_logged_in_is_led_home(client, user):
    sign_in(client, user)
    for name in ("forgot_id", "reset", "reset_code", "reset_password"):
        assert client.get(url(name)).status_code == 302


class TestLimits:
    def test_five_tries_at_a_person_from_anywhere(self, user):
        statuses = [ask_username(Client(REMOTE_ADDR=f"203.0.{n}.9"), user.employee).status_code for n in range(7)]
        assert statuses == [303] * 5 + [429] * 2
        answer = ask_username(Client(), user.employee)
        assert "You have tried too many times. Wait 6 hours, or call 1-833-640-2800." in strip_tags(answer.text)
        assert int(answer["Retry-After"]) > 6 * 3600 - 60

    def test_an_address_has_its_own(self, settings):
        settings.LIMITS = {**settings.LIMITS, "recovery_address": (3, 3600)}
        attacker = Client(REMOTE_ADDR="203.0.113.9", headers={"X-Forwarded-For": "198.51.100.1"})
        victim = make_account(make_employee()).employee
        statuses = [ask_username(attacker, make_employee()).status_code for _ in range(5)]
        assert statuses == [303] * 3 + [429] * 2
        for _ in range(6):  # a refused address costs nobody a try
            ask_username(attacker, victim)
        assert ask_username(Client(), victim).status_code == 303

    def test_a_network_has_its_own(self, settings):
        settings.LIMITS = {**settings.LIMITS, "recovery_network": (2, 3600)}
        statuses = [
            ask_username(Client(REMOTE_ADDR=f"203.0.113.{n}"), make_employee()).status_code for n in range(1, 5)
        ]
        assert statuses == [303, 303, 429, 429]

    def test_it_costs_no_try_at_registering_or_logging_in(self, client, user):
        newcomer = make_employee()
        for _ in range(7):
            ask_username(client, newcomer)
            ask_username(client, user.employee)
        assert tell_facts(client, newcomer).url == url("account")
        again = Client()
        user.set_password(PASSWORD)
        user.save()
        assert again.post(url("login"), {"username": "mgarcia", "password": PASSWORD}).status_code == 302
