"""Whom staff may help with their accounts, and with what: the table of roles and actions."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from registration.models import Employee, StaffRole, User
from registration.roster.models import EmployeeQuerySet

Role = StaffRole.Role
DESK = (Role.INTAKE, Role.SPECIALIST, Role.ADMINISTRATOR, Role.DESK_SUPERVISOR)
HELPERS = StaffRole.HELPERS
SENIOR = (Role.ADMINISTRATOR, Role.DESK_SUPERVISOR)  # who alone help people that work with others' records
MAY: dict[str, tuple[StaffRole.Role, ...]] = {
    "see": HELPERS,
    "unlock": DESK,
    "username": DESK,
    "second-step": DESK,
    "start-over": DESK,
    "confirm": DESK,
    "freeze": HELPERS,
    "unfreeze": DESK,
    "revoke": HELPERS,
}


class StaffRequest(HttpRequest):
    """A request as `staff_required` hands it on."""

    user: User
    staff_roles: list[StaffRole]


def people_of(request: StaffRequest) -> EmployeeQuerySet:
    """Everybody, or the people of one's agencies; never oneself, whom a colleague helps.

    Employees who are staff besides are there for the senior alone.
    """
    agencies = {role.agency_id for role in request.staff_roles}
    people = Employee.objects.select_related("agency", "user", "supervisor")
    if not any(role.role in SENIOR for role in request.staff_roles):
        staff = User.objects.filter(Q(is_staff=True) | Q(roles__isnull=False), employee__isnull=False)
        people = people.exclude(pk__in=staff.values("employee"))
    reached = people if None in agencies else people.filter(agency__in=agencies)
    return reached.exclude(pk=request.user.employee_id) if request.user.employee_id else reached


def person(request: StaffRequest, employee: object) -> Employee:
    """Raises Http404 for somebody beyond the viewer's reach."""
    return get_object_or_404(people_of(request), pk=employee)


def acting_role(request: StaffRequest, employee: Employee, action: str = "see") -> str:
    """The role in which the viewer may do this for this person. Raises Http404 when there is none."""
    for role in request.staff_roles:
        if role.role in MAY.get(action, ()) and _reaches(role, employee):
            return role.role
    raise Http404


def sees_limits(request: StaffRequest) -> bool:
    """Limits belong to no agency: they are for the desk of the whole administrator."""
    return any(role.role in DESK and role.agency_id is None for role in request.staff_roles)


def allowed(roles: Iterable[StaffRole], employee: Employee) -> set[str]:
    """What may be done for this person."""
    reaching = {role.role for role in roles if _reaches(role, employee)}
    return {action for action, who in MAY.items() if reaching & set(who)}


def _reaches(role: StaffRole, employee: Employee) -> bool:
    user = getattr(employee, "user", None)
    is_staff = user is not None and (user.is_staff or bool(user.held_roles))
    return role.agency_id in (None, employee.agency_id) and (role.role in SENIOR or not is_staff)
