"""The first account of an installation: an administrator who can pass the second step."""

from __future__ import annotations

import getpass
import os
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError, transaction

from portal.lib import phone as phone_numbers
from registration.models import PhoneDevice, StaffRole, User


class Command(BaseCommand):
    help = "Create an administrator. Asks for a password, or reads it from ADMINISTRATOR_PASSWORD."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--phone", required=True, help="takes the codes of the second step")

    def handle(self, *args: Any, username: str, phone: str, **options: Any) -> None:
        number = number_of(phone)
        password = os.environ.get("ADMINISTRATOR_PASSWORD") or getpass.getpass("Password: ")
        user = User(username=username, is_staff=True, is_superuser=True)
        user.set_password(password)
        try:
            validate_password(password, user)
            with transaction.atomic():
                user.save()
                StaffRole.objects.create(user=user, role=StaffRole.Role.ADMINISTRATOR)
                PhoneDevice.objects.create(user=user, name="phone", number=number)
        except ValidationError as refused:
            raise CommandError("\n".join(refused.messages)) from refused
        except IntegrityError as taken:
            raise CommandError("That username is taken. Choose a different one.") from taken
        self.stdout.write(f"{username} can log in at {settings.PUBLIC_BASE_URL}/login/")


def number_of(typed: str) -> str:
    """E.164. Raises CommandError with what to do."""
    try:
        return phone_numbers.parse(typed, countries=settings.PHONE_COUNTRIES)
    except phone_numbers.PhoneError as refused:
        raise CommandError("--phone must be a number that can take codes, like +16175550100.") from refused
