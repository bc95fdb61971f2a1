"""A way back for a staff account whose owner lost every second step: from the console, by whoever runs the machine."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from registration import devices
from registration.management.commands.create_administrator import number_of
from registration.models import AccountEvent, PhoneDevice, User
from registration.telling import addresses_of, tell


class Command(BaseCommand):
    help = "Give an account a new phone for codes, end its sessions and remove every other second step."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--phone", required=True, help="takes the codes of the second step")

    def handle(self, *args: Any, username: str, phone: str, **options: Any) -> None:
        number = number_of(phone)
        try:
            user = User.objects.get_by_natural_key(username)
        except User.DoesNotExist as unknown:
            raise CommandError("No account has that username.") from unknown
        with transaction.atomic():
            told = addresses_of(user)  # the phone that is going, too
            devices.end_everything(user)
            devices.remove_methods(user)
            PhoneDevice.objects.create(user=user, name="phone", number=number)
            tell(user, AccountEvent.Kind.PHONE_CHANGED, to=told)
        self.stdout.write(f"{user.username} logs in with the password and a code to that phone.")
