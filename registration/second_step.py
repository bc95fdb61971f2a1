"""The tables of the second step: phones, the codes sent to them, browsers that need not ask again."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device, ThrottlingMixin

from portal.lib.crypto import EncryptedField
from registration.events import AccountEvent
from registration.roster.models import Employee

LONGEST_DOUBLING = 8  # 2 ** 8 seconds


class PhoneDevice(Device):  # type: ignore[misc]  # django-otp has no types
    """A phone that takes an account's codes. Confirmed: its owner has typed a code that went there.

    django-otp keeps which device verified a session; codes are issued, counted and checked by
    `registration.verification`, because a phone is verified before it has an account to be a device of, and because
    misses must outlive the device. `verify_token` stays django-otp's own, which never agrees.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="phones")
    number = EncryptedField()  # E.164
    prefers = models.CharField(max_length=5, choices=AccountEvent.Channel.choices, default=AccountEvent.Channel.SMS)
    created_at = models.DateTimeField(auto_now_add=True)
    held_until = models.DateTimeField(null=True)  # proved, but not confirmed before then: the phone before it goes on

    def __str__(self) -> str:
        return str(self.id)

    @property
    def persistent_id(self) -> str:
        """As a number: django-otp looks devices up by int, and a UUID column takes one."""
        return f"{self.model_label()}/{self.id.int}"

    @property
    def ending(self) -> str:
        """The last two digits: enough to know one's own phone."""
        return str(self.number)[-2:]


class AuthenticatorDevice(ThrottlingMixin, Device):  # type: ignore[misc]  # django-otp has no types
    """An authenticator app (TOTP, RFC 6238). Confirmed: its owner has typed a code of it.

    django-otp's own TOTPDevice keeps the secret in plain, so the table is ours and the arithmetic django-otp's.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="authenticators")
    secret = EncryptedField()  # 40 hex digits
    last_step = models.BigIntegerField(default=-1)  # the time step of the last right code: none works twice
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.id)

    @property
    def persistent_id(self) -> str:
        return f"{self.model_label()}/{self.id.int}"

    def get_throttle_factor(self) -> int:
        """Seconds to wait after the first miss; every further one doubles them."""
        return 1

    def throttle_increment(self, commit: bool = True) -> None:
        """No wait is longer than four minutes: nobody who knows the password can shut the owner out for days."""
        failed: int = self.throttling_failure_count  # type: ignore[has-type]  # django-otp has no types
        self.throttling_failure_count = min(failed, LONGEST_DOUBLING)
        super().throttle_increment(commit)


class RecoverySheet(Device):  # type: ignore[misc]  # django-otp has no types
    """The recovery codes of an account: shown once, each works once. A new sheet replaces the one before it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="recovery_sheets")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.id)

    @property
    def persistent_id(self) -> str:
        return f"{self.model_label()}/{self.id.int}"


class RecoveryCode(models.Model):
    """One code of a sheet, as a keyed hash."""

    sheet = models.ForeignKey(RecoverySheet, models.CASCADE, related_name="codes")
    code_hash = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet", "code_hash"], name="a_recovery_code_once_a_sheet"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.pk}"


class Challenge(models.Model):
    """One code that was sent. Only its HMAC stands here; the plain code travels in the sealed AccountEvent.

    Bound to the session that asked, to its purpose, to whom it is for and to the phone.
    """

    class Purpose(models.TextChoices):
        REGISTER = "register"
        LOGIN = "login"
        CONFIRM = "confirm"  # before a change to the account
        NEW_PHONE = "new_phone"
        NEW_EMAIL = "new_email"
        RESET = "reset"
        SETUP = "setup"  # a new phone by the link that staff sent

    class Delivery(models.TextChoices):
        WAITING = "waiting"
        DELIVERED = "delivered"
        FAILED = "failed"  # this number takes no texts, or no calls
        NO_ANSWER = "no_answer"
        NOT_SENT = "not_sent"  # nothing is known against the number

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    session = models.CharField(max_length=64)  # keyed hash of the session key
    subject = models.CharField(max_length=64)  # keyed hash of whom the code is for
    channel = models.CharField(max_length=5, choices=AccountEvent.Channel.choices)
    phone = EncryptedField()  # E.164
    phone_key = models.CharField(max_length=64)  # keyed hash of the number
    code_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    misses = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    superseded_at = models.DateTimeField(null=True)
    delivery = models.CharField(max_length=9, choices=Delivery.choices, default=Delivery.WAITING)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["subject", "purpose"], name="challenge_subject")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.id}"

    def is_open(self, now: dt.datetime) -> bool:
        """Whether the right code would still work."""
        return self.used_at is None and self.superseded_at is None and now < self.expires_at


class RememberedBrowser(models.Model):
    """A browser its owner asked us to remember after a second step with `device`. Deleting the row forgets it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="remembered_browsers")
    device = models.ForeignKey(PhoneDevice, models.CASCADE, related_name="+", null=True)
    persistent_id = models.CharField(max_length=255, blank=True)  # django-otp's name of the device, where not a phone
    label = models.CharField(max_length=60, blank=True)  # "Chrome on Android", for its owner's list
    secret_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)


class PendingRegistration(models.Model):
    """An account in the making: written only after all five facts matched, gone after an hour."""

    LIFE = dt.timedelta(hours=1)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    employee = models.ForeignKey(Employee, models.CASCADE, related_name="+")
    username = models.CharField(max_length=50, blank=True)
    password = models.CharField(_("password hash"), max_length=128, blank=True)
    terms_version = models.CharField(max_length=50, blank=True)
    language = models.CharField(max_length=5, default="en")
    phone = EncryptedField(null=True)  # E.164
    channel = models.CharField(max_length=5, choices=AccountEvent.Channel.choices, default=AccountEvent.Channel.SMS)
    phone_confirmed = models.BooleanField(default=False)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.id)
