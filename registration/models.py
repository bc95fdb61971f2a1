"""Who may enter: accounts and staff roles.

The roster's tables live in `registration.roster`, the second step's in `registration.second_step`, messages in
`registration.events`; importing them here registers them with this app.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.auth.password_validation import validate_password
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registration.claim_models import Claim, IdentityCheck
from registration.events import AccountEvent
from registration.passwords import normalised
from registration.roster.models import (
    Agency,
    AgencyService,
    Employee,
    EmploymentPeriod,
    Liaison,
    Secretariat,
    Service,
    WorkSchedule,
)
from registration.second_step import (
    AuthenticatorDevice,
    Challenge,
    PendingRegistration,
    PhoneDevice,
    RecoveryCode,
    RecoverySheet,
    RememberedBrowser,
)
from registration.session_model import Session
from registration.usernames import username_key

__all__ = [
    "AccountEvent",
    "Agency",
    "AgencyService",
    "AuthenticatorDevice",
    "Challenge",
    "Claim",
    "Employee",
    "EmploymentPeriod",
    "IdentityCheck",
    "Liaison",
    "PendingRegistration",
    "PhoneDevice",
    "RecoveryCode",
    "RecoverySheet",
    "RememberedBrowser",
    "Secretariat",
    "Service",
    "Session",
    "StaffRole",
    "User",
    "WorkSchedule",
]


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username_key=username_key(username or ""))

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> User:
        """Raises ValidationError for a password that the rule refuses: `createsuperuser` would let it pass."""
        if password is not None:
            validate_password(password, self.model(username=username))
        return self.create_user(username, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]  # django-otp has no types
    """An account. An employee's account owns exactly one roster row; staff accounts own none."""

    username = models.CharField(max_length=50, unique=True)
    username_key = models.CharField(max_length=50, unique=True, editable=False)  # NFKC, case folded
    employee = models.OneToOneField(Employee, models.PROTECT, null=True, blank=True, related_name="user")
    display_name = models.CharField(max_length=128, blank=True)  # staff; an employee's name is the roster's
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=5, default="en")
    terms_version = models.CharField(max_length=50, blank=True)  # conditions/use, as agreed to
    terms_agreed_at = models.DateTimeField(null=True, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)  # disputed by the person whose row it took
    covered_before = models.DateTimeField(null=True, blank=True)  # `registration.claims`; None: nothing is covered
    is_staff = models.BooleanField(_("may enter the administration"), default=False)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar = []

    def __str__(self) -> str:
        return self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.username_key = username_key(self.username)
        super().save(*args, **kwargs)

    @cached_property
    def claim(self) -> Claim | None:
        """By which this account holds its person's row; None: it did not come by registering. One query, once."""
        return self.claims.filter(revoked_at=None).first()

    @cached_property
    def held_roles(self) -> frozenset[str]:
        """Values of StaffRole.Role, wherever they reach. One query, once."""
        return frozenset(self.roles.values_list("role", flat=True))

    @property
    def helps_with_accounts(self) -> bool:
        """Whether the pages on which staff help with logging in are for this account."""
        return not self.held_roles.isdisjoint(StaffRole.HELPERS)

    @property
    def reads_papers(self) -> bool:
        """Whether the pages on which staff handle documents are for this account."""
        return not self.held_roles.isdisjoint(StaffRole.DESK)

    @property
    def files_clearance(self) -> bool:
        """Whether the pages on which liaisons file medical clearance are for this account."""
        return StaffRole.Role.LIAISON in self.held_roles

    def set_password(self, raw_password: str | None) -> None:
        super().set_password(raw_password and normalised(raw_password))

    def check_password(self, raw_password: str | None) -> bool:
        return super().check_password(raw_password and normalised(raw_password))

    @property
    def name(self) -> str:
        return self.employee.full_name if self.employee else self.display_name or self.username


class StaffRole(models.Model):
    """What an account may do for the administrator or for an agency. No agency: all of them."""

    class Role(models.TextChoices):
        INTAKE = "intake", _("Intake")
        SPECIALIST = "specialist", _("Case specialist")
        LIAISON = "liaison", _("HR liaison")
        ADMINISTRATOR = "administrator", _("Administrator")
        DESK_SUPERVISOR = "desk_supervisor", _("Supervisor of the desk")
        AUDITOR = "auditor", _("Auditor")

    DESK = (Role.INTAKE, Role.SPECIALIST, Role.ADMINISTRATOR, Role.DESK_SUPERVISOR)  # the administrator's own people
    HELPERS = (*DESK, Role.LIAISON)  # with log-in

    user = models.ForeignKey(User, models.CASCADE, related_name="roles")
    role = models.CharField(max_length=20, choices=Role.choices)
    agency = models.ForeignKey(Agency, models.CASCADE, null=True, blank=True, related_name="staff_roles")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "role", "agency"], nulls_distinct=False, name="one_row_a_role"),
            models.CheckConstraint(
                condition=~Q(role="liaison") | Q(agency__isnull=False), name="a_liaison_has_an_agency"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"
