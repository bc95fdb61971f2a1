"""Registering: five facts, an account, a phone, a code."""

import pytest

from registration.models import AccountEvent, PendingRegistration, PhoneDevice, User
from tests.factories.accounts import PASSWORD, newest_event
from tests.factories.people import make_employee
from tests.integration.registration.ceremony import choose_account, facts_of, give_code, tell_facts, up_to_code, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return make_employee(first_name="Maria Elena", last_name="O'Brien", home_zip="02108-1512", employee_number="00012345")


def test_a_person_on_the_roster_gets_an_account(client, person):
    code = up_to_code(client, person)
    done = client.get(give_code(client, code).url)
    assert "Registration complete" in done.text
    user = User.objects.get(employee=person)
    assert user.check_password(PASSWORD)
    assert user.terms_version.count("/") == 1
    assert user.language == "en"
    phone = PhoneDevice.objects.get(user=user)
    assert (phone.number, phone.confirmed, phone.prefers) == ("+16175550132", True, "sms")
    assert not PendingRegistration.objects.exists()
    assert not done.wsgi_request.user.is_authenticated


def test_the_account_is_announced_at_the_address_the_employer_holds(client, person):
    give_code(client, up_to_code(client, person))
    event = newest_event(kind=AccountEvent.Kind.ACCOUNT_CREATED)
    assert (event.channel, event.recipient) == ("email", person.work_email)
