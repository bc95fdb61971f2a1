"""Whom an absence is told: the supervisor and the next level, as the roster has them (R142)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from notifications.models import Notice
from registration.models import Employee, User

Address = tuple[Notice.Channel, str]


@dataclass(frozen=True)
class Chain:
    """`gap`: the liaison must look at it, because the supervisor is missing, has left or is away."""

    told: tuple[tuple[Notice.Kind, Employee], ...]
    gap: bool


def with_their_chain(ids: Iterable[UUID]) -> dict[UUID, Employee]:
    """Employees with all that the functions below read of them and of those above them. One query."""
    chain = ("agency", "user", "supervisor__user", "supervisor__supervisor__user")
    return Employee.objects.select_related(*chain).in_bulk(set(ids))


def supervisors_of(employee: Employee) -> Chain:
    """Reads `agency`, `supervisor` and its `supervisor`. Pure."""
    first = employee.supervisor
    above = first.supervisor if first else None
    here = first is not None and first.status == Employee.Status.ACTIVE
    told = []
    if first is not None and first.status != Employee.Status.LEFT:
        told.append((Notice.Kind.SUPERVISOR_ABSENCE, first))
    if above is not None and _may_stand_above(above, employee) and (employee.agency.tells_next_level or not here):
        told.append((Notice.Kind.NEXT_LEVEL_ABSENCE, above))
    return Chain(tuple(told), gap=not here)


def _may_stand_above(above: Employee, employee: Employee) -> bool:
    """Rosters hold circles: nobody is told of their own absence, or of that of somebody they report to."""
    in_a_circle = above.pk == employee.pk or above.supervisor_id == employee.pk
    return not in_a_circle and above.status != Employee.Status.LEFT


class Reach(StrEnum):
    """How far up an absence is told."""

    SUPERVISOR = "supervisor"  # whoever else is
    NEXT_LEVEL = "next_level"  # this level alone
    NOBODY = "nobody"
    NO_SUPERVISOR = "no_supervisor"  # nobody, for the roster names nobody


def reach_of(employee: Employee) -> Reach:
    """As far as the roster knows; reads what `supervisors_of` does, and accounts. Pure."""
    told = supervisors_of(employee).told
    kinds = {kind for kind, person in told if addresses_of(person)}
    if Notice.Kind.SUPERVISOR_ABSENCE in kinds:
        return Reach.SUPERVISOR
    if kinds:
        return Reach.NEXT_LEVEL
    return Reach.NOBODY if told else Reach.NO_SUPERVISOR


def reach(employee_id: UUID) -> Reach:
    """`reach_of` the employee. One query."""
    return reach_of(with_their_chain([employee_id])[employee_id])


def reaches_supervisor(employee_id: UUID) -> bool:
    """Whether the employee's own supervisor can be told, as far as the roster knows. One query."""
    return reach(employee_id) == Reach.SUPERVISOR


def account_of(employee: Employee) -> User | None:
    return getattr(employee, "user", None)


def email_of(employee: Employee) -> str:
    """The roster's, else the one the account gave; "" when neither is known."""
    account = account_of(employee)
    return employee.work_email or (account.email if account else "")


def language_of(employee: Employee) -> str:
    account = account_of(employee)
    return account.language if account else employee.language


def addresses_of(employee: Employee) -> list[Address]:
    """Where this person is told at work: by email and by text, as far as they are known."""
    known = [(Notice.Channel.EMAIL, email_of(employee)), (Notice.Channel.SMS, employee.work_phone)]
    return [(channel, address) for channel, address in known if address]
