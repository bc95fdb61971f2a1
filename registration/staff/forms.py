"""What staff are asked when they help somebody with an account."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.lib.forms import (
    BirthdateField,
    CheckField,
    ChoiceField,
    DigitsField,
    NameField,
    PhoneField,
    PortalForm,
    SelectField,
    TextField,
)
from registration.forms import NUMBER_DIGITS
from registration.models import Agency, IdentityCheck

Fact, Caller = IdentityCheck.Fact, IdentityCheck.Caller


class FindForm(PortalForm):
    """Two details, so that nobody leafs through the roster."""

    last_name = NameField(
        label=_("Last Name"),
        required=False,
        error_messages={"too_long": _("Last name must be 128 characters or fewer")},
    )
    employee_number = DigitsField(
        label=_("Employee Number"),
        lengths=range(1, NUMBER_DIGITS + 1),
        required=False,
        error_messages={"format": _("Employee number must be 10 digits or fewer, with no letters")},
    )
    birthdate = BirthdateField(label=_("Birthdate"), required=False)
    agency = SelectField(label=_("Agency"), required=False)

    def __init__(self, *args: Any, agencies: Iterable[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", pgettext_lazy("agencies", "All")), *((str(agency.pk), agency.name) for agency in agencies)]
        self.fields["agency"].choices = choices  # type: ignore[attr-defined]  # a SelectField

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and len([value for value in cleaned.values() if value]) < 2:
            self.add_error(None, _("Enter at least two search details"))
        return cleaned


class CheckForm(PortalForm):
    """Two facts compared, and who told them."""

    number = CheckField(label=Fact.NUMBER.label)
    birthdate = CheckField(label=Fact.BIRTHDATE.label)
    zip = CheckField(label=Fact.ZIP.label)
    supervisor = CheckField(label=Fact.SUPERVISOR.label)
    hired = CheckField(label=Fact.HIRED.label)
    caller = ChoiceField(
        label=_("Who is calling?"),
        choices=[(Caller.EMPLOYEE, _("The employee")), (Caller.OTHER, _("A family member or someone else"))],
        error_messages={"required": _("Select who is calling")},
    )
    caller_name = NameField(
        label=_("Name"),
        shown_when=("caller", Caller.OTHER),
        error_messages={
            "required": _("Enter the caller’s name"),
            "too_long": _("The caller’s name must be 128 characters or fewer"),
        },
    )
    relationship = TextField(label=_("Relationship"), shown_when=("caller", Caller.OTHER), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if len(self.facts()) != 2:
            self.add_error("number", _("Check two facts"))
        return cleaned

    def facts(self) -> list[str]:
        """What was checked, in the order of the page."""
        return [fact for fact in Fact.values if self.cleaned_data.get(fact)]


class LookUpForm(PortalForm):
    """What a limiter may be about, as somebody on the phone tells it."""

    username = TextField(label=_("Username"), max_length=254, required=False)
    phone = PhoneField(
        label=_("Phone Number"),
        required=False,
        error_messages={"format": _("The phone number must have 10 digits")},
    )
    last_name = NameField(
        label=_("Last Name"),
        required=False,
        error_messages={"too_long": _("Last name must be 128 characters or fewer")},
    )
    zip = DigitsField(
        label=_("Zip Code"),
        lengths={5, 9},
        required=False,
        error_messages={"format": _("ZIP code must be 5 or 9 digits")},
    )
    employee_number = DigitsField(
        label=_("Employee Number"),
        lengths=range(1, NUMBER_DIGITS + 1),
        required=False,
        error_messages={"format": _("Employee number must be 10 digits or fewer, with no letters")},
    )
    address = TextField(label=_("Internet address"), max_length=45, required=False)

    def clean_address(self) -> str:
        """In the form in which addresses are counted (`portal.limits.address`)."""
        typed: str = self.cleaned_data["address"].strip()
        if not typed:
            return ""
        try:
            address = ipaddress.ip_address(typed)
        except ValueError:
            self.add_error("address", _("Enter the internet address like 203.0.113.9"))
            return ""
        if isinstance(address, ipaddress.IPv6Address):
            return str(ipaddress.ip_network((address, 64), strict=False))
        return str(address)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not any(cleaned.values()):
            self.add_error(None, _("Enter what the limit is about"))
        return cleaned
