"""The forms of registration and log-in: labels, hints and sentences. What needs the database is asked by the views."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

import phonenumbers
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal.lib.forms import (
    BirthdateField,
    DigitsField,
    NameField,
    PasswordField,
    PhoneField,
    PortalForm,
    SelectField,
    TextField,
)
from registration import passwords
from registration.models import User

NUMBER_DIGITS = 10  # the longest employee number
USERNAME_LENGTHS = range(6, 51)
USERNAME = re.compile(r"[A-Za-z0-9._@-]+")
COUNTRY_NAMES = {
    "US": _("United States"),
    "PR": _("Puerto Rico"),
    "VI": _("U.S. Virgin Islands"),
    "GU": _("Guam"),
    "AS": _("American Samoa"),
    "MP": _("Northern Mariana Islands"),
    "CA": _("Canada"),
}


class RegisterForm(PortalForm):
    first_name = NameField(
        label=_("First Name"),
        autocomplete="given-name",
        error_messages={
            "required": _("Enter your first name"),
            "too_long": _("First name must be 128 characters or fewer"),
        },
    )
    last_name = NameField(
        label=_("Last Name"),
        autocomplete="family-name",
        error_messages={
            "required": _("Enter your last name"),
            "too_long": _("Last name must be 128 characters or fewer"),
        },
    )
    zip = DigitsField(
        label=_("Zip Code"),
        help_text=_("Your home ZIP code"),
        lengths={5, 9},
        autocomplete="postal-code",
        error_messages={
            "required": _("Enter your home ZIP code"),
            "format": _("ZIP code must be 5 or 9 digits"),
        },
    )
    birthdate = BirthdateField(label=_("Birthdate"))


class NumberForm(PortalForm):
    employee_number = DigitsField(
        label=_("Employee Number"),
        help_text=_("It is on your pay stub. Include any zeros at the start."),
        lengths=range(1, NUMBER_DIGITS + 1),
        error_messages={
            "required": _("Enter your employee number"),
            "format": _("Employee number must be 10 digits or fewer, with no letters"),
        },
    )


class UsernameField(TextField):
    """A new username, NFKC. Only ASCII letters, so that no two usernames look the same."""

    default_error_messages = {  # noqa: RUF012  # Django merges these by class
        "required": _("Enter a username"),
        "too_long": _("Username must be 6 to 50 characters"),
        "characters": _("Username can only have letters, numbers and . _ - @"),
    }

    def to_python(self, value: Any) -> str:
        text = unicodedata.normalize("NFKC", super().to_python(value))
        if text and not USERNAME.fullmatch(text):
            raise self.refuse("characters")
        if text and len(text) not in USERNAME_LENGTHS:
            raise self.refuse("too_long")
        return text


class NewPasswordForm(PortalForm):
    """A new password, twice."""

    password = PasswordField(
        label=_("Password"),
        autocomplete="new-password",
        described_by="password-rules",
        error_messages={"required": _("Enter a password")},
    )
    password2 = PasswordField(
        label=_("Confirm Password"),
        autocomplete="new-password",
        error_messages={"required": _("Enter your password again")},
    )

    def __init__(self, *args: Any, about: Iterable[str] = (), owner: User | None = None, **kwargs: Any) -> None:
        """`about`: `passwords.about(…)`, words it must not hold. `owner`: whose present password it must not be."""
        super().__init__(*args, **kwargs)
        self.about = list(about)
        self.owner = owner

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        password, again = cleaned.get("password", ""), cleaned.get("password2", "")
        if not password:
            return cleaned
        if found := passwords.problem(password, about=[*self.about, cleaned.get("username", "")]):
            self.add_error("password", found)
        elif again and passwords.normalised(password) != passwords.normalised(again):
            self.add_error("password2", _("The passwords do not match"))
        elif self.owner is not None and again and self.owner.check_password(password):
            self.add_error("password", _("That is your password now. Choose a different one"))
        return cleaned


class AccountForm(NewPasswordForm):
    username = UsernameField(
        label=_("Username"),
        help_text=_("6 to 50 letters, numbers or . _ - @"),
        max_length=USERNAME_LENGTHS[-1],
        width="xl",
        autocomplete="username",
    )
    field_order = ("username", "password", "password2")


def countries() -> list[tuple[str, str]]:
    """The choices of the country list: those we send to."""
    return [
        (code, f"{COUNTRY_NAMES.get(code, code)} (+{phonenumbers.country_code_for_region(code)})")
        for code in settings.PHONE_COUNTRIES
    ]


class PhoneForm(PortalForm):
    country = SelectField(
        label=_("Country Code"),
        choices=countries,
        error_messages={"required": _("Select a country code")},
    )
    phone = PhoneField(
        label=_("Phone Number"),
        error_messages={
            "required": _("Enter your phone number"),
            "format": _("Your phone number must have 10 digits"),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.data.get("country")
        if chosen in settings.PHONE_COUNTRIES:
            self.fields["phone"].country = chosen  # type: ignore[attr-defined]  # a PhoneField


class CodeField(DigitsField):
    """A typed code is never shown again."""

    def prepare_value(self, value: Any) -> str:
        return ""


class CodeForm(PortalForm):
    code = CodeField(
        label=_("Verification Code"),
        lengths={6},
        autocomplete="one-time-code",
        error_messages={"required": _("Enter the 6-digit code"), "format": _("The code must be 6 digits")},
    )


class LoginForm(PortalForm):
    username = TextField(
        label=_("Username"),
        max_length=254,
        width="xl",
        autocomplete="username",
        error_messages={"required": _("Enter your username")},
    )
    password = PasswordField(
        label=_("Password"),
        autocomplete="current-password",
        error_messages={"required": _("Enter your password")},
    )
