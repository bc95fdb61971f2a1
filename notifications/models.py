"""The outbox: one row a message to one recipient over one channel. What must be sent stands here, nowhere else."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from portal.lib.crypto import EncryptedField
from portal.lib.phone import masked
from registration.models import Employee, StaffRole


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, roles: Iterable[StaffRole]) -> NoticeQuerySet:
        """What staff with these roles may see: everything, or what concerns their agencies' people."""
        agencies = {role.agency_id for role in roles}
        if None in agencies:
            return self
        return self.filter(
            Q(case__employee__agency__in=agencies) | Q(case=None, recipient_employee__agency__in=agencies)
        )

    def newest_first(self) -> NoticeQuerySet:
        return self.order_by("-created_at", "-id")

    def older_than(self, notice: Notice) -> NoticeQuerySet:
        """What stands after `notice` in `newest_first`."""
        here_or_later = Q(created_at=notice.created_at, id__gte=notice.pk)
        return self.filter(created_at__lte=notice.created_at).exclude(here_or_later)


class Notice(models.Model):
    """pending → sending → sent → delivered or undelivered; sending → unknown → sent or pending; any → dead.

    Times are real, by the database's clock. `fenced_at` stamps the moment before the provider is asked: a sender
    that died without it has certainly not sent.
    """

    class Kind(models.TextChoices):
        SUPERVISOR_ABSENCE = "supervisor_absence", _("Absence notice to the supervisor")
        NEXT_LEVEL_ABSENCE = "next_level_absence", _("Absence notice to the next-level supervisor")
        EMPLOYEE_RECEIVED = "employee_received", _("Report received")
        LEAVE_RECEIVED = "leave_received", _("Request received")
        TIME_RECEIVED = "time_received", _("Time received")
        EMPLOYEE_CANCELLED = "employee_cancelled", _("Time or case cancelled")
        DOCUMENT_RECEIVED = "document_received", _("Document received")
        DOCUMENT_ASKED = "document_asked", _("Document asked for")
        DOCUMENT_AGAIN = "document_again", _("New copy asked for")
        DOCUMENT_DUE_SOON = "document_due_soon", _("Reminded of a document")
        CODE = "code", _("Verification code")
        ACCOUNT_CREATED = "account_created", _("Account created")
        ALREADY_REGISTERED = "already_registered", _("Already registered")
        USERNAME = "username", _("Username")
        PASSWORD_CHANGED = "password_changed", _("Password changed")
        PHONE_CHANGED = "phone_changed", _("Phone for codes changed")
        EMAIL_CHANGED = "email_changed", _("Email changed")
        METHOD_ADDED = "method_added", _("Way to log in added")
        METHOD_REMOVED = "method_removed", _("Way to log in removed")
        RECOVERY_CODE_USED = "recovery_code_used", _("Recovery code used")
        BROWSER_REMEMBERED = "browser_remembered", _("Browser remembered")
        SETUP_LINK = "setup_link", _("Link to set up a phone")
        SECOND_STEP_RESET = "second_step_reset", _("Second step reset")
        ACCOUNT_UNLOCKED = "account_unlocked", _("Account unlocked")
        ACCOUNT_CONFIRMED = "account_confirmed", _("Account confirmed")
        ACCOUNT_FROZEN = "account_frozen", _("Account frozen")
        ACCOUNT_UNFROZEN = "account_unfrozen", _("Account open again")
        ACCOUNT_REVOKED = "account_revoked", _("Account closed")
        SESSIONS_ENDED = "sessions_ended", _("Logged out everywhere")

    class Lane(models.IntegerChoices):
        CODES = 0
        NOTICES = 1
        BULK = 2

    class Channel(models.TextChoices):
        EMAIL = "email", _("Email")
        SMS = "sms", _("Text message")
        VOICE = "voice", _("Phone call")

    class State(models.TextChoices):
        PENDING = "pending", _("Waiting")
        SENDING = "sending", _("Being sent")
        UNKNOWN = "unknown", _("Being checked")
        SENT = "sent", _("Sent")
        DELIVERED = "delivered", _("Delivered")
        UNDELIVERED = "undelivered", _("Not delivered")
        DEAD = "dead", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    OPEN = (State.PENDING, State.SENDING, State.UNKNOWN)
    REACHED = (State.SENT, State.DELIVERED)
    FAILED = (State.UNDELIVERED, State.DEAD)
    UNCONFIRMED = "unconfirmed"  # the error code of what was perhaps sent, and is not tried again

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    told = models.CharField(max_length=120)  # what is told to whom: "case 12 supervisor_absence <employee id>"
    kind = models.CharField(max_length=30, choices=Kind.choices)
    lane = models.PositiveSmallIntegerField(choices=Lane.choices, default=Lane.NOTICES)
    channel = models.CharField(max_length=5, choices=Channel.choices)
    # an E.164 number or an e-mail address; "" when nobody could be found; None once it must not be kept
    recipient: Any = EncryptedField(null=True)
    payload = EncryptedField(null=True)  # what the words are made from; None once it must not be kept
    language = models.CharField(max_length=5, default="en")

    state = models.CharField(max_length=12, choices=State.choices, default=State.PENDING)
    attempt = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(db_default=Now())
    nudged_at = models.DateTimeField(null=True)
    nudges = models.PositiveSmallIntegerField(default=0)  # since it last became due
    lease_until = models.DateTimeField(null=True)
    lease_token = models.UUIDField(null=True)
    started_at = models.DateTimeField(null=True)
    fenced_at = models.DateTimeField(null=True)
    doubts = models.PositiveSmallIntegerField(default=0)  # attempts of which nobody knows whether they sent it
    doubted_at = models.DateTimeField(null=True)  # the first of them
    expires_at = models.DateTimeField(null=True)  # not sent after it
    provider_id = models.CharField(max_length=100, blank=True)  # Twilio's sid
    provider_state = models.CharField(max_length=20, blank=True)
    provider_rank = models.PositiveSmallIntegerField(default=0)  # reports only ever raise it
    error_code = models.CharField(max_length=30, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    accepted_at = models.DateTimeField(null=True)
    final_at = models.DateTimeField(null=True)

    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="+")
    case_event_id = models.BigIntegerField(null=True)
    account_event_id = models.UUIDField(null=True)
    challenge_id = models.UUIDField(null=True)  # of a code
    recipient_employee = models.ForeignKey(Employee, models.SET_NULL, null=True, related_name="+")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["told", "channel"], name="told_once_a_channel"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["lane", "next_at"], condition=Q(state="pending"), name="notices_due"),
            models.Index(fields=["lease_until"], condition=Q(state__in=["sending", "unknown"]), name="notices_held"),
            models.Index(fields=["accepted_at"], condition=Q(state="sent"), name="notices_sent"),
            models.Index(fields=["final_at"], condition=Q(recipient__isnull=False), name="notices_to_purge"),
            models.Index(fields=["case", "kind"], name="notices_of_case"),
            models.Index(fields=["-created_at", "-id"], name="notices_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @property
    def masked_recipient(self) -> str:
        """m•••@example.org, •••-•••-0123: enough to recognise, too little to use. "" when there is none, or no more."""
        if not self.recipient:
            return ""
        if self.channel != self.Channel.EMAIL:
            return masked(self.recipient)
        name, at, domain = self.recipient.rpartition("@")
        return f"{name[:1]}•••{at}{domain}" if at else ""

    @property
    def failed(self) -> bool:
        return self.state in self.FAILED

    @property
    def carries(self) -> bool:
        """It has reached the provider, or may yet."""
        return not self.failed and self.error_code != self.UNCONFIRMED

    @property
    def is_code(self) -> bool:
        return self.kind == self.Kind.CODE

    @property
    def opens_a_door(self) -> bool:
        """Its words let somebody in: they are not kept once they were sent."""
        return self.is_code or self.kind == self.Kind.SETUP_LINK


class ChannelPause(models.Model):
    """A channel whose provider refuses our credentials: nothing is tried over it before `until`."""

    channel = models.CharField(max_length=5, choices=Notice.Channel.choices, primary_key=True)
    until = models.DateTimeField()
    error_code = models.CharField(max_length=30)

    def __str__(self) -> str:
        return self.channel


class Heartbeat(models.Model):
    """When a process last went round its loop."""

    process = models.CharField(max_length=30, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.process
