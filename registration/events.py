"""What an account asks to be sent. Written in the request's transaction, sent by others."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from portal.lib.crypto import EncryptedField
from registration.roster.models import Employee


class AccountEvent(models.Model):
    """Something an account must be told: a code, a change.

    `notifications` claims the row (`dispatched_at`), and the code is wiped once it was handed to the provider.
    """

    class Kind(models.TextChoices):
        CODE = "code"
        ACCOUNT_CREATED = "account_created"
        ALREADY_REGISTERED = "already_registered"
        USERNAME = "username"
        PASSWORD_CHANGED = "password_changed"  # noqa: S105 - the name of a message
        PHONE_CHANGED = "phone_changed"
        EMAIL_CHANGED = "email_changed"
        METHOD_ADDED = "method_added"
        METHOD_REMOVED = "method_removed"
        RECOVERY_CODE_USED = "recovery_code_used"
        BROWSER_REMEMBERED = "browser_remembered"
        SETUP_LINK = "setup_link"
        SECOND_STEP_RESET = "second_step_reset"
        ACCOUNT_UNLOCKED = "account_unlocked"
        ACCOUNT_CONFIRMED = "account_confirmed"
        ACCOUNT_FROZEN = "account_frozen"
        ACCOUNT_UNFROZEN = "account_unfrozen"
        ACCOUNT_REVOKED = "account_revoked"
        SESSIONS_ENDED = "sessions_ended"

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
