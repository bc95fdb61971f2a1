"""Who may enter: accounts, staff roles, and what an account asks to be sent.

The roster's tables live in `registration.roster`; importing them here registers them with this app.
"""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.lib.crypto import EncryptedField
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
from registration.usernames import username_key

__all__ = [
    "AccountEvent",
    "Agency",
    "AgencyService",
    "Employee",
    "EmploymentPeriod",
    "Liaison",
    "Secretariat",
    "Service",
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
        return self.create_user(username, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """An account. An employee's account owns exactly one roster row; staff accounts own none."""

    username = models.CharField(max_length=50, unique=True)
    username_key = models.CharField(max_length=50, unique=True, editable=False)  # NFKC, case folded
    employee = models.OneToOneField(Employee, models.PROTECT, null=True, blank=True, related_name="user")
    display_name = models.CharField(max_length=128, blank=True)  # staff; an employee's name is the roster's
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=5, default="en")
    terms_version = models.CharField(max_length=20, blank=True)
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


class AccountEvent(models.Model):
    """Something an account must be told: a code, a change. Written in the request's transaction, sent by others.

    `notifications` claims the row (`dispatched_at`), and the code is wiped once it was handed to the provider.
    """

    class Kind(models.TextChoices):
        CODE = "code"
        ACCOUNT_CREATED = "account_created"
        ALREADY_REGISTERED = "already_registered"

    class Channel(models.TextChoices):
        SMS = "sms"
        VOICE = "voice"
        EMAIL = "email"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=30, choices=Kind.choices)
    channel = models.CharField(max_length=5, choices=Channel.choices)
    employee = models.ForeignKey(Employee, models.CASCADE, null=True, related_name="+")
    challenge_id = models.UUIDField(null=True)  # the code's challenge; delivery results go back to it
    recipient = EncryptedField()  # an E.164 number or an e-mail address
    payload = EncryptedField(null=True)  # {"code": "459139"} or {}; None once sent
    language = models.CharField(max_length=5, default="en")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True)  # after it the message is worthless and is not sent
    dispatched_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["created_at"], condition=Q(dispatched_at=None), name="account_events_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
