"""A way back for staff who lost every second step."""

import pytest
from django.core.management import CommandError, call_command

from registration.models import AccountEvent, PhoneDevice, Session
from tests.factories.accounts import make_account, sign_in
from tests.factories.factors import make_app

pytestmark = pytest.mark.django_db


def test_a_new_phone_replaces_everything(client, capsys):
    user = make_account(email="lost@example.org")
    old = PhoneDevice.objects.get(user=user)
    make_app(user)
    sign_in(client, user)
    call_command("reset_second_step", user.username.upper(), phone="617-555-0177")
    assert [phone.number for phone in PhoneDevice.objects.filter(user=user)] == ["+16175550177"]
    assert not user.authenticators.exists()
    assert not Session.objects.filter(user=user).exists()
    told = AccountEvent.objects.filter(kind=AccountEvent.Kind.PHONE_CHANGED)
    assert {event.recipient for event in told} == {"lost@example.org", old.number}
    assert "logs in with the password" in capsys.readouterr().out


@pytest.mark.parametrize(("username", "phone"), [("nobody", "617-555-0177"), ("", "800-555-0199")])
def test_what_cannot_be_done_changes_nothing(username, phone):
    user = make_account()
    with pytest.raises(CommandError):
        call_command("reset_second_step", username or user.username, phone=phone)
    assert PhoneDevice.objects.filter(user=user).count() == 1
