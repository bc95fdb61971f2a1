"""The first account of an installation."""

import pytest
from django.core.management import CommandError, call_command

from registration.models import PhoneDevice, StaffRole, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def create(monkeypatch, capsys):
    def run(username="chief.admin", phone="617-555-0100", password="Vq7!mzkw3Ptr#xLd"):
        monkeypatch.setenv("ADMINISTRATOR_PASSWORD", password)
        call_command("create_administrator", username, phone=phone)
        return capsys.readouterr().out

    return run


def test_the_administrator_can_pass_both_steps(create):
    assert "chief.admin can log in at" in create()
    user = User.objects.get()
    assert user.check_password("Vq7!mzkw3Ptr#xLd")
    assert (user.is_staff, user.is_superuser) == (True, True)
    assert StaffRole.objects.get(user=user).role == StaffRole.Role.ADMINISTRATOR
    assert PhoneDevice.objects.get(user=user).number == "+16175550100"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"phone": "800-555-0199"}, "--phone"),
        ({"phone": "nobody"}, "--phone"),
        ({"password": "Welcome1!"}, "too easy to guess"),
    ],
)
def test_what_cannot_be_used_is_refused_and_nothing_is_kept(create, given, said):
    with pytest.raises(CommandError, match=said):
        create(**given)
    assert not User.objects.exists()


def test_a_taken_username_is_refused(create):
    create()
    with pytest.raises(CommandError, match="taken"):
        create(username="CHIEF.ADMIN")
