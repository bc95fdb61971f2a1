"""Telling a person what happened to their account: over every way we know, the ways before the change included."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from registration.models import AccountEvent, Employee, PhoneDevice, User

Channel = AccountEvent.Channel


class Address(NamedTuple):
    channel: AccountEvent.Channel
    recipient: str  # an e-mail address or an E.164 number


def addresses_of(user: User) -> list[Address]:
    """Where this person can be told: the employer-held e-mail, the profile's, the phone that takes codes.

    Read it before a change, so that the old ways are told too.
    """
    employee = user.employee
    mails = dict.fromkeys(mail for mail in (employee.work_email if employee else "", user.email) if mail)
    phone = PhoneDevice.objects.filter(user=user, confirmed=True).order_by("-created_at").first()
    return [Address(Channel.EMAIL, mail) for mail in mails] + ([Address(Channel.SMS, phone.number)] if phone else [])


def of_employer(employee: Employee) -> list[Address]:
    """The addresses that the employer holds, the best first: whoever registers cannot choose them."""
    mail, phone = employee.work_email, employee.work_phone
    return ([Address(Channel.EMAIL, mail)] if mail else []) + ([Address(Channel.SMS, phone)] if phone else [])


def nobody() -> Address:
    """Where there is no address: nothing is sent, and `notifications` asks staff to see to it."""
    return Address(Channel.EMAIL, "")


def tell(user: User, kind: AccountEvent.Kind, *, to: Iterable[Address], payload: dict[str, Any] | None = None) -> None:
    """One message to each address, written in the caller's transaction. The words are `notifications`'."""
    for address in dict.fromkeys(to):
        AccountEvent.objects.create(
            kind=kind,
            channel=address.channel,
            employee=user.employee,
            recipient=address.recipient,
            payload=payload or {},
            language=user.language,
        )
